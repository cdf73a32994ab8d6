import { KeyTable } from './key-table.ts';

/** Stores values that may be used only once. With a shared store, several processes reject the same replay. */
export type ReplayStore = {
  /**
   * Returns true the first time that a key is used, then false until `ttlSeconds` have passed. This operation must be
   * atomic.
   */
  use(key: string, ttlSeconds: number): boolean | Promise<boolean>;
  /**
   * Returns true if the number is larger than the last number of the key, and replaces it. Numbers are decimal digits,
   * up to 38, and are remembered without a limit: a recorded request without a timestamp never becomes too old. This
   * operation must be atomic. It is required for schemes whose nonce is an increasing number.
   */
  advance?(key: string, number: string): boolean | Promise<boolean>;
};

/** Limits of a replay store in memory. */
export type MemoryReplayOptions = {
  /**
   * Maximum number of keys, of 32 to 64 bytes each. If all stored keys are still valid, new keys are rejected, because
   * removing a key would allow its replay. A request with a nonce needs two keys until its timestamp is too old: at a
   * tolerance of 300 s, the default is enough for 1,600 requests per second. Default 1,000,000.
   */
  readonly capacity?: number;
  /** Returns milliseconds since 1970. */
  readonly clock?: () => number;
};

/** Maximum number of seconds between two removals of expired keys. */
const SWEEP = 60;

/**
 * Creates a replay store in memory, for one process. Several processes can share a store of
 * `@countersign/runtime/store`.
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
      // Otherwise, a clock that was set back would stop the sweeps.
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
