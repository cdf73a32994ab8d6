import { expect, test } from 'vitest';
import { diagnosticsOf } from './documents.ts';

const documentOf = (flow: object, scope = 'read') => ({
  openapi: '3.1.0',
  info: { title: 'T', version: '1', license: { name: 'P', identifier: 'MIT' } },
  servers: [{ url: 'https://api.test' }],
  paths: {
    '/a': {
      get: {
        operationId: 'a',
        summary: 'A',
        security: [{ oa: [scope] }],
        responses: { 200: { description: 'Ok' }, 400: { description: 'No' } },
      },
    },
  },
  components: { securitySchemes: { oa: { type: 'oauth2', flows: { clientCredentials: flow } } } },
});
const scopes = { read: 'Read' };

test.each([
  ['https', { tokenUrl: 'https://auth.test/token', scopes }, 'read', []],
  ['HTTP on the local machine', { tokenUrl: 'http://127.0.0.1:4010/token', scopes }, 'read', []],
  ['http', { tokenUrl: 'http://auth.test/token', scopes }, 'read', ['oauth-flow']],
  ['relative', { tokenUrl: '/token', scopes }, 'read', ['oauth-flow']],
  ['a refreshUrl', { tokenUrl: 'https://a.test/t', refreshUrl: 'refresh', scopes }, 'read', ['oauth-flow']],
  ['missing', { scopes }, 'read', ['struct']],
  ['a scope that no flow declares', { tokenUrl: 'https://a.test/t', scopes }, 'fly', ['security-scopes-defined']],
] as const)('%s', async (_, flow, scope, want) => {
  for (const profile of ['strict', 'essential'] as const) {
    const found = await diagnosticsOf(JSON.stringify(documentOf(flow, scope)), 'openapi.json', profile);
    expect(found.map(({ code }) => code)).toEqual(want);
  }
});
