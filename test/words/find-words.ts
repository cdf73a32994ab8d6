import type { Text } from './texts.ts';
import { WORDS } from './words.ts';

/** A word that a text must not use: where it is, and what to write instead. */
export type Found = { readonly line: number; readonly word: string; readonly better: string };

/** In the order of the text. A text of one word is a name or a code, not a sentence. */
export function findWords(texts: readonly Text[]): readonly Found[] {
  return texts.flatMap(({ line, text }) => {
    if (!/\S\s+\S/.test(text)) return [];
    const found = WORDS.flatMap(({ pattern, better }) =>
      [...text.matchAll(pattern)].map((match) => ({ at: match.index, word: match[0], better })),
    );
    return found
      .toSorted((a, b) => a.at - b.at)
      .map(({ at, word, better }) => ({ line: line + text.slice(0, at).split('\n').length - 1, word, better }));
  });
}
