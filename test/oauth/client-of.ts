import { type Call, type CallError, type ClientOptions, createClient } from '../../runtime/client/index.ts';
import type { OperationDescriptor } from '../../runtime/contract/index.ts';
import { type OAuthError, type OAuthOptions, oauth } from '../../runtime/oauth/index.ts';
import { clientApi } from '../../scripts/emit/client/client-api.ts';
import { buildApi } from '../../scripts/model/index.ts';
import type { ExpandedDocument } from '../../scripts/model/types.ts';

type Any = Call<{ body?: unknown }, { readonly ok: boolean; readonly scope?: string }, CallError | OAuthError>;

/** `read`, `write` and `both` need those scopes, `open` none. */
type Operations = {
  readonly read: Any;
  readonly write: Any;
  readonly both: Any;
  readonly open: Any;
  readonly post: Any;
};

/** A contract whose scheme `oa` has these flows. */
function documentOf(scheme: object): ExpandedDocument {
  const operation = (operationId: string, scopes: readonly string[]) => ({
    operationId,
    security: [{ oa: scopes }],
    responses: { 200: { description: 'ok', content: { 'application/json': { schema: {} } } } },
  });
  return {
    openapi: '3.1.0',
    info: { title: 'Acme', version: '1' },
    servers: [{ url: 'https://api.example' }],
    paths: {
      '/read': { get: operation('read', ['read']) },
      '/write': { get: operation('write', ['write']) },
      '/both': { get: operation('both', ['write', 'read']) },
      '/open': { get: operation('open', []) },
      '/post': { post: operation('post', ['write']) },
    },
    components: { securitySchemes: { oa: scheme } },
  } as unknown as ExpandedDocument;
}

/** The model of a contract whose scheme `oa` is this one. */
export const apiOf = (scheme: object) =>
  buildApi({ document: documentOf(scheme), locate: () => ({ file: '', line: 1, column: 1 }) }, 'acme');

/** A client as a generated package creates it. */
export function clientOf(
  scheme: object,
  oa: OAuthOptions | undefined,
  options: ClientOptions<string, Record<never, string>, never, { readonly oa: OAuthOptions }> = {},
) {
  const { descriptor, operations } = apiOf(scheme);
  return createClient<Operations>(
    {
      api: clientApi(descriptor),
      operations: Object.fromEntries(
        operations.map(({ operationId, descriptor: one }) => [operationId, one as OperationDescriptor]),
      ),
      features: [oauth],
    },
    { environment: {}, logger: {}, ...options, ...(oa && { oauth: { oa } }) } as ClientOptions,
  );
}
