import { getContext, hasContext, setContext } from 'svelte';
import { type CallOperation, callBy } from '../hooks/index.ts';

export { toQueryKey } from '../hooks/index.ts';

/** Provides the client of one provider to Svelte components. */
export type ClientContext<Client> = {
  /** Provides the client to the components below the component that calls it. */
  readonly setClient: (client: Client) => void;
  /** The client of the nearest component above. Throws if there is none. */
  readonly useClient: () => Client;
  /** For generated hooks: calls the operation by the client, which signs, validates, retries and logs in; throws its typed error. */
  readonly useCallOperation: <Data>() => CallOperation<Data>;
};

/** Hands one provider's client down a tree of components. @param setter its name, for messages */
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
