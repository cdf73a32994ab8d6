import { performance } from 'node:perf_hooks';

/** Milliseconds that the work takes on an idle core of 2026. */
const USUAL = 35;
/** What hangs is to end at some time. */
const SLOWEST = 20;

/** How many times longer than usual a fixed piece of work takes; 1 on a machine that is idle or fast. */
export function measureSlowness(): number {
  const times = Array.from({ length: 5 }, () => {
    const start = performance.now();
    let value = 1;
    for (let index = 0; index < 2e7; index += 1) value = (Math.imul(value, 1_103_515_245) + index) | 0;
    // So that the loop is not omitted.
    if (value === 0.5) throw new Error('unreachable');
    return performance.now() - start;
  });
  return Math.min(SLOWEST, Math.max(1, Math.max(...times) / USUAL));
}

/**
 * A time limit: milliseconds on an idle machine, more where the run began on a slow one. It ends what hangs; no test
 * may need it to pass.
 */
export const limit = (milliseconds: number): number =>
  Math.round(milliseconds * Number(process.env.TEST_SLOWNESS ?? 1));
