/** The stored response to a message, for its redeliveries. */
export type KeptResponse = {
  readonly status: number;
  readonly contentType: string | undefined;
  /** Text of at most 16 KiB. Null if the response has no body or its body is not stored. */
  readonly body: string | null;
};

/** The result of a claim. `mine` must be ended by `finish` or `release`, by the process that claimed the message. */
export type Claim =
  | {
      readonly state: 'mine';
      /** Ends a claim after the handler succeeded. The message counts as used for this number of seconds. */
      finish(response: KeptResponse, ttlSeconds: number): void | Promise<void>;
      /** Ends a claim after the handler failed. The next delivery of the message runs the handler again. */
      release(): void | Promise<void>;
    }
  | { readonly state: 'running' }
  | { readonly state: 'done'; readonly response: KeptResponse };

/**
 * Remembers messages by their id, so that the handler runs once for a repeated message. Processes can share a store.
 */
export type DeliveryStore = {
  /** Claims a message for the caller, if it is neither claimed nor used. This operation must be atomic. */
  claim(key: string): Claim | Promise<Claim>;
};

/** Limits of a delivery store in memory. */
export type MemoryDeliveryOptions = {
  /** Maximum number of messages. The oldest finished one is removed first. Default 100,000. */
  readonly capacity?: number;
  /** Returns milliseconds since 1970. */
  readonly clock?: () => number;
};

type Known = { response: KeptResponse | undefined; expiry: number };

/** Maximum number of characters of all bodies. Beyond it, only the status is stored. */
const MOST_TEXT = 32 * 1024 * 1024;

/**
 * Creates a delivery store in memory, for one process. Several processes can share a store of
 * `@countersign/runtime/store`.
 *
 * @example
 * ```ts
 * const deliveryStore = createMemoryDeliveryStore({ capacity: 10_000 });
 * ```
 */
export function createMemoryDeliveryStore({
  capacity = 100_000,
  clock = Date.now,
}: MemoryDeliveryOptions = {}): DeliveryStore {
  // Messages are in the order of their claims, so the first finished one is approximately the oldest.
  const messages = new Map<string, Known>();
  let kept = 0;

  const forget = (key: string): void => {
    kept -= messages.get(key)?.response?.body?.length ?? 0;
    messages.delete(key);
  };

  const makeRoom = (): void => {
    if (messages.size < capacity) return;
    for (const [key, { response }] of messages) {
      if (!response) continue;
      forget(key);
      return;
    }
  };

  return {
    claim(key) {
      const known = messages.get(key);
      if (known?.response && known.expiry > clock()) return { state: 'done', response: known.response };
      if (known && !known.response) return { state: 'running' };
      forget(key);
      makeRoom();
      const mine: Known = { response: undefined, expiry: 0 };
      messages.set(key, mine);
      return {
        state: 'mine',
        finish(response, ttlSeconds) {
          const fits = kept + (response.body?.length ?? 0) <= MOST_TEXT;
          mine.response = fits ? response : { ...response, body: null, contentType: undefined };
          mine.expiry = clock() + ttlSeconds * 1000;
          kept += mine.response.body?.length ?? 0;
        },
        release() {
          if (messages.get(key) === mine) messages.delete(key);
        },
      };
    },
  };
}
