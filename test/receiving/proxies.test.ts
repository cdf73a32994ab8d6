import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { createServer as createHttpsServer, request as httpsRequest } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { MockProvider } from '@countersign/runtime/mock';
import { ConfigurationError } from '@countersign/runtime/server';
import { listen } from '@countersign/runtime/server/node';
import { Hono } from 'hono';
import { beforeAll, describe, expect, test } from 'vitest';
import { documentOf, type Json, type Options, operation, providerOf, serverOf, signedBy } from './support.ts';

let provider: MockProvider;
beforeAll(async () => {
  const requestBody = {
    required: true,
    content: { 'application/x-www-form-urlencoded': { schema: { type: 'object', additionalProperties: true } } },
  };
  const post = operation('event', { security: [{ signed: [] }], requestBody });
  const recipe = {
    algorithm: 'hmac-sha1',
    output: { encoding: 'base64' },
    message: {
      ambiguous: 'accepted',
      parts: ['url', { form: { sort: 'pair', each: '{name}{value}', join: '' } }],
    },
    key: { credential: 'authToken' },
    credentials: { authToken: {} },
  };
  provider = await providerOf(documentOf({ webhooks: { event: { post } }, ...signedBy('X-Twilio-Signature', recipe) }));
});

/** As Twilio documents it, over the URL that the sender calls. */
const sign = (url: string): string => createHmac('sha1', 's').update(`${url}CallSidCA1`).digest('base64');

const serve = (options: Partial<Options>) =>
  serverOf(provider, {
    handlers: {
      event: (_, { remoteAddress }) => ({ data: { ok: true }, headers: { 'x-address': `${remoteAddress}` } }),
    },
    security: { signed: { authToken: 's' } },
    ...options,
  });

type Answer = { readonly status: number; readonly address: string | undefined };

/** A request of `fetch` cannot set its Host. */
const post = (url: string, headers: Json): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const type = { 'content-type': 'application/x-www-form-urlencoded' };
    const start = url.startsWith('https:') ? httpsRequest : httpRequest;
    const options = { method: 'POST', headers: { ...type, ...headers } as Record<string, string>, ca };
    const sent = start(url, options, (answer) => {
      answer.resume();
      resolve({ status: answer.statusCode ?? 0, address: answer.headers['x-address'] as string | undefined });
    });
    sent.on('error', reject);
    sent.end('CallSid=CA1');
  });
const tls = (name: string) => readFileSync(new URL(`../fixtures/tls/${name}`, import.meta.url));
const ca = tls('ca.pem');

const HTTPS = { 'x-forwarded-proto': 'https' };
const ALL = { ...HTTPS, 'x-forwarded-host': 'public.example', 'x-forwarded-for': '1.2.3.4' };
const PUBLIC = 'https://public.example/event';

const table: readonly (readonly [string, Partial<Options>, headers: Json, signed: string, wanted: number])[] = [
  ['no header is trusted by default', {}, ALL, PUBLIC, 401],
  ['one proxy', { trustedProxies: 1 }, ALL, PUBLIC, 200],
  ['one proxy that keeps Host', { trustedProxies: 1 }, { ...HTTPS, host: 'public.example' }, PUBLIC, 200],
  ['a query', { trustedProxies: 1 }, ALL, `${PUBLIC}?a=%20b&c`, 200],
  [
    'a port',
    { trustedProxies: 1 },
    { ...ALL, 'x-forwarded-host': 'h.example:8443' },
    'https://h.example:8443/event',
    200,
  ],
  ['IPv6', { trustedProxies: 1 }, { ...ALL, 'x-forwarded-host': '[2001:db8::1]' }, 'https://[2001:db8::1]/event', 200],
  [
    'a prefix that the proxy removed',
    { trustedProxies: 1 },
    { ...ALL, 'x-forwarded-prefix': '/hooks' },
    'https://public.example/hooks/event',
    200,
  ],
  [
    'a header that the caller sent to the proxy',
    { trustedProxies: 1 },
    { 'x-forwarded-proto': 'http, https', 'x-forwarded-host': 'evil.example, public.example' },
    PUBLIC,
    200,
  ],
  [
    'the first of two proxies',
    { trustedProxies: 2 },
    { 'x-forwarded-proto': 'https, http', 'x-forwarded-host': 'public.example, inner' },
    PUBLIC,
    200,
  ],
  ['Forwarded', { trustedProxies: 1 }, { forwarded: 'for=1.2.3.4;proto=https;host=public.example' }, PUBLIC, 200],
  [
    'Forwarded with quotes, in capitals',
    { trustedProxies: 1 },
    { forwarded: 'For="[2001:db8::1]:47";Proto=HTTPS; host="public.example:8443"' },
    'https://public.example:8443/event',
    200,
  ],
  [
    'Forwarded of two proxies',
    { trustedProxies: 2 },
    { forwarded: 'host=evil.example, proto=https;host=public.example, proto=http;host=inner;for="a,b"' },
    PUBLIC,
    200,
  ],
  ['X-Forwarded before Forwarded', { trustedProxies: 1 }, { ...ALL, forwarded: 'host=evil.example' }, PUBLIC, 200],
  ['a proxy in a list', { trustedProxies: ['loopback'] }, ALL, PUBLIC, 200],
  ['a proxy in a network', { trustedProxies: ['10.0.0.0/8', '127.0.0.0/8'] }, ALL, PUBLIC, 200],
  ['a proxy that is not in the list', { trustedProxies: ['10.0.0.0/8', '::1'] }, ALL, PUBLIC, 401],
  [
    'a chain of proxies in a list',
    { trustedProxies: ['loopback', '10.0.0.0/8'] },
    {
      'x-forwarded-for': '9.9.9.9, 1.2.3.4, 10.0.0.7',
      'x-forwarded-proto': 'ftp, https, http',
      'x-forwarded-host': 'evil, public.example, inner',
    },
    PUBLIC,
    200,
  ],
  [
    'an invalid host',
    { trustedProxies: 1 },
    { ...ALL, host: 'public.example', 'x-forwarded-host': 'a/b' },
    PUBLIC,
    200,
  ],
  [
    'an invalid scheme',
    { trustedProxies: 1 },
    { ...ALL, 'x-forwarded-proto': 'javascript' },
    'http://public.example/event',
    200,
  ],
  ['a public URL', { publicUrl: 'https://public.example' }, {}, PUBLIC, 200],
  ['a public URL with a slash', { publicUrl: 'https://public.example/' }, {}, PUBLIC, 200],
  [
    'a public URL with a path',
    { publicUrl: 'https://public.example/a/b' },
    {},
    'https://public.example/a/b/event',
    200,
  ],
  [
    'a public URL before headers',
    { publicUrl: 'https://public.example', trustedProxies: 1 },
    { ...ALL, 'x-forwarded-host': 'b' },
    PUBLIC,
    200,
  ],
];

