/** Remembers what may be used only once. One that is shared lets many processes refuse the same replay. */
export type ReplayStore = {
  /** True the first time that a key is seen, false until `ttlSeconds` have passed. Must be atomic. */
  use(key: string, ttlSeconds: number): boolean | Promise<boolean>;
};

export type MemoryReplayOptions = {
  /** Keys kept at most. When full of keys that still count, new ones are refused: forgetting one would let it be replayed. Default 1,000,000. */
  readonly capacity?: number;
  /** Milliseconds since 1970. */
  readonly clock?: () => number;
};

/** For one process; what it knows ends with it. */
export function createMemoryReplayStore({
  capacity = 1_000_000,
  clock = Date.now,
}: MemoryReplayOptions = {}): ReplayStore {
  const expiries = new Map<string, number>();
  let swept = clock();

  const sweep = (now: number): void => {
    swept = now;
    for (const [key, expiry] of expiries) if (expiry <= now) expiries.delete(key);
  };

  return {
    use(key, ttlSeconds) {
      const now = clock();
      // A clock that was set back would otherwise stop the sweeping.
      if (now - swept > 60_000 || now < swept) sweep(now);
      const expiry = expiries.get(key);
      if (expiry !== undefined && expiry > now) return false;
      if (expiries.size >= capacity && expiry === undefined) {
        if (now - swept > 1_000) sweep(now);
        if (expiries.size >= capacity) return false;
      }
      expiries.set(key, now + ttlSeconds * 1000);
      return true;
    },
  };
}
