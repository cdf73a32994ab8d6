import type * as Core from '@stoplight/prism-core';
import type * as Mocker from '@stoplight/prism-http/dist/mocker/index.js';
import type { IHttpOperation } from '@stoplight/types';
import { requirePrism } from './require-prism.ts';

/** The parts of Prism that the mock uses. */
export type PrismParts = {
  readonly factory: typeof Core.factory;
  readonly mock: typeof Mocker.default;
  /** As Prism's `getHttpOperationsFromSpec` does it for OpenAPI 3. Resolves references in place. */
  readonly readOperations: (document: object) => Promise<readonly IHttpOperation[]>;
};

let parts: PrismParts | undefined;

/**
 * Prism's parts that make answers, without those that route, validate, forward and read Postman collections. That is half
 * of its start and of its memory.
 */
export function loadPrism(): PrismParts {
  parts ??= load();
  return parts;
}

function load(): PrismParts {
  const { core, mocker, httpSpec, json, RefParser } = requirePrism();
  const readOperations = async (document: object): Promise<readonly IHttpOperation[]> => {
    const plain = json.decycle(await new RefParser().dereference(document)) as Record<string, unknown>;
    return httpSpec.transformOas3Operations(plain as never).map(
      (operation) =>
        json.bundleTarget({
          document: { ...plain, __target__: operation },
          path: '#/__target__',
          cloneDocument: false,
        } as never) as IHttpOperation,
    );
  };
  return { factory: core.factory, mock: mocker.default, readOperations };
}
