import { createNames, errorClass, pascalCase } from '../../common/text/names.ts';
import type { ApiData, Operation } from '../../model/types.ts';
import { CLIENT_NAMES } from './client-names.ts';

/** The names that the generated files of one provider share: one file imports the names that another exports. */
export type Naming = {
  /** `DiceyFun` */
  readonly prefix: string;
  /** `GetGameList` for an operation; the start of `GetGameListInput` and its other types. */
  readonly operation: (operation: Operation) => string;
  /** Names of error classes, such as `TokenExpiredError`, by code. */
  readonly errors: ReadonlyMap<string, string>;
};

/** An error's class and its guard. */
const errorFamily = (name: string): readonly string[] => [name, `is${name}`];

/** The endings of an operation's types. Those in `server.ts` are different from all other endings there. */
const operationFamily = (name: string): readonly string[] => [name, `${name}Input`, `${name}Data`, `${name}Error`];

const chosen = new WeakMap<ApiData, Naming>();

/** Returns the same names for the same API, because the files of a package import each other. */
export function chooseNames(api: ApiData): Naming {
  const known = chosen.get(api) ?? makeNames(api);
  chosen.set(api, known);
  return known;
}

/** All names are in one scope, because `index.ts` exports errors, types of operations and the client. */
function makeNames(api: ApiData): Naming {
  const prefix = pascalCase(api.provider);
  const ours = [
    `${prefix}Calls`,
    `${prefix}Client`,
    `${prefix}ClientOptions`,
    `${prefix}Handlers`,
    `${prefix}Operations`,
  ];
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
