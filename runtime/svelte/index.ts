import { getContext, hasContext, setContext } from 'svelte';
import { type CallOperation, callBy } from '../hooks/index.ts';

export { toQueryKey } from '../hooks/index.ts';

/** The functions that provide the client of one provider to Svelte components. */
export type ClientContext<Client> = {
  /** Provides the client to the components below the component that calls it. */
  readonly setClient: (client: Client) => void;
  /** Returns the client of the nearest component above. Throws if there is none. */
  readonly useClient: () => Client;
  /**
   * For generated hooks: returns a function that calls an operation. The client signs, validates, retries and logs in.
   * The function throws the typed error.
   */
  readonly useCallOperation: <Data>() => CallOperation<Data>;
};

/**
 * Creates the functions that provide the client of one provider to a tree of components. @param setter the name of the
 * setter, for messages
 */
export function createClientContext<Client extends object>(setter: string): ClientContext<Client> {
  const key = Symbol(setter);
  const useClient = (): Client => {
    if (!hasContext(key))
      throw new Error(`No client is set. Call \`${setter}(client)\` in the script of a component above this one.`);
    return getContext<Client>(key);
  };
  return {
    setClient: (client) => {
      setContext(key, client);
    },
    useClient,
    useCallOperation: <Data>() => callBy<Data>(useClient()),
  };
}
