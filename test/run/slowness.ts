import { performance } from 'node:perf_hooks';

/** Milliseconds that the work takes on an idle core of 2026. */
const USUAL = 35;
/** The maximum factor, so that a hanging test ends. */
const SLOWEST = 20;

/** The factor by which a fixed piece of work takes longer than usual; 1 on an idle or fast machine. */
export function measureSlowness(): number {
  const times = Array.from({ length: 5 }, () => {
    const start = performance.now();
    let value = 1;
    for (let index = 0; index < 2e7; index += 1) value = (Math.imul(value, 1_103_515_245) + index) | 0;
    // Prevents the engine from removing the loop.
    if (value === 0.5) throw new Error('unreachable');
    return performance.now() - start;
  });
  return Math.min(SLOWEST, Math.max(1, Math.max(...times) / USUAL));
}

/**
 * A time limit: milliseconds on an idle machine, more where the run began on a slow one. It ends hanging tests. No test
 * may depend on it to pass.
 */
export const limit = (milliseconds: number): number =>
  Math.round(milliseconds * Number(process.env.TEST_SLOWNESS ?? 1));
