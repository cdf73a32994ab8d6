const ROUNDS = 15;
const WARM_UP = 3;
const MILLISECONDS = 60;

/** Calls per second of each function, round by round, so that a slow moment of the machine affects all of them. */
export function measure(functions: readonly (() => boolean)[]): readonly (readonly number[])[] {
  const rounds: number[][] = [];
  for (let round = -WARM_UP; round < ROUNDS; round += 1) {
    const rates = functions.map(rateOf);
    if (round >= 0) rounds.push(rates);
  }
  return rounds;
}

function rateOf(call: () => boolean): number {
  const start = performance.now();
  let calls = 0;
  let elapsed = 0;
  do {
    if (!call()) throw new Error('The payload is rejected.');
    calls += 1;
    elapsed = performance.now() - start;
  } while (elapsed < MILLISECONDS);
  return (calls * 1000) / elapsed;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
