import { readFileSync } from 'node:fs';
import { createServer as createTls, request, type Server as TlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterAll, describe, expect, test } from 'vitest';
import { type CertificateLookup, createServer, type Server } from '../../../runtime/server/index.ts';
import { listen, toNodeListener } from '../../../runtime/server/node.ts';
import { api, operation, refusals } from './support.ts';

const pem = (name: string) => readFileSync(new URL(`../../fixtures/tls/${name}`, import.meta.url));
const certificate = { kind: 'mutualTLS', name: 'cert', refusals: { ...refusals, expired: 419 } } as const;
const key = {
  kind: 'key',
  name: 'key',
  credential: { name: 'key', env: 'TEST_KEY', secret: true, carriers: [{ in: 'header', name: 'x-key' }] },
  refusals,
} as const;

const serverOf = (cert: CertificateLookup | undefined, security: readonly (readonly string[])[] = [['cert']]): Server =>
  createServer(
    {
      api: api({ securitySchemes: { cert: certificate, key } }),
      operations: { who: operation({ id: 'who', path: '/who', security }) },
      validators: {},
      signers: {},
    },
    {
      handlers: { who: (_: unknown, context: { readonly identity: unknown }) => ({ data: context.identity }) },
      security: { ...(cert && { cert }), key: 'open-sesame' },
      logger: {},
    } as never,
  );

const open: { close(): unknown }[] = [];
afterAll(() => {
  for (const each of open) each.close();
});

/** Over TLS with a server that requests a certificate and rejects none itself. */
async function overTls(server: Server): Promise<number> {
  const node: TlsServer = createTls(
    {
      key: pem('server.key'),
      cert: pem('server.pem'),
      ca: pem('ca.pem'),
      requestCert: true,
      rejectUnauthorized: false,
    },
    toNodeListener(server),
  );
  await new Promise<void>((resolve) => node.listen(0, '127.0.0.1', resolve));
  open.push(node);
  return (node.address() as AddressInfo).port;
}

const ask = (port: number, client: string | undefined, headers: Record<string, string> = {}) =>
  new Promise<readonly [status: number | undefined, body: unknown]>((resolve, reject) => {
    const own = client ? { key: pem(`${client}.key`), cert: pem(`${client}.pem`) } : {};
    const options = { host: '127.0.0.1', port, path: '/who', ca: pem('ca.pem'), headers, ...own };
    request(options, async (answer) => {
      let text = '';
      for await (const chunk of answer) text += chunk;
      resolve([answer.statusCode, JSON.parse(text)]);
    })
      .on('error', reject)
      .end();
  });

const byName: CertificateLookup = ({ authorized, certificate: own }) =>
  authorized ? (own as { readonly subject: { readonly CN: string } }).subject.CN : null;

test('a server without the option security.cert cannot be created', () => {
  expect(() => serverOf(undefined)).toThrow(/security\.cert to a function of the connection/);
});

type Row = readonly [
  name: string,
  lookup: CertificateLookup,
  client: string | undefined,
  headers: Record<string, string>,
  status: number,
  identity: unknown,
];
const rows: readonly Row[] = [
  ['a certificate of the trusted authority', byName, 'client', {}, 200, { cert: 'client.test' }],
  ['no certificate', byName, undefined, {}, 401, undefined],
  ['a certificate of an unknown authority', byName, 'stranger', {}, 401, undefined],
  [
    'an asynchronous function',
    async (connection, context) => byName(connection, context),
    'client',
    {},
    200,
    { cert: 'client.test' },
  ],
  ['false', () => false as never, 'client', {}, 401, undefined],
  ['a certificate that has expired', () => 'expired', 'client', {}, 419, undefined],
  ['a caller without permission', () => 'forbidden', 'client', {}, 403, undefined],
  [
    'a function that throws',
    () => {
      throw new Error('no directory');
    },
    'client',
    {},
    500,
    undefined,
  ],
  [
    'a proxy header',
    (_, { request: incoming }) => incoming.headers.get('x-client-dn'),
    undefined,
    { 'x-client-dn': 'CN=proxied' },
    200,
    { cert: 'CN=proxied' },
  ],
  ['no proxy header', (_, { request: incoming }) => incoming.headers.get('x-client-dn'), undefined, {}, 401, undefined],
];

describe('over TLS', () => {
  test.each(rows)('%s', async (_, lookup, client, headers, status, identity) => {
    const [got, body] = await ask(await overTls(serverOf(lookup)), client, headers);
    expect(got).toBe(status);
    if (identity) expect(body).toEqual(identity);
  });

  test.each([
    ['both', [['cert', 'key']], 'client', { 'x-key': 'open-sesame' }, 200],
    ['both required, without the key', [['cert', 'key']], 'client', {}, 401],
    ['both required, without the certificate', [['cert', 'key']], undefined, { 'x-key': 'open-sesame' }, 401],
    ['either, with the key', [['cert'], ['key']], undefined, { 'x-key': 'open-sesame' }, 200],
    ['either, with neither', [['cert'], ['key']], undefined, {}, 401],
  ] as const)('beside an API key: %s', async (_, security, client, headers, status) => {
    const [got] = await ask(await overTls(serverOf(byName, security)), client, headers);
    expect(got).toBe(status);
  });
});

test('a connection over plain HTTP has no certificate', async () => {
  const seen: unknown[] = [];
  const lookup: CertificateLookup = (connection) => {
    seen.push(connection);
    return null;
  };
  const listening = await listen(serverOf(lookup));
  expect((await fetch(`${listening.url}/who`)).status).toBe(401);
  await listening.close();
  expect(seen).toEqual([{ authorized: false, certificate: undefined }]);
});
