'use client';

import { createContext, createElement, type ReactElement, type ReactNode, useCallback, useContext } from 'react';

/** What an orval hook asks for; the last step of `url` names the operation, `data` is its input. */
export type HookCall = {
  readonly url: string;
  readonly data?: unknown;
  readonly signal?: AbortSignal | undefined;
  /** Orval's own idea of the request; the client knows the real one. */
  readonly method?: string;
  readonly headers?: object;
};

type Calls = Readonly<Record<string, (input: unknown, options: object) => { orThrow(): Promise<unknown> }>>;

/** Gives React components the client of one provider. */
export type ClientContext<Client> = {
  /** Gives the hooks below it the client that they call. */
  readonly Provider: (props: { readonly client: Client; readonly children?: ReactNode }) => ReactElement;
  /** The client of the nearest provider above. It throws where there is none. */
  readonly useClient: () => Client;
  /** For generated hooks: calls the operation by the client, which signs, validates, retries and logs in; throws its typed error. */
  readonly useCallOperation: <Data>() => (call: HookCall) => Promise<Data>;
};

/** Hands one provider's client down a tree of components. @param name of the component, for messages */
export function createClientContext<Client extends object>(name: string): ClientContext<Client> {
  const Context = createContext<Client | undefined>(undefined);
  const useClient = (): Client => {
    const client = useContext(Context);
    if (client === undefined)
      throw new Error(`<${name}> is missing above this component. Add it: it provides the client for hooks.`);
    return client;
  };
  return {
    Provider: ({ client, children }) => createElement(Context.Provider, { value: client }, children),
    useClient,
    useCallOperation: <Data>() => {
      const client = useClient() as unknown as Calls;
      return useCallback(
        async ({ url, data, signal }: HookCall): Promise<Data> => {
          const operation = url.slice(url.lastIndexOf('/') + 1);
          const call = client[operation];
          if (call === undefined) throw new Error(`The client does not have the operation ${operation}.`);
          return (await call(data ?? {}, { signal }).orThrow()) as Data;
        },
        [client],
      );
    },
  };
}

/** A query key as TanStack Query can hash it, which writes keys as JSON: bigints become texts. */
export function toQueryKey<Key extends readonly unknown[]>(key: Key): Key {
  return key.map(withoutBigint) as unknown as Key;
}

function withoutBigint(value: unknown): unknown {
  if (typeof value === 'bigint') return `${value}n`;
  if (Array.isArray(value)) return value.map(withoutBigint);
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, withoutBigint(member)]));
}