describe('the signed URL', () => {
  test.each(table)('%s', async (_, options, headers, signed, wanted) => {
    const on = await listen(serve(options));
    const query = signed.includes('?') ? signed.slice(signed.indexOf('?')) : '';
    const answer = await post(`${on.url}/event${query}`, { ...headers, 'x-twilio-signature': sign(signed) });
    await on.close();
    expect(answer.status).toBe(wanted);
  });

  test('contains the mount path once', async () => {
    for (const [prefix, publicUrl] of [['/partners', 'https://public.example/partners']] as const) {
      const on = await listen(new Hono().route(prefix, serve({ publicUrl }).app));
      const answer = await post(`${on.url}${prefix}/event`, { 'x-twilio-signature': sign(`${publicUrl}/event`) });
      await on.close();
      expect(answer.status).toBe(200);
    }
  });

  test('is the URL of a proxy that terminates TLS', async () => {
    const on = await listen(serve({ trustedProxies: ['loopback'] }));
    const proxy = createHttpsServer({ cert: tls('server.pem'), key: tls('server.key') }, (incoming, outgoing) => {
      const headers = {
        ...incoming.headers,
        'x-forwarded-for': incoming.socket.remoteAddress,
        'x-forwarded-proto': 'https',
        'x-forwarded-host': incoming.headers.host,
        host: 'inner.local',
      };
      const passed = httpRequest(`${on.url}${incoming.url}`, { method: incoming.method, headers }, (answer) => {
        outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
        answer.pipe(outgoing);
      });
      incoming.pipe(passed);
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    const url = `https://localhost:${(proxy.address() as AddressInfo).port}/event?from=twilio`;
    const answers = [
      await post(url, { 'x-twilio-signature': sign(url) }),
      await post(url, { 'x-twilio-signature': sign(PUBLIC) }),
    ];
    proxy.closeAllConnections();
    proxy.close();
    await on.close();
    expect(answers.map(({ status }) => status)).toEqual([200, 401]);
  });
});

describe('the address of the caller', () => {
  const addresses: readonly (readonly [string, Options['trustedProxies'], headers: Json, string])[] = [
    ['from Forwarded', 1, { forwarded: 'for=1.2.3.4' }, '1.2.3.4'],
    ['from Forwarded with a port', 1, { forwarded: 'for="1.2.3.4:81"' }, '1.2.3.4'],
    ['from Forwarded, as IPv6', 1, { forwarded: 'for="[2001:db8::1]:81"' }, '2001:db8::1'],
    [
      'is the last one outside the list of proxies',
      ['loopback', 'private'],
      { 'x-forwarded-for': '9.9.9.9, 1.2.3.4, 10.0.0.7' },
      '1.2.3.4',
    ],
    ['is the peer if it is not a proxy', ['10.0.0.0/8'], { 'x-forwarded-for': '1.2.3.4' }, '127.0.0.1'],
    [
      'is the first if all are proxies',
      ['loopback', 'private'],
      { 'x-forwarded-for': '192.168.1.1, 10.0.0.7' },
      '192.168.1.1',
    ],
    ['is the peer without a header', ['loopback'], {}, '127.0.0.1'],
    [
      'from a chain over IPv6',
      ['loopback', 'fd00::/8'],
      { 'x-forwarded-for': '2001:db8::9, fd12:3::4' },
      '2001:db8::9',
    ],
  ];
  test.each(addresses)('%s', async (_, trustedProxies, headers, wanted) => {
    const publicUrl = 'https://public.example';
    const on = await listen(serve({ publicUrl, ...(trustedProxies !== undefined && { trustedProxies }) }));
    const answer = await post(`${on.url}/event`, { ...headers, 'x-twilio-signature': sign(PUBLIC) });
    await on.close();
    expect(answer).toEqual({ status: 200, address: wanted });
  });
});

test.each([
  ['a name', { trustedProxies: ['proxy.internal'] }],
  ['a network with an invalid prefix length', { trustedProxies: ['10.0.0.0/33'] }],
  ['half an address', { trustedProxies: ['10.0.0'] }],
  ['invalid IPv6', { trustedProxies: ['1::2::3'] }],
  ['a relative URL', { publicUrl: '/hooks' }],
  ['a URL with a query', { publicUrl: 'https://public.example/?a' }],
  ['another scheme', { publicUrl: 'ftp://public.example' }],
] as const)('%s is rejected when the server is created', (_, options) => {
  expect(() => serve(options)).toThrow(ConfigurationError);
});
