import type { ApiData, Operation } from '../model/types.ts';
import { createNames, pascalCase } from '../names.ts';

/** The names that the generated files of one provider share, so that each file imports what another exports. */
export type Naming = {
  /** `DiceyFun` */
  readonly prefix: string;
  /** `GetGameList` for an operation; `GetGameListInput` and its kin are built on it. */
  readonly operation: (operation: Operation) => string;
  /** `TokenExpiredError` by code. */
  readonly errors: ReadonlyMap<string, string>;
};

export function chooseNames(api: ApiData): Naming {
  const prefix = pascalCase(api.provider);
  const types = createNames([`${prefix}Calls`, `${prefix}Client`, `${prefix}ClientOptions`, `${prefix}Handlers`]);
  const errors = new Map(
    Object.entries(api.descriptor.envelope.errors).map(([code, { name }]) => [
      code,
      types.typeName(name.endsWith('Error') ? name : `${name}Error`),
    ]),
  );
  return { prefix, operation: (operation) => types.typeName(operation.identifier), errors };
}
