import { expect, test } from 'vitest';
import { checkCalls } from '../../scripts/model/check-calls.ts';
import { buildApi } from '../../scripts/model/index.ts';
import type { ExpandedDocument } from '../../scripts/model/types.ts';

const digest = { type: 'http', scheme: 'digest' };
const schemes = {
  di: digest,
  Loud: { type: 'http', scheme: 'DIGEST' },
  key: { type: 'apiKey', in: 'header', name: 'X-Key' },
  signed: { ...digest, 'x-cs-signing': { signer: 'signed', algorithm: 'custom', in: 'header', name: 'Authorization' } },
  basic: { type: 'http', scheme: 'basic' },
  token: { type: 'http', scheme: 'Token' },
  byRef: { $ref: '#/components/securitySchemes/di' },
};

const build = (own: unknown, root?: unknown) => {
  const get = { operationId: 'get', ...(own !== undefined && { security: own }), responses: {} };
  const document = {
    openapi: '3.1.0',
    info: { title: 'T', version: '1' },
    ...(root !== undefined && { security: root }),
    paths: { '/d': { get } },
    components: { securitySchemes: schemes },
  } as unknown as ExpandedDocument;
  return buildApi({ document, locate: (file) => ({ file, line: 1, column: 1 }) }, 'test');
};

type Row = readonly [
  name: string,
  own: unknown,
  root: unknown,
  problem: readonly [string, string] | undefined,
  security: unknown,
];
const at = '/paths/~1d/get/security';
test.each<Row>([
  ['only digest', [{ di: [] }], undefined, ['error', `${at}/0/di`], [['di']]],
  ['digest in capitals', [{ Loud: [] }], undefined, ['error', `${at}/0/Loud`], [['Loud']]],
  ['digest by reference', [{ byRef: [] }], undefined, ['error', `${at}/0/byRef`], [['byRef']]],
  ['digest for all operations', undefined, [{ di: [] }], ['error', '/security/0/di'], [['di']]],
  ['digest with a key', [{ key: [], di: [] }], undefined, ['error', `${at}/0/di`], [['key', 'di']]],
  ['digest or a key', [{ di: [] }, { key: [] }], undefined, ['warning', `${at}/0/di`], [['key']]],
  ['a key or digest', [{ key: [] }, { di: [] }], undefined, ['warning', `${at}/1/di`], [['key']]],
  ['digest or no credentials', [{ di: [] }, {}], undefined, ['warning', `${at}/0/di`], [[]]],
  ['digest for all operations, and one without', [], [{ di: [] }], undefined, []],
  ['a signature with that name', [{ signed: [] }], undefined, undefined, [['signed']]],
  ['basic', [{ basic: [] }], undefined, undefined, [['basic']]],
  ['a scheme of another name', [{ token: [] }], undefined, undefined, [['token']]],
])('%s', (_, own, root, problem, security) => {
  const api = build(own, root);
  expect(checkCalls(api).map(({ severity, pointer }) => [severity, pointer])).toEqual(problem ? [problem] : []);
  expect(api.operations[0]?.descriptor.security).toEqual(security);
});
