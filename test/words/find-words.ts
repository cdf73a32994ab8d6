import type { Text } from './texts.ts';
import { WORDS } from './words.ts';

/** A word that a text must not use: where it is, and what to write instead. */
export type Found = { readonly line: number; readonly word: string; readonly better: string };

/** In the order of the text, by the rules for the file. A text of one word is a name or a code, not a sentence, and so is a word with a hyphen. */
export function findWords(name: string, texts: readonly Text[]): readonly Found[] {
  const words = WORDS.filter(({ only }) => only?.test(name) ?? true);
  return texts.flatMap(({ line, text }) => {
    if (!/\S\s+\S/.test(text)) return [];
    const isCode = (at: number, word: string): boolean => text[at - 1] === '-' || text[at + word.length] === '-';
    const found = words.flatMap(({ pattern, better }) =>
      [...text.matchAll(pattern)]
        .map((match) => ({ at: match.index, word: match[0], better }))
        .filter(({ at, word }) => !isCode(at, word)),
    );
    return found
      .toSorted((a, b) => a.at - b.at)
      .map(({ at, word, better }) => ({ line: line + text.slice(0, at).split('\n').length - 1, word, better }));
  });
}
