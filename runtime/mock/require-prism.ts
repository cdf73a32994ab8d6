import { createRequire, registerHooks } from 'node:module';
import type * as HttpSpec from '@stoplight/http-spec/oas3/operation';
import type * as Json from '@stoplight/json';
import type * as Core from '@stoplight/prism-core';
import type * as Mocker from '@stoplight/prism-http/dist/mocker/index.js';

type RefParser = new () => { dereference(document: object): Promise<object> };

/** The modules of Prism that the mock uses. */
export type PrismModules = {
  readonly core: typeof Core;
  readonly mocker: typeof Mocker;
  readonly httpSpec: typeof HttpSpec;
  readonly json: typeof Json;
  readonly RefParser: RefParser;
};

/**
 * Prism's modules as they are installed; of the texts that it makes up, one language instead of seventy. A packed runtime
 * has a bundle of them in the place of this module.
 */
export function requirePrism(): PrismModules {
  // They are CommonJS; required, they are the same wherever this module runs.
  const require = createRequire(import.meta.url);
  const hooks = registerHooks({
    resolve: (specifier, context, next) =>
      next(specifier === '@faker-js/faker' ? '@faker-js/faker/locale/en' : specifier, context),
  });
  try {
    return {
      core: require('@stoplight/prism-core'),
      mocker: require('@stoplight/prism-http/dist/mocker/index.js'),
      httpSpec: require('@stoplight/http-spec/oas3/operation'),
      json: require('@stoplight/json'),
      RefParser: require('@stoplight/json-schema-ref-parser'),
    };
  } finally {
    hooks.deregister();
  }
}
