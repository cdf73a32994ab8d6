/**
 * Returns numbers from 0 to 1 that depend on a seed and on the number of earlier draws. A run with the same requests
 * gives the same numbers.
 */
export type Random = () => number;

/** Creates random numbers by FNV-1a over UTF-16 units, then mulberry32. They are not suitable for secrets. */
export function createRandom(seed: string): Random {
  let state = 0x811c9dc5;
  for (let i = 0; i < seed.length; i += 1) state = Math.imul(state ^ seed.charCodeAt(i), 0x01000193);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
