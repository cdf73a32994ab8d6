import type { Framework } from '../framework.ts';

/** The parts of a framework that pass the client to hooks: the runtime's function, and its exports in the package. */
type Context = {
  readonly type: string;
  readonly create: string;
  /** Its argument names the way to provide a client. Error messages show it. */
  readonly named: (prefix: string) => string;
  readonly exports: (prefix: string) => readonly Exported[];
};

type Exported = { readonly name: string; readonly member: string; readonly doc: string };

const useClient = (prefix: string, doc: string): Exported => ({
  name: `use${prefix}Client`,
  member: 'useClient',
  doc,
});

export const CONTEXTS: Readonly<Record<Framework, Context>> = {
  react: {
    type: 'ClientContext',
    create: 'createClientContext',
    named: (prefix) => `${prefix}Provider`,
    exports: (prefix) => [
      {
        name: `${prefix}Provider`,
        member: 'Provider',
        doc: 'Provides the client for the hooks of the components inside it.',
      },
      useClient(prefix, 'The client of the nearest provider. Throws if there is none.'),
    ],
  },
  vue: {
    type: 'ClientInjection',
    create: 'createClientInjection',
    named: (prefix) => `${prefix}Plugin`,
    exports: (prefix) => [
      {
        name: `${prefix}Plugin`,
        member: 'plugin',
        doc: `Vue plugin that provides the client to the whole app: \`app.use(${prefix}Plugin, { client })\`.`,
      },
      {
        name: `provide${prefix}Client`,
        member: 'provideClient',
        doc: 'Provides the client to the components below the one whose setup calls it.',
      },
      useClient(prefix, 'The nearest provided client. Throws if there is none.'),
    ],
  },
  svelte: {
    type: 'ClientContext',
    create: 'createClientContext',
    named: (prefix) => `set${prefix}Client`,
    exports: (prefix) => [
      {
        name: `set${prefix}Client`,
        member: 'setClient',
        doc: 'Gives the client to the components below the one whose script calls it.',
      },
      useClient(prefix, 'The client of the nearest component that sets one. Throws if there is none.'),
    ],
  },
};

/** The context exports of a module of hooks. Hooks must not have these names. */
export const contextNames = (framework: Framework, prefix: string): readonly string[] =>
  CONTEXTS[framework].exports(prefix).map(({ name }) => name);
