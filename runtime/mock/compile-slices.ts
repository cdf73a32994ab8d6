import { Unready } from '../values/unready.ts';

/** Milliseconds of compilation after which other requests are handled. */
const MOST = 15;

let left = Number.POSITIVE_INFINITY;

/**
 * Runs a check that compiles schemas for a limited time. @throws {Unready} after that time; the check is then repeated
 */
export function inSlice<Result>(check: () => Result): Result {
  left = MOST;
  try {
    return check();
  } finally {
    left = Number.POSITIVE_INFINITY;
  }
}

/** Compiles one schema. Each slice compiles at least one. */
export function compileInSlice<Result>(compile: () => Result): Result {
  if (left <= 0) throw new Unready();
  const begin = performance.now();
  try {
    return compile();
  } finally {
    left -= performance.now() - begin;
  }
}
