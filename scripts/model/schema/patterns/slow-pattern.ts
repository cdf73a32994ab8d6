import { createRequire } from 'node:module';
import { isSurelyLinear } from './linear-pattern.ts';

type Verdict = {
  readonly status: 'safe' | 'vulnerable' | 'unknown' | 'unreadable';
  readonly complexity?: { readonly type: string; readonly summary: string };
};
type Checker = {
  readonly checkSync: (source: string, flags: string, options: { readonly timeout: number }) => Verdict;
};

/**
 * Milliseconds for one pattern, as a last resort (the checker's own limits end nearly all of them long before), and for
 * all of one document: some documents repeat a pattern of hundreds of characters with small differences.
 */
const TIMEOUT = { one: 4_000, all: 8_000 };
/** A pattern with polynomial time is fast enough for strings up to this length. */
const SHORT = 256;

const verdicts = new Map<string, Verdict>();
let spent = 0;
let checker: Checker | undefined;

/**
 * The reason for a warning: matching is slow, with the checker's explanation, or the checker cannot read the pattern.
 */
export type Slowness = { readonly kind: 'slow'; readonly summary: string } | { readonly kind: 'unreadable' };

/** Resets the time budget for the next document: with `--watch`, one process checks many. */
export function beginDocument(): void {
  spent = 0;
}

/**
 * Why matching takes more than linear time in the string's length; undefined if it does not, or if no time was left to
 * find out.
 */
export function slowness(pattern: string, flags: string, maxLength: number): Slowness | undefined {
  if (isSurelyLinear(pattern, flags)) return undefined;
  const { status, complexity } = verdictOn(pattern, flags);
  if (status === 'unreadable') return { kind: 'unreadable' };
  if (status !== 'vulnerable' || complexity === undefined) return undefined;
  return complexity.type === 'polynomial' && maxLength <= SHORT
    ? undefined
    : { kind: 'slow', summary: complexity.summary };
}

function verdictOn(pattern: string, flags: string): Verdict {
  const key = `${flags}/${pattern}`;
  const known = verdicts.get(key);
  if (known !== undefined) return known;
  // The checker's build for browsers starts no other process.
  checker ??= createRequire(import.meta.url)('recheck/lib/browser.js') as Checker;
  const timeout = Math.ceil(Math.min(TIMEOUT.one, TIMEOUT.all - spent));
  if (timeout <= 0) return { status: 'unknown' };
  const started = performance.now();
  const verdict = ask(checker, pattern, flags, timeout);
  spent += performance.now() - started;
  verdicts.set(key, verdict);
  return verdict;
}

function ask({ checkSync }: Checker, pattern: string, flags: string, timeout: number): Verdict {
  try {
    return checkSync(pattern, flags, { timeout });
  } catch {
    // The checker reads nested groups by recursion, which can exhaust the stack.
    return { status: 'unreadable' };
  }
}
