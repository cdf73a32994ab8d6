import { ABOVE_ALL, BELOW_ALL } from '../rules/sort-key.ts';

/**
 * Buckets of sort keys, as a tree: the root (level 0) has all 2^64 keys, and each level divides a bucket of the one
 * before into 16. A bucket of the last level has one key.
 */
export const LEVELS = 16;

/** Scores above which a bucket is split. */
export const CAPACITY = 256;

const widthBits = (level: number): bigint => BigInt(64 - 4 * level);

/** The first key of the bucket of a level that a key is in. */
export function lowOf(key: bigint, level: number): bigint {
  return level === 0 ? BELOW_ALL : (key >> widthBits(level)) << widthBits(level);
}

/** The last key of a bucket. */
export function highOf(low: bigint, level: number): bigint {
  return level === 0 ? ABOVE_ALL : low | ((1n << widthBits(level)) - 1n);
}
