import { expect, test } from 'vitest';
import { prepareDocument } from '../../scripts/commands/docs/prepare-document.ts';
import type { ExpandedDocument } from '../../scripts/model/types.ts';

const ACTIVE = 'javascript:top.run=1';
const flows = { clientCredentials: { tokenUrl: ACTIVE, refreshUrl: ACTIVE, scopes: {} } };
const device = { deviceAuthorization: { deviceAuthorizationUrl: ACTIVE, tokenUrl: 'https://a.example/t', scopes: {} } };

/** The page of a document with the fields that OpenAPI 3.2 adds for readers. */
const page = prepareDocument({
  openapi: '3.2.0',
  info: { title: 'Acme', version: '1' },
  servers: [{ url: 'https://api.example', name: 'production' }],
  tags: [
    { name: 'shop', summary: 'Shop', kind: 'nav' },
    { name: 'cart', summary: 'Cart <b>', parent: 'shop' },
    { name: 'partner', kind: 'audience', description: 'For *partners*.' },
  ],
  paths: {
    '/cart': {
      query: { operationId: 'cart', tags: ['cart'], responses: { 200: { summary: 'The cart', description: 'c' } } },
    },
  },
  components: {
    securitySchemes: {
      old: { type: 'oauth2', deprecated: true, oauth2MetadataUrl: ACTIVE, flows },
      tv: {
        type: 'oauth2',
        oauth2MetadataUrl: 'https://a.example/.well-known/oauth-authorization-server',
        flows: device,
      },
      id: { type: 'openIdConnect', openIdConnectUrl: ACTIVE },
    },
  },
} as unknown as ExpandedDocument);

test('shows the fields of OpenAPI 3.2 for tags, servers, responses and security schemes', () => {
  expect(page).toMatchObject({
    servers: [{ url: 'https://api.example', name: 'production' }],
    tags: [
      { name: 'shop', summary: 'Shop' },
      // A word joiner separates the markup.
      { name: 'cart', summary: 'Cart <\u2060b>', parent: 'shop' },
      // Redoc would hide it.
      { name: 'partner', description: 'For *partners*.\n\n*Kind: audience*' },
    ],
    paths: {
      '/cart': { query: { responses: { 200: { summary: 'The cart', description: '**The cart**\n\nc' } } } },
    },
    components: {
      securitySchemes: {
        old: { deprecated: true },
        tv: { oauth2MetadataUrl: 'https://a.example/.well-known/oauth-authorization-server' },
      },
    },
  });
});

test('no URL of a security scheme runs code', () => {
  expect(JSON.stringify(page)).not.toContain('javascript:');
  expect(page).toMatchObject({ components: { securitySchemes: { old: { oauth2MetadataUrl: '#' } } } });
});
