/** The call in an orval hook. The last segment of `url` is the name of the operation, and `data` is its input. */
export type HookCall = {
  readonly url: string;
  readonly data?: unknown;
  readonly signal?: AbortSignal | undefined;
  /** Orval's own request options, which the client does not need. */
  readonly method?: string;
  readonly headers?: object;
};

/** Calls the operation that a hook names, and resolves to its data or throws its typed error. */
export type CallOperation<Data> = (call: HookCall) => Promise<Data>;

type Calls = Readonly<Record<string, (input: unknown, options: object) => { orThrow(): Promise<unknown> }>>;

/** Calls operations for the hooks of any framework. The client signs, validates, retries and logs in. */
export function callBy<Data>(client: object): CallOperation<Data> {
  return async ({ url, data, signal }) => {
    const operation = url.slice(url.lastIndexOf('/') + 1);
    const call = (client as Calls)[operation];
    if (call === undefined) throw new Error(`The client does not have the operation ${operation}.`);
    return (await call(data ?? {}, { signal }).orThrow()) as Data;
  };
}

/** Returns a query key that TanStack Query can hash. It writes keys as JSON, so bigints become texts. */
export function toQueryKey<Key extends readonly unknown[]>(key: Key): Key {
  return key.map(withoutBigint) as unknown as Key;
}

/** Returns the same value with a text such as `5n` instead of each bigint. */
export function withoutBigint(value: unknown): unknown {
  if (typeof value === 'bigint') return `${value}n`;
  if (Array.isArray(value)) return value.map(withoutBigint);
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, withoutBigint(member)]));
}
