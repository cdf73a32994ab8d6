import type { Diagnostic, Fix, Sources } from '../../common/diagnostics/diagnostic.ts';
import { extensionFixers, guessed } from './extensions.ts';
import type { Fixer, Spot } from './fixer.ts';
import { openapiFixers } from './openapi.ts';
import { textFixers } from './texts.ts';
import { Tree } from './tree.ts';

const fixers: { readonly [code: string]: Fixer } = { ...textFixers, ...openapiFixers, ...extensionFixers };

/** The diagnostics, with a fix if there is a mechanical one. */
export function withFixes(diagnostics: readonly Diagnostic[], texts: Sources): Diagnostic[] {
  const trees = new Map<string, Tree>();
  return diagnostics.map((diagnostic) => {
    const { file, line, column } = diagnostic.at;
    const text = texts.get(file);
    if (text === undefined || !/\.(ya?ml|json)$/i.test(file)) return diagnostic;
    const tree = trees.get(file) ?? new Tree(text, /\.json$/i.test(file));
    trees.set(file, tree);
    const offset = offsetAt(text, line, column);
    const tokens = tree.tokensAt(offset, diagnostic.pointer) ?? tree.tokensAround(offset)?.tokens ?? [];
    const fix = fixFor({ diagnostic, tree, offset, tokens });
    return fix ? { ...diagnostic, fix } : diagnostic;
  });
}

function fixFor(spot: Spot): Fix | undefined {
  const change = guessed(spot) ?? fixers[spot.diagnostic.code]?.(spot);
  if (!change || change.edits.length === 0) return undefined;
  const edits = change.edits.flatMap((edit) => edit ?? []);
  if (edits.length !== change.edits.length) return undefined;
  return { title: change.title, edits, automatic: change.automatic ?? false };
}

function offsetAt(text: string, line: number, column: number): number {
  let start = 0;
  for (let number = 1; number < line; number++) start = text.indexOf('\n', start) + 1;
  return start + column - 1;
}

/**
 * The fixes that can be applied together: of two that change the same text, only the first. A fix is applied completely
 * or not at all.
 */
export function withoutOverlaps(fixes: readonly Fix[]): Fix[] {
  const chosen: Fix[] = [];
  for (const fix of fixes) {
    const others = chosen.flatMap(({ edits }) => edits);
    // Two insertions at one position keep their order.
    if (fix.edits.every((edit) => others.every(({ from, to }) => edit.to <= from || to <= edit.from))) chosen.push(fix);
  }
  return chosen;
}

/** A text with edits that do not overlap; of two that do, the first. */
export function applyEdits(text: string, edits: readonly Fix['edits'][number][]): string {
  let made = '';
  let end = 0;
  for (const { from, to, text: replacement } of edits.toSorted((a, b) => a.from - b.from)) {
    if (from < end) continue;
    made += text.slice(end, from) + replacement;
    end = to;
  }
  return made + text.slice(end);
}
