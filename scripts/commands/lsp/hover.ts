import { Tree } from '../../lint/fixes/tree.ts';
import { codesOf, isRequirement, operationsOf, refersTo, schemesOf } from './names.ts';
import { descriptionAt } from './schema-at.ts';

/** The content of a hover in Markdown, and its range. */
export type Hover = { readonly markdown: string; readonly from: number; readonly to: number };

/** The documentation of the word at an offset of a spec, or of its target. */
export function hoverAt(text: string, offset: number, json = false): Hover | undefined {
  const tree = new Tree(text, json);
  const at = tree.tokensAround(offset);
  if (!at) return undefined;
  const { tokens, onKey } = at;
  const range = tree.range(tokens, onKey ? 'key' : 'value');
  const markdown = onKey ? aboutKey(tree, tokens) : aboutValue(tree, tokens);
  return range && markdown ? { markdown, from: range[0], to: range[1] } : undefined;
}

function aboutKey(tree: Tree, tokens: readonly string[]): string | undefined {
  const word = tokens.at(-1) ?? '';
  if (isRequirement(tokens)) return schemesOf(tree).find(({ name }) => name === word)?.detail;
  const description = descriptionAt(tokens);
  if (description === undefined) return undefined;
  return `**\`${word}\`**\n\n${description}`;
}

function aboutValue(tree: Tree, tokens: readonly string[]): string | undefined {
  const value = String(tree.value(tokens));
  const kind = refersTo(tokens);
  const known = kind === 'operation' ? operationsOf(tree) : kind === 'code' ? codesOf(tree) : [];
  return known.find(({ name }) => name === value)?.detail || undefined;
}
