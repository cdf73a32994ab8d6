import { KeyTable } from './key-table.ts';

/** Stores values that may be used only once. With a shared store, several processes reject the same replay. */
export type ReplayStore = {
  /** True the first time that a key is seen, false until `ttlSeconds` have passed. Must be atomic. */
  use(key: string, ttlSeconds: number): boolean | Promise<boolean>;
  /**
   * True if the number is larger than the last one of the key, which it then replaces. Numbers are decimal digits, up to 38, and
   * are remembered without a limit: a recorded request without a timestamp never becomes too old. Must be atomic. Required
   * for schemes whose nonce is a growing number.
   */
  advance?(key: string, number: string): boolean | Promise<boolean>;
};

/** Limits of a replay store in memory. */
export type MemoryReplayOptions = {
  /**
   * Maximum number of keys. If all stored keys are still valid, new ones are rejected: dropping one would allow its replay.
   * Default 1,000,000.
   */
  readonly capacity?: number;
  /** Milliseconds since 1970. */
  readonly clock?: () => number;
};

/** How often expired keys are dropped at least, in seconds. */
const SWEEP = 60;

/**
 * A replay store for one process, in memory. Several processes share the store of `@countersign/runtime/store`.
 *
 * @example
 * ```ts
 * const replayStore = createMemoryReplayStore({ capacity: 100_000 });
 * ```
 */
export function createMemoryReplayStore({
  capacity = 1_000_000,
  clock = Date.now,
}: MemoryReplayOptions = {}): Required<ReplayStore> {
  const keys = new KeyTable();
  const numbers = new Map<string, bigint>();
  let swept = 0;

  const sweep = (now: number): void => {
    swept = now;
    keys.sweep(now);
  };

  return {
    use(key, ttlSeconds) {
      const now = Math.floor(clock() / 1000);
      // A clock that was set back would otherwise stop the sweeping.
      if (now - swept >= SWEEP || now < swept || (keys.size >= capacity && now > swept)) sweep(now);
      return keys.size < capacity && keys.add(key, now + Math.ceil(ttlSeconds) + 1, now);
    },
    advance(key, number) {
      const last = numbers.get(key);
      const next = BigInt(number);
      if (last === undefined ? numbers.size >= capacity : next <= last) return false;
      numbers.set(key, next);
      return true;
    },
  };
}
