import vm from 'node:vm';
import type { Diagnostic } from '../diagnostic.ts';
import type { LoadedSpec } from '../load/types.ts';
import { escapeToken, isObject } from '../pointer.ts';
import type { Hidden } from './hidden-refs.ts';

/** Milliseconds for one pattern on every text, and for all patterns together. */
const limits = { pattern: 200, all: 5_000 };
/** Shorter texts cannot make a pattern slow; more of them than this are not tried. */
const texts = { shortest: 16, most: 5_000 };

export type SlowPatterns = { readonly sources: ReadonlySet<string>; readonly problems: readonly Diagnostic[] };

/**
 * Patterns that take exponential time, found by running each, with a time limit, on the texts of the document and on
 * repetitions of what the pattern itself repeats. Redocly would run them on the examples without any limit.
 */
export function findSlowPatterns(spec: LoadedSpec, severity: Diagnostic['severity']): SlowPatterns {
  const sources = new Set<string>();
  const problems: Diagnostic[] = [];
  const quick = new Set<string>();
  let written: readonly string[] | undefined;
  let spent = 0;
  for (const { schema, file, pointer } of spec.patterns) {
    for (const [member, source] of patternsOf(schema)) {
      if (quick.has(source) || !/[*+]|,\}|\(.*\{/s.test(source)) continue;
      if (!sources.has(source)) {
        written ??= textsOf(spec);
        const started = performance.now();
        const isSlow = spent > limits.all || timesOut(source, [...attacks(source), ...written]);
        spent += performance.now() - started;
        if (!isSlow) {
          quick.add(source);
          continue;
        }
        sources.add(source);
      }
      const place = `${pointer}${member}`;
      const message = 'This pattern can take exponential time.';
      problems.push({ severity, code: 'pattern-slow', message, help, at: file.locate(place), pointer: place });
    }
  }
  return { sources, problems };
}

const help =
  'Do not repeat what repeats: write `a+` for `(a+)+`, and let the branches of `(a|b)*` differ in their first character.';

/** Hides slow patterns in the given documents. */
export function hideSlowPatterns({ sources }: SlowPatterns, documents: Iterable<unknown>): Hidden[] {
  if (sources.size === 0) return [];
  const objects = new Set<object>();
  const open: unknown[] = [...documents];
  const seen = new Set<unknown>();
  while (open.length > 0) {
    const next = open.pop();
    if (typeof next !== 'object' || next === null || seen.has(next)) continue;
    seen.add(next);
    if (patternsOf(next).some(([, source]) => sources.has(source))) objects.add(next);
    open.push(...Object.values(next));
  }
  return [{ objects, keys: ['pattern', 'patternProperties'], prefix: 'x-' }];
}

function patternsOf(schema: object): [member: string, source: string][] {
  const { pattern, patternProperties } = schema as { readonly [keyword: string]: unknown };
  const keys = isObject(patternProperties) ? Object.keys(patternProperties) : [];
  const own: [string, string][] = keys.map((key) => [`/patternProperties/${escapeToken(key)}`, key]);
  return typeof pattern === 'string' ? [['/pattern', pattern], ...own] : own;
}

function timesOut(source: string, candidates: readonly string[]): boolean {
  const code =
    "try { const pattern = new RegExp(source, 'u'); for (const text of candidates) pattern.test(text); } catch {}";
  try {
    vm.runInNewContext(code, { source, candidates }, { timeout: limits.pattern });
    return false;
  } catch {
    return true;
  }
}

/** Each run of ordinary characters in the pattern, and each class, many times over and then something else. */
function attacks(source: string): string[] {
  const literals = source.match(/[\p{L}\p{N}_-]+/gu) ?? [];
  const units = new Set([...literals.slice(0, 50), ...literals.join('').slice(0, 200), ...'a0 -_./@A']);
  return [...units].flatMap((unit) =>
    ['!', '\n', ''].map((end) => unit.repeat(Math.max(2, Math.ceil(40 / unit.length))) + end),
  );
}

function textsOf({ sources }: LoadedSpec): string[] {
  const found = new Set<string>();
  const open: unknown[] = [...sources.values()].map(({ value }) => value);
  while (open.length > 0 && found.size < texts.most) {
    const next = open.pop();
    if (typeof next === 'string' && next.length >= texts.shortest) found.add(next);
    else if (typeof next === 'object' && next !== null) open.push(...Object.values(next));
  }
  return [...found];
}
