import { afterAll, beforeAll, expect, test } from 'vitest';
import type { OperationDescriptor } from '../../../runtime/contract/index.ts';
import { createServer } from '../../../runtime/server/index.ts';
import { type Listening, listen } from '../../../runtime/server/node.ts';
import { buildApi } from '../../../scripts/model/index.ts';
import type { ExpandedDocument } from '../../../scripts/model/types.ts';

/** A token is the list of scopes that it grants. */
type Row = readonly [name: string, security: unknown, token: string, status: number, asked: readonly string[]];
const rows: readonly Row[] = [
  ['one scope', [{ oa: ['read'] }], 'read', 200, ['oa:read']],
  ['one scope that the token lacks', [{ oa: ['write'] }], 'read', 403, ['oa:write']],
  ['several scopes', [{ oa: ['read', 'write'] }], 'read,write', 200, ['oa:read,write']],
  ['several scopes, one lacking', [{ oa: ['read', 'write'] }], 'read', 403, ['oa:read,write']],
  ['no scope', [{ oa: [] }], 'none', 200, ['oa:']],
  [
    'alternatives of one scheme: the second',
    [{ oa: ['admin'] }, { oa: ['read'] }],
    'read',
    200,
    ['oa:admin', 'oa:read'],
  ],
  [
    'alternatives of one scheme: neither',
    [{ oa: ['admin'] }, { oa: ['write'] }],
    'read',
    403,
    ['oa:admin', 'oa:write'],
  ],
  ['alternatives with the same scopes are checked once', [{ oa: ['read'] }, { oa: ['read'] }], 'x', 403, ['oa:read']],
  ['two schemes', [{ oa: ['read'], roles: ['clerk'] }], 'read,clerk', 200, ['oa:read', 'roles:clerk']],
  ['two schemes, one without scopes', [{ roles: ['clerk'], oa: [] }], 'clerk', 200, ['roles:clerk', 'oa:']],
  ['the document’s own', undefined, 'default', 200, ['oa:default']],
  ['none needed', [], '', 200, []],
];

const document = {
  openapi: '3.1.0',
  info: { title: 'Scopes', version: '1' },
  security: [{ oa: ['default'] }],
  paths: Object.fromEntries(
    rows.map(([, security], at) => [
      `/${at}`,
      {
        get: {
          operationId: `op${at}`,
          ...(security !== undefined && { security }),
          responses: { 200: { description: 'ok', content: { 'application/json': { schema: {} } } } },
        },
      },
    ]),
  ),
  components: {
    securitySchemes: {
      oa: { type: 'oauth2', flows: { clientCredentials: { tokenUrl: 'https://auth.example/token', scopes: {} } } },
      // Since 3.1, these are roles for any other scheme.
      roles: { type: 'http', scheme: 'bearer' },
    },
  },
} as unknown as ExpandedDocument;

let listening: Listening;
let asked: string[] = [];
beforeAll(async () => {
  const { descriptor, operations } = buildApi({ document, locate: () => ({ file: '', line: 1, column: 1 }) }, 'scopes');
  const check =
    (scheme: string) =>
    (token: string, { scopes }: { readonly scopes: readonly string[] }) => {
      asked.push(`${scheme}:${scopes.join()}`);
      return scopes.every((scope) => token.split(',').includes(scope)) ? { token } : 'forbidden';
    };
  const byId = Object.fromEntries(operations.map((each) => [each.operationId, each.descriptor as OperationDescriptor]));
  const handlers = Object.fromEntries(Object.keys(byId).map((id) => [id, () => ({ data: {} })]));
  const security = { oa: check('oa'), roles: check('roles') };
  listening = await listen(
    createServer({ api: descriptor, operations: byId, validators: {}, signers: {} }, {
      handlers,
      security,
      logger: {},
    } as never),
  );
});
afterAll(() => listening.close());

test.each(rows.map(([name, , ...rest], at) => [name, at, ...rest] as const))(
  '%s',
  async (_, at, token, status, want) => {
    asked = [];
    const response = await fetch(`${listening.url}/${at}`, {
      headers: token ? { authorization: `Bearer ${token}` } : {},
    });
    expect([response.status, asked]).toEqual([status, want]);
  },
);
