import { createNames } from '../../common/text/names.ts';
import type { Framework } from '../framework.ts';
import { contextNames } from '../hooks/contexts.ts';

/** Names that every module of hooks, or `msw.ts`, imports or declares once. */
const SHARED = [
  'Awaited',
  'AwaitedInput',
  'DataTag',
  'DeclaredBody',
  'HttpHandler',
  'MutationFunction',
  'Ops',
  'QueryClient',
  'QueryFunction',
  'QueryKey',
  'RequestHandlerOptions',
  'api',
  'contract',
  'http',
  'matches',
  'operations',
  'respond',
  'toQueryKey',
  'useCallOperation',
  'writeItems',
];

/** Names that the module of one framework imports or declares once. A test compares the lists with the modules. */
export const MODULE_NAMES: Readonly<Record<Framework, readonly string[]>> = {
  react: [
    ...SHARED,
    'DefinedInitialDataOptions',
    'DefinedUseQueryResult',
    'UndefinedInitialDataOptions',
    'UseMutationOptions',
    'UseMutationResult',
    'UseQueryOptions',
    'UseQueryResult',
    'useCallback',
    'useMutation',
    'useQuery',
    'withQueryKey',
  ],
  vue: [
    ...SHARED,
    'MaybeRefOrGetter',
    'UseMutationOptions',
    'UseMutationReturnType',
    'UseQueryOptions',
    'UseQueryReturnType',
    'toValue',
    'unref',
    'useMutation',
    'useQuery',
  ],
  svelte: [
    ...SHARED,
    'CreateMutationOptions',
    'CreateMutationResult',
    'CreateQueryOptions',
    'CreateQueryResult',
    'createMutation',
    'createQuery',
  ],
};

type Named = { readonly identifier: string; readonly typeName: string; readonly reads: boolean };

/** Names that the modules declare for one operation. Svelte's functions begin with `create`. */
function family(name: string, reads: boolean, frameworks: readonly Framework[]): readonly string[] {
  const created = frameworks.includes('svelte') ? [`create${name}`] : [];
  const hooks = [...created, `use${name}`, `use${name}Hook`, `get${name}ResponseMock`, `get${name}MockHandler`];
  const kind = reads ? 'Query' : 'Mutation';
  return [
    ...hooks,
    `use${name}${kind}Options`,
    `get${name}${kind}Key`,
    ...['Result', 'Body', 'Error', 'Variables'].map((end) => `${name}${kind}${end}`),
  ];
}

/**
 * `GetGameList` of `useGetGameList`, by identifier. It differs from the names of the client and of the types, because
 * hooks import those.
 */
export function chooseHookNames(
  prefix: string,
  operations: readonly Named[],
  frameworks: readonly Framework[],
): ReadonlyMap<string, string> {
  const imported = operations.flatMap(({ typeName }) => [`${typeName}Input`, `${typeName}Data`, `${typeName}Error`]);
  const ours = [`get${prefix}Handlers`, ...frameworks.flatMap((framework) => contextNames(framework, prefix))];
  const known = frameworks.flatMap((framework) => MODULE_NAMES[framework]);
  const names = createNames([...known, ...ours, ...imported]);
  return new Map(
    operations.map(({ identifier, reads }) => [
      identifier,
      names.newTypeName(identifier, (name) => family(name, reads, frameworks)),
    ]),
  );
}
