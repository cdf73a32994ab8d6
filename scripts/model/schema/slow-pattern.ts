import { createRequire } from 'node:module';
import { isSurelyLinear } from './linear-pattern.ts';

type Verdict = {
  readonly status: 'safe' | 'vulnerable' | 'unknown';
  readonly complexity?: { readonly type: string; readonly summary: string };
};
type Checker = {
  readonly checkSync: (source: string, flags: string, options: { readonly timeout: number }) => Verdict;
};

/**
 * Milliseconds for one pattern, as a last resort (the checker's own limits end nearly all of them long before), and for
 * all of them together: some documents repeat a pattern of hundreds of characters with small differences.
 */
const TIMEOUT = { one: 4_000, all: 8_000 };
/** What a pattern of a polynomial kind takes for texts up to this length is nothing to warn of. */
const SHORT = 256;

const verdicts = new Map<string, Verdict>();
let spent = 0;
let checker: Checker | undefined;

/** Why matching takes more than linear time in the text's length, as recheck finds it; undefined where it does not. */
export function slowness(pattern: string, flags: string, maxLength: number): string | undefined {
  if (isSurelyLinear(pattern, flags)) return undefined;
  const { status, complexity } = verdictOn(pattern, flags);
  if (status !== 'vulnerable' || complexity === undefined) return undefined;
  return complexity.type === 'polynomial' && maxLength <= SHORT ? undefined : complexity.summary;
}

function verdictOn(pattern: string, flags: string): Verdict {
  const key = `${flags}/${pattern}`;
  const known = verdicts.get(key);
  if (known !== undefined) return known;
  // The build for browsers starts no other process.
  checker ??= createRequire(import.meta.url)('recheck/lib/browser.js') as Checker;
  const timeout = Math.ceil(Math.min(TIMEOUT.one, TIMEOUT.all - spent));
  if (timeout <= 0) return { status: 'unknown' };
  const started = performance.now();
  const verdict = checker.checkSync(pattern, flags, { timeout });
  spent += performance.now() - started;
  verdicts.set(key, verdict);
  return verdict;
}
