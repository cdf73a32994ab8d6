import { createRequire, registerHooks } from 'node:module';
import type * as HttpSpec from '@stoplight/http-spec/oas3/operation';
import type * as Json from '@stoplight/json';
import type * as Core from '@stoplight/prism-core';
import type * as Mocker from '@stoplight/prism-http/dist/mocker/index.js';
import type { IHttpOperation } from '@stoplight/types';

type RefParser = new () => { dereference(document: object): Promise<object> };

export type PrismParts = {
  readonly factory: typeof Core.factory;
  readonly mock: typeof Mocker.default;
  /** As Prism's `getHttpOperationsFromSpec` does it for OpenAPI 3. Resolves references in place. */
  readonly readOperations: (document: object) => Promise<readonly IHttpOperation[]>;
};

let parts: PrismParts | undefined;

/**
 * Prism's parts that make answers, without those that route, validate, forward and read Postman collections; and of the
 * texts that it makes up, one language instead of seventy. That is half of its start and of its memory.
 */
export function loadPrism(): PrismParts {
  parts ??= load();
  return parts;
}

function load(): PrismParts {
  // They are CommonJS; required, they are the same wherever this module runs.
  const require = createRequire(import.meta.url);
  const hooks = registerHooks({
    resolve: (specifier, context, next) =>
      next(specifier === '@faker-js/faker' ? '@faker-js/faker/locale/en' : specifier, context),
  });
  try {
    const { factory } = require('@stoplight/prism-core') as typeof Core;
    const { default: mock } = require('@stoplight/prism-http/dist/mocker/index.js') as typeof Mocker;
    const { transformOas3Operations } = require('@stoplight/http-spec/oas3/operation') as typeof HttpSpec;
    const { decycle, bundleTarget } = require('@stoplight/json') as typeof Json;
    const RefParser = require('@stoplight/json-schema-ref-parser') as RefParser;
    const readOperations = async (document: object): Promise<readonly IHttpOperation[]> => {
      const plain = decycle(await new RefParser().dereference(document)) as Record<string, unknown>;
      return transformOas3Operations(plain as never).map(
        (operation) =>
          bundleTarget({
            document: { ...plain, __target__: operation },
            path: '#/__target__',
            cloneDocument: false,
          } as never) as IHttpOperation,
      );
    };
    return { factory, mock, readOperations };
  } finally {
    hooks.deregister();
  }
}
