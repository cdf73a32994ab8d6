'use client';

import { createContext, createElement, type ReactElement, type ReactNode, useCallback, useContext } from 'react';
import { type CallOperation, callBy, type HookCall } from '../hooks/index.ts';

export { type HookCall, toQueryKey } from '../hooks/index.ts';

/** The context that provides the client of one provider to React components. */
export type ClientContext<Client> = {
  /** Provides the client to the hooks below it. */
  readonly Provider: (props: { readonly client: Client; readonly children?: ReactNode }) => ReactElement;
  /** Returns the client of the nearest provider above. Throws if there is none. */
  readonly useClient: () => Client;
  /**
   * For generated hooks: returns a function that calls an operation. The client signs, validates, retries and logs in.
   * The function throws the typed error.
   */
  readonly useCallOperation: <Data>() => CallOperation<Data>;
};

/**
 * Creates the context that provides the client of one provider to a tree of components. @param name the name of the
 * component, for messages
 */
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
      const client = useClient();
      return useCallback((call: HookCall) => callBy<Data>(client)(call), [client]);
    },
  };
}
