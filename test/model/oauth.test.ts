import { expect, test } from 'vitest';
import { buildOAuth } from '../../scripts/model/oauth.ts';

const rows = [
  [
    'clientCredentials (3.1.1, 4.8.29)',
    { type: 'oauth2', flows: { clientCredentials: { tokenUrl: 'https://auth.example/token', scopes: { read: 'r' } } } },
    { flows: { clientCredentials: { tokenUrl: 'https://auth.example/token', scopes: ['read'] } } },
  ],
  [
    'authorizationCode with refreshUrl',
    {
      type: 'oauth2',
      flows: { authorizationCode: { authorizationUrl: '/a', tokenUrl: '/t', refreshUrl: '/r', scopes: {} } },
    },
    { flows: { authorizationCode: { authorizationUrl: '/a', tokenUrl: '/t', refreshUrl: '/r', scopes: [] } } },
  ],
  [
    'deviceAuthorization and metadata (3.2, 4.8.29)',
    {
      type: 'oauth2',
      oauth2MetadataUrl: 'https://auth.example/.well-known/oauth-authorization-server',
      flows: { deviceAuthorization: { deviceAuthorizationUrl: '/d', tokenUrl: '/t', scopes: {} } },
    },
    {
      flows: { deviceAuthorization: { deviceAuthorizationUrl: '/d', tokenUrl: '/t', scopes: [] } },
      metadataUrl: 'https://auth.example/.well-known/oauth-authorization-server',
    },
  ],
  [
    'password',
    { type: 'oauth2', flows: { password: { tokenUrl: '/t' } } },
    { flows: { password: { tokenUrl: '/t', scopes: [] } } },
  ],
  [
    'implicit',
    { type: 'oauth2', flows: { implicit: { authorizationUrl: '/a', scopes: { x: '' } } } },
    { flows: { implicit: { authorizationUrl: '/a', scopes: ['x'] } } },
  ],
  [
    'openIdConnect',
    { type: 'openIdConnect', openIdConnectUrl: 'https://i.example/c' },
    { flows: {}, metadataUrl: 'https://i.example/c' },
  ],
  ['without flows, which is invalid', { type: 'oauth2' }, { flows: {} }],
  ['names of undeclared flows', { type: 'oauth2', flows: { 'x-own': {}, other: { tokenUrl: '/t' } } }, { flows: {} }],
  ['http bearer', { type: 'http', scheme: 'bearer' }, undefined],
  ['an API key', { type: 'apiKey', in: 'header', name: 'x' }, undefined],
] as const;

test.each(rows)('%s', (_, scheme, want) => {
  expect(buildOAuth(scheme as never)).toEqual(want);
});
