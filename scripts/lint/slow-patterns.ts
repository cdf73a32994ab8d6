import vm from 'node:vm';
import type { Diagnostic } from '../common/diagnostics/diagnostic.ts';
import { escapeToken, isObject } from '../common/document/pointer.ts';
import type { LoadedSpec, PatternPlace } from '../load/types.ts';
import { isSurelyLinear } from '../model/schema/patterns/linear-pattern.ts';
import type { Hidden } from './hidden-refs.ts';

type Limits = { readonly pattern: number; readonly all: number };

/** Milliseconds for one pattern, and for all patterns together. */
const defaultLimits: Limits = { pattern: 200, all: 5_000 };
/** Shorter texts cannot make a pattern slow. Only this many texts are tested. */
const texts = { shortest: 16, most: 5_000 };

/** Patterns that must not run on a document, and the warning about them. */
export type SlowPatterns = {
  /** Patterns that must not run on the document: slow ones, and those that could not be tested in time. */
  readonly sources: ReadonlySet<string>;
  readonly problems: readonly Diagnostic[];
};

/**
 * Finds patterns that take exponential time: each pattern runs, with a time limit, on the texts of the document and on
 * repetitions of its own repeated parts. Redocly would run them on the examples without any limit. Patterns that are
 * proven to be linear are not run. After the time limit, the remaining patterns are reported as untested.
 */
export function findSlowPatterns(
  spec: LoadedSpec,
  severity: Diagnostic['severity'],
  limits: Limits = defaultLimits,
): SlowPatterns {
  const slow = new Set<string>();
  const problems: Diagnostic[] = [];
  const quick = new Set<string>();
  const untried = new Map<string, Omit<PatternPlace, 'schema'>>();
  let tryOut: ((source: string) => Found) | undefined;
  // The last was found first.
  for (const { schema, file, pointer } of spec.patterns.toReversed()) {
    for (const [member, source] of patternsOf(schema)) {
      if (quick.has(source) || untried.has(source) || !repeats(source)) continue;
      const place = `${pointer}${member}`;
      if (!slow.has(source)) {
        if (isSurelyLinear(source, 'u')) {
          quick.add(source);
          continue;
        }
        tryOut ??= openTrial(textsOf(spec), limits);
        const found = tryOut(source);
        if (found === 'quick') {
          quick.add(source);
          continue;
        }
        if (found === 'untried') {
          untried.set(source, { file, pointer: place });
          continue;
        }
        slow.add(source);
      }
      const message = 'The `pattern` can take exponential time to match.';
      problems.push({ severity, code: 'pattern-slow', message, help, at: file.locate(place), pointer: place });
    }
  }
  return { sources: new Set([...slow, ...untried.keys()]), problems: [...problems, ...tellUntried(untried)] };
}

/** One warning, at the first of them. */
function tellUntried(untried: ReadonlyMap<string, Omit<PatternPlace, 'schema'>>): readonly Diagnostic[] {
  const [place] = untried.values();
  if (place === undefined) return [];
  const more = untried.size - 1;
  const which = more === 0 ? 'this pattern' : `this pattern or one of ${more} more`;
  const message = `The matching time of ${which} was not checked: the time limit for this check was reached.`;
  const { file, pointer } = place;
  return [{ severity: 'warning', code: 'pattern-untried', message, help, at: file.locate(pointer), pointer }];
}

const help =
  'Do not nest repetitions: write `a+` for `(a+)+`, and start the branches of `(a|b)*` with different characters.';

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

/** Whether a pattern repeats more than one character, or repeats without a fixed count. */
const repeats = (source: string): boolean =>
  /[*+]|,\}/.test(source) || (source.includes('(') && source.lastIndexOf('{') > source.indexOf('('));

function patternsOf(schema: object): [member: string, source: string][] {
  const { pattern, patternProperties } = schema as { readonly [keyword: string]: unknown };
  const keys = isObject(patternProperties) ? Object.keys(patternProperties) : [];
  const own: [string, string][] = keys.map((key) => [`/patternProperties/${escapeToken(key)}`, key]);
  return typeof pattern === 'string' ? [['/pattern', pattern], ...own] : own;
}

type Found = 'quick' | 'slow' | 'untried';

/** Tests one pattern on the texts, from the text at which an earlier call was stopped. */
const trial = new vm.Script(`
  try {
    const pattern = new RegExp(source, 'u');
    for (; place.at < place.end; place.at += 1) pattern.test(place.texts[place.at]);
  } catch {}
`);

/**
 * Tests one pattern after the other within the time limit. A separate context for each would take longer than most
 * tests.
 */
function openTrial(written: readonly string[], limits: Limits): (source: string) => Found {
  const given = { source: '', place: { texts: written, at: 0, end: 0 } };
  const context = vm.createContext(given);
  const isStopped = (): boolean => {
    try {
      trial.runInContext(context, { timeout: limits.pattern });
      return false;
    } catch {
      return true;
    }
  };
  let spent = 0;
  return (source) => {
    const started = performance.now();
    const left = limits.all - spent;
    const texts = [...attacks(source), ...written];
    const end = texts.length;
    const place = { texts, at: 0, end };
    Object.assign(given, { source, place });
    try {
      while (performance.now() - started < left) {
        if (!isStopped()) return 'quick';
        // On a busy machine, all patterns together may take too long. The pattern that was running at the time limit is
        // then tested alone.
        place.end = place.at + 1;
        if (isStopped()) return 'slow';
        Object.assign(place, { at: place.end, end });
      }
      return 'untried';
    } finally {
      spent += performance.now() - started;
    }
  };
}

/** Repeats each run of ordinary characters in the pattern, and each class, and then appends a different character. */
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
