/** Numbers from a seed, so that a finding can be repeated. */
export type Random = {
  /** At least 0 and less than `most`. */
  readonly below: (most: number) => number;
  readonly chance: (percent: number) => boolean;
  readonly pick: <Value>(values: readonly Value[]) => Value;
};

/** Mulberry32. */
export function randomOf(seed: number): Random {
  let state = seed | 0;
  const below = (most: number): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * most);
  };
  return {
    below,
    chance: (percent) => below(100) < percent,
    pick: (values) => {
      const value = values[below(values.length)];
      if (value === undefined) throw new Error('nothing to pick from');
      return value;
    },
  };
}
