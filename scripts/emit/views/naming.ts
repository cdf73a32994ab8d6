import { createNames, errorClass, pascalCase } from '../../common/text/names.ts';
import type { ApiData, Operation } from '../../model/types.ts';
import { CLIENT_NAMES } from './client-names.ts';

/** The names that the generated files of one provider share, so that each file imports what another exports. */
export type Naming = {
  /** `DiceyFun` */
  readonly prefix: string;
  /** `GetGameList` for an operation; `GetGameListInput` and its kin are built on it. */
  readonly operation: (operation: Operation) => string;
  /** `TokenExpiredError` by code. */
  readonly errors: ReadonlyMap<string, string>;
};

/** An error's class and its guard. */
const errorFamily = (name: string): readonly string[] => [name, `is${name}`];

/** An operation's types; those of `server.ts` end as nothing else there does. */
const operationFamily = (name: string): readonly string[] => [name, `${name}Input`, `${name}Data`, `${name}Error`];

const chosen = new WeakMap<ApiData, Naming>();

/** The same names each time: the files of one package import each other's. */
export function chooseNames(api: ApiData): Naming {
  const known = chosen.get(api) ?? makeNames(api);
  chosen.set(api, known);
  return known;
}

/** One scope, since `index.ts` exports errors, the types of operations and the client side by side. */
function makeNames(api: ApiData): Naming {
  const prefix = pascalCase(api.provider);
  const ours = [`${prefix}Calls`, `${prefix}Client`, `${prefix}ClientOptions`, `${prefix}Handlers`];
  const names = createNames([...CLIENT_NAMES, ...ours]);
  const errors = new Map(
    Object.entries(api.descriptor.envelope.errors).map(([code, { name }]) => [
      code,
      names.newTypeName(errorClass(name), errorFamily),
    ]),
  );
  const operations = new Map(
    api.operations.map(({ identifier }) => [identifier, names.newTypeName(identifier, operationFamily)]),
  );
  return { prefix, operation: ({ identifier }) => operations.get(identifier) ?? '', errors };
}
