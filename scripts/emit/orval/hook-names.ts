import { createNames } from '../../common/text/names.ts';

/** What `react.ts` and `msw.ts` import, or declare once; a test compares the list with them. */
export const MODULE_NAMES: readonly string[] = [
  'Awaited',
  'AwaitedInput',
  'DataTag',
  'DeclaredBody',
  'DefinedInitialDataOptions',
  'DefinedUseQueryResult',
  'HttpHandler',
  'MutationFunction',
  'Ops',
  'QueryClient',
  'QueryFunction',
  'QueryKey',
  'RequestHandlerOptions',
  'UndefinedInitialDataOptions',
  'UseMutationOptions',
  'UseMutationResult',
  'UseQueryOptions',
  'UseQueryResult',
  'api',
  'contract',
  'http',
  'matches',
  'operations',
  'respond',
  'useCallOperation',
  'useCallback',
  'useMutation',
  'useQuery',
  'withQueryKey',
];

type Named = { readonly identifier: string; readonly typeName: string; readonly reads: boolean };

/** What the two modules declare for one operation. */
function family(name: string, reads: boolean): readonly string[] {
  const hooks = [`use${name}`, `use${name}Hook`, `get${name}ResponseMock`, `get${name}MockHandler`];
  const kind = reads ? 'Query' : 'Mutation';
  return [
    ...hooks,
    `use${name}${kind}Options`,
    `get${name}${kind}Key`,
    ...['Result', 'Body', 'Error', 'Variables'].map((end) => `${name}${kind}${end}`),
  ];
}

/** `GetGameList` of `useGetGameList`, by identifier. Client and types have names already, which hooks import. */
export function chooseHookNames(prefix: string, operations: readonly Named[]): ReadonlyMap<string, string> {
  const imported = operations.flatMap(({ typeName }) => [`${typeName}Input`, `${typeName}Data`, `${typeName}Error`]);
  const ours = [`${prefix}Provider`, `use${prefix}Client`, `get${prefix}Handlers`];
  const names = createNames([...MODULE_NAMES, ...ours, ...imported]);
  return new Map(
    operations.map(({ identifier, reads }) => [
      identifier,
      names.newTypeName(identifier, (name) => family(name, reads)),
    ]),
  );
}
