import type { Diagnostic } from '../../common/diagnostics/diagnostic.ts';
import type { OffsetEdit, Tokens, Tree } from './tree.ts';

/** The document and position of a diagnostic. */
export type Spot = {
  readonly diagnostic: Diagnostic;
  readonly tree: Tree;
  readonly offset: number;
  /** The value at the offset; undefined in a text that is not valid YAML. */
  readonly tokens: Tokens;
};

/** A mechanical change that removes a diagnostic. */
export type Change = {
  /** In the imperative: `Remove the trailing slash`. */
  readonly title: string;
  readonly edits: readonly (OffsetEdit | undefined)[];
  /** Whether the fix keeps the meaning, so that `lint --fix` applies it. Default false: only an editor offers it. */
  readonly automatic?: boolean;
};

/** Creates the change for one code; undefined if it cannot. */
export type Fixer = (spot: Spot) => Change | undefined;

/** The last names between backticks of a message. */
export const namesIn = (text: string): readonly string[] =>
  [...text.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name);

export const removeHere =
  (title: string, automatic = false): Fixer =>
  ({ tree, tokens }) => ({ title, edits: [tree.remove(tokens)], automatic });

/** `listItems` → `List items`. */
export const sentence = (name: string): string => {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/[^A-Za-z0-9]+/g, ' ')
    .trim()
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
};
