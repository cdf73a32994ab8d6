import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer as createTls, type Server as TlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TLSSocket } from 'node:tls';
import { promisify } from 'node:util';
import { getRequestListener } from '@hono/node-server';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { Agent } from 'undici';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { OperationDescriptor } from '../../runtime/contract/index.ts';
import { isOAuthError } from '../../runtime/oauth/index.ts';
import { createServer } from '../../runtime/server/index.ts';
import { accessTokens } from '../../runtime/server/oauth/index.ts';
import { apiOf, clientOf } from './client-of.ts';

const run = promisify(execFile);
const hasOpenssl = await run('openssl', ['version']).then(
  () => true,
  () => false,
);

let folder = '';
const open: TlsServer[] = [];
const agents: Agent[] = [];
const file = (name: string) => readFile(join(folder, name));
const openssl = (...args: string[]) => run('openssl', args, { cwd: folder });

/** A certificate of the authority, for a name. */
async function certify(name: string, more: string): Promise<void> {
  await writeFile(join(folder, `${name}.ext`), more);
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', `${name}.key`];
  await openssl('req', ...key, '-subj', `/CN=${name}`, '-out', `${name}.csr`);
  const authority = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial'];
  await openssl(
    'x509',
    '-req',
    '-in',
    `${name}.csr`,
    ...authority,
    '-days',
    '2',
    '-extfile',
    `${name}.ext`,
    '-out',
    `${name}.pem`,
  );
}

/** A TLS server that requires a certificate of the authority. */
async function overTls(listener: Parameters<typeof createTls>[1]): Promise<string> {
  const [key, cert, ca] = await Promise.all([file('server.key'), file('server.pem'), file('ca.pem')]);
  const server = createTls({ key, cert, ca, requestCert: true, rejectUnauthorized: true }, listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  open.push(server);
  return `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** As the documentation shows: the certificate in `fetchOptions`. */
async function certificateOf(name: string | undefined) {
  const own = name === undefined ? {} : { cert: await file(`${name}.pem`), key: await file(`${name}.key`) };
  const dispatcher = new Agent({ connect: { ca: await file('ca.pem'), ...own } });
  agents.push(dispatcher);
  return { dispatcher };
}

describe.skipIf(!hasOpenssl)('mutual TLS (RFC 8705)', () => {
  let tokenUrl = '';
  let api = '';
  /** Who requested a token: the name in the certificate of the connection, and the form. */
  const asked: (readonly [name: string, form: URLSearchParams])[] = [];
  const authorizations: string[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'countersign-mtls-'));
    const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', 'ca.key'];
    await openssl('req', '-x509', ...key, '-subj', '/CN=authority', '-days', '2', '-out', 'ca.pem');
    await certify('server', 'subjectAltName=IP:127.0.0.1');
    await certify('shop', 'extendedKeyUsage=clientAuth');
    await certify('thief', 'extendedKeyUsage=clientAuth');

    const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
    const jwks = { keys: [{ ...(await exportJWK(publicKey)), kid: 'one', alg: 'ES256' }] };
    // An authorization server that binds tokens to the certificate of the connection, by jose and node:tls alone.
    tokenUrl = await overTls(async (request, answer) => {
      const peer = (request.socket as TLSSocket).getPeerX509Certificate();
      let body = '';
      for await (const chunk of request) body += chunk;
      const form = new URLSearchParams(body);
      asked.push([peer?.subject ?? '', form]);
      const thumbprint = Buffer.from((peer?.fingerprint256 ?? '').replaceAll(':', ''), 'hex').toString('base64url');
      const isRight = peer?.subject === `CN=${form.get('client_id')}`;
      const token = new SignJWT({
        iss: 'https://as.example',
        aud: 'api',
        scope: 'read',
        cnf: { 'x5t#S256': thumbprint },
      })
        .setProtectedHeader({ alg: 'ES256', kid: 'one', typ: 'at+jwt' })
        .setExpirationTime('10m');
      answer.writeHead(isRight ? 200 : 401, { 'content-type': 'application/json' });
      answer.end(
        JSON.stringify(
          isRight
            ? { access_token: await token.sign(privateKey), token_type: 'Bearer', expires_in: 600 }
            : { error: 'invalid_client' },
        ),
      );
    });

    const { descriptor, operations } = apiOf(scheme());
    const byId = Object.fromEntries(
      operations.map((each) => [each.operationId, each.descriptor as OperationDescriptor]),
    );
    const claims = (_: unknown, { identity }: { identity: Record<string, unknown> }) => ({ data: identity.oa });
    const server = createServer(
      { api: descriptor, operations: byId, validators: {}, signers: {}, oauth: accessTokens },
      {
        handlers: Object.fromEntries(Object.keys(byId).map((id) => [id, claims])),
        logger: {},
        security: { oa: { issuer: 'https://as.example', audience: 'api', jwks } },
      } as never,
    );
    api = await overTls(
      getRequestListener((request, environment) => {
        authorizations.push(request.headers.get('authorization') ?? '');
        return server.fetch(request, environment);
      }),
    );
  });
  afterAll(async () => {
    for (const each of agents) await each.close();
    for (const each of open) each.close();
    await rm(folder, { recursive: true, force: true });
  });

  const scheme = () => ({ type: 'oauth2', flows: { clientCredentials: { tokenUrl, scopes: { read: '' } } } });
  const make = async (name: string | undefined, clientId: string) =>
    clientOf(
      scheme(),
      { clientId, clientAuthentication: 'tls_client_auth' },
      { baseUrl: api, retry: false, fetchOptions: await certificateOf(name) },
    );

  test('the client uses its certificate for the token request and for calls', async () => {
    const { data, error } = await (await make('shop', 'shop')).read();
    expect(error).toBeUndefined();
    expect(data).toMatchObject({ scope: 'read', cnf: { 'x5t#S256': expect.stringMatching(/^[\w-]{43}$/) } });
    const [name, form] = asked.at(-1) ?? [];
    expect([name, form?.get('client_id'), form?.has('client_secret')]).toEqual(['CN=shop', 'shop', false]);
  });

  test('a stolen token is rejected on a connection with a different certificate', async () => {
    const [authorization = ''] = authorizations.slice(-1);
    const send = async (name: string) => {
      const response = await fetch(`${api}/read`, {
        headers: { authorization },
        ...(await certificateOf(name)),
      } as RequestInit);
      return [response.status, response.headers.get('www-authenticate')];
    };
    expect(await send('thief')).toEqual([
      401,
      'Bearer error="invalid_token", error_description="the token is bound to another client certificate"',
    ]);
    expect(await send('shop')).toEqual([200, null]);
  });

  test('a client_id that does not match the certificate causes an OAuthError', async () => {
    const { error } = await (await make('thief', 'shop')).read();
    expect(isOAuthError(error) && [error.oauthError, error.status]).toEqual(['invalid_client', 401]);
  });

  test('without a certificate the handshake fails, and the error names the URL', async () => {
    const { error } = await (await make(undefined, 'shop')).read();
    expect(isOAuthError(error) && [error.status, error.message]).toEqual([
      undefined,
      expect.stringContaining(`no response from ${tokenUrl}`),
    ]);
  });
});
