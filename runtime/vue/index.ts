import { hasInjectionContext, type InjectionKey, inject, type MaybeRefOrGetter, provide, toValue } from 'vue';
import { type CallOperation, callBy, withoutBigint } from '../hooks/index.ts';

/** The part of a Vue app that a plugin needs. */
type App = { provide<Value>(key: InjectionKey<Value>, value: Value): unknown };

/** The plugin and functions that provide the client of one provider to Vue components. */
export type ClientInjection<Client> = {
  /** Provides the client to all components of an app: `app.use(plugin, { client })`. */
  readonly plugin: { readonly install: (app: App, options: { readonly client: Client }) => void };
  /** Provides the client to the components below the component whose setup calls it. */
  readonly provideClient: (client: Client) => void;
  /** Returns the client of the nearest provider. Throws if there is none. */
  readonly useClient: () => Client;
  /**
   * For generated hooks: returns a function that calls an operation. The client signs, validates, retries and logs in.
   * The function throws the typed error.
   */
  readonly useCallOperation: <Data>() => CallOperation<Data>;
};

/**
 * Creates the functions that provide the client of one provider to a tree of components. @param plugin the name of the
 * plugin, for messages
 */
export function createClientInjection<Client extends object>(plugin: string): ClientInjection<Client> {
  const key: InjectionKey<Client> = Symbol(plugin);
  const useClient = (): Client => {
    if (!hasInjectionContext())
      throw new Error(`The client of ${plugin} is read outside a setup function. Call the hook during setup.`);
    const client = inject(key, undefined);
    if (client === undefined)
      throw new Error(`No client is provided. Call \`app.use(${plugin}, { client })\` before the app is mounted.`);
    return client;
  };
  return {
    plugin: {
      install: (app, { client }) => {
        app.provide(key, client);
      },
    },
    provideClient: (client) => provide(key, client),
    useClient,
    useCallOperation: <Data>() => callBy<Data>(useClient()),
  };
}

/**
 * Returns a query key that TanStack Query can hash. It writes keys as JSON, so bigints become texts. Refs stay
 * reactive.
 */
export function toQueryKey<Key extends readonly unknown[]>(key: Key): Key {
  return key.map((part) => () => withoutBigint(toValue(part as MaybeRefOrGetter<unknown>))) as unknown as Key;
}
