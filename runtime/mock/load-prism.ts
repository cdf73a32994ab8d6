import { registerHooks } from 'node:module';
import type { IHttpOperation } from '@stoplight/types';

/**
 * Prism's parts that make answers, without those that route, validate, forward and read Postman collections; and of the
 * texts that it makes up, one language instead of seventy. That is half of its start and of its memory.
 */
export async function loadPrism() {
  const hooks = registerHooks({
    resolve: (specifier, context, next) =>
      next(specifier === '@faker-js/faker' ? '@faker-js/faker/locale/en' : specifier, context),
  });
  try {
    const [core, mocker, spec, refParser, json] = await Promise.all([
      import('@stoplight/prism-core'),
      import('@stoplight/prism-http/dist/mocker/index.js'),
      import('@stoplight/http-spec/oas3/operation'),
      import('@stoplight/json-schema-ref-parser'),
      import('@stoplight/json'),
    ]);
    const RefParser = refParser.default;
    const { decycle, bundleTarget } = json;

    /** As Prism's `getHttpOperationsFromSpec` does it for OpenAPI 3. Resolves references in place. */
    const readOperations = async (document: object): Promise<readonly IHttpOperation[]> => {
      const plain = decycle(await new RefParser().dereference(document as never)) as Record<string, unknown>;
      return spec.transformOas3Operations(plain as never).map(
        (operation) =>
          bundleTarget({
            document: { ...plain, __target__: operation },
            path: '#/__target__',
            cloneDocument: false,
          } as never) as IHttpOperation,
      );
    };
    return { factory: core.factory, mock: mocker.default.default, readOperations };
  } finally {
    hooks.deregister();
  }
}
