export type Random = {
  /** A whole number from 0 to `below` - 1. */
  below(below: number): number;
};

/** Numbers that look random and are the same each time, for reproducible demo data. (Mulberry32.) */
export function createRandom(seed: number): Random {
  let state = seed;
  return {
    below(below) {
      state = (state + 0x6d2b79f5) | 0;
      let mixed = Math.imul(state ^ (state >>> 15), state | 1);
      mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
      return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * below);
    },
  };
}
