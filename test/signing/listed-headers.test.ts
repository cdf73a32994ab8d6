/** Headers that the sender lists, as in SigV4, TC3 and ACS3: the npm package aws4 signs for our server, and verifies our client. */
import { createHash, createHmac } from 'node:crypto';
import { RequestSigner } from 'aws4';
import { describe, expect, test } from 'vitest';
import { readPreset } from '../../scripts/commands/init/presets.ts';
import { clientOf, contractOf, serverOf } from './scheme.ts';

const preset = readPreset('aws-sigv4');
const contract = contractOf(preset.signing, preset.request, preset);
const keys = { accessKey: 'AKIDEXAMPLE', secretKey: 'aws secret', region: 'us-east-1', service: 'service' };
const credentials = { accessKeyId: keys.accessKey, secretAccessKey: keys.secretKey };
const server = serverOf(contract, keys);
const BODY = '{"amount":1250,"note":"é"}';

type Headers = Record<string, string>;
type Sent = { readonly target: string; readonly headers: Headers; readonly body: string };

function signed(headers: Headers, target = '/orders', body = BODY): Sent {
  const request = { host: 'shop.invalid', path: target, method: 'POST', body, headers: { ...headers } };
  const made = new RequestSigner({ ...request, service: keys.service, region: keys.region }, credentials).sign();
  return {
    target,
    headers: Object.fromEntries(Object.entries(made.headers ?? {}).map(([name, value]) => [name, String(value)])),
    body,
  };
}

const send = async ({ target, headers, body }: Sent): Promise<number> =>
  (await server.fetch(new Request(`https://shop.invalid${target}`, { method: 'POST', headers, body }))).status;

const JSON_TYPE = { 'Content-Type': 'application/json' };

describe('an independent sender', () => {
  test.each<[string, Headers, string?]>([
    ['its usual headers', JSON_TYPE],
    ['an additional header', { ...JSON_TYPE, 'X-Amz-Target': 'Orders.Create' }],
    ['several additional headers', { ...JSON_TYPE, 'X-Amz-Security-Token': 't', 'X-My': 'a', Accept: '*/*' }],
    ['spaces in a value', { ...JSON_TYPE, 'X-My': '  two   words ' }],
    ['a query', JSON_TYPE, '/orders?page=1'],
    ['a query in another order', JSON_TYPE, '/orders?b=2&a=1&a=%C3%A9&c='],
    ['escapes in the query', JSON_TYPE, '/orders?x=a%2Fb%20c'],
    ['a time that it sets itself', { ...JSON_TYPE, 'X-Amz-Date': new Date().toISOString().replace(/[-:]|\.\d+/g, '') }],
  ])('is accepted with %s', async (_, headers, target) => {
    const request = signed(headers, target);
    expect(request.headers.Authorization).toContain('content-type;host');
    expect(await send(request)).toBe(200);
  });

  const more = signed({ ...JSON_TYPE, 'X-My': 'a', 'X-Your': 'b' });
  const change = (headers: Headers): Sent => ({ ...more, headers: { ...more.headers, ...headers } });
  const list = (from: string, to: string): Sent =>
    change({ Authorization: more.headers.Authorization?.replace(from, to) ?? '' });
  test.each<[string, Sent]>([
    ['another value of a listed header', change({ 'X-My': 'c' })],
    ['an empty value of a listed header', change({ 'X-My': '' })],
    ['another content type', change({ 'Content-Type': 'application/json; charset=utf-8' })],
    ['one name missing in the list', list('x-my;', '')],
    ['one name added to the list', list('x-my;', 'x-my;x-other;')],
    ['another order of the list', list('x-my;x-your', 'x-your;x-my')],
    ['an empty list', list('content-length;content-type;host;x-amz-date;x-my;x-your', '')],
    ['another body', { ...more, body: BODY.replace('1250', '9250') }],
  ])('is rejected with %s', async (_, request) => {
    expect(await send(request)).toBe(401);
  });

  test('a header that is not listed may change', async () => {
    expect(await send(change({ 'X-Forwarded-For': '192.0.2.1' }))).toBe(200);
  });
});

/** SigV4 over any list of headers, by node:crypto alone. */
function signList(names: readonly string[]): Sent {
  const date = new Date().toISOString().replace(/[-:]|\.\d+/g, '');
  const headers: Headers = { host: 'shop.invalid', 'x-amz-date': date, 'content-type': 'application/json' };
  const hash = (text: string): string => createHash('sha256').update(text).digest('hex');
  const list = names.join(';');
  const lines = names.map((name) => `${name}:${headers[name] ?? ''}\n`).join('');
  const scope = `${date.slice(0, 8)}/${keys.region}/${keys.service}/aws4_request`;
  const text = [
    'AWS4-HMAC-SHA256',
    date,
    scope,
    hash(['POST', '/orders', '', lines, list, hash(BODY)].join('\n')),
  ].join('\n');
  const key = scope
    .split('/')
    .reduce<string | Buffer>((made, part) => createHmac('sha256', made).update(part).digest(), `AWS4${keys.secretKey}`);
  const signature = createHmac('sha256', key).update(text).digest('hex');
  headers.authorization = `AWS4-HMAC-SHA256 Credential=${keys.accessKey}/${scope}, SignedHeaders=${list}, Signature=${signature}`;
  return { target: '/orders', headers, body: BODY };
}

test.each<[readonly string[], number]>([
  [['host', 'x-amz-date'], 200],
  [['content-type', 'host', 'x-amz-date'], 200],
  [['host', 'x-absent', 'x-amz-date'], 200],
  [['x-amz-date'], 401],
  [['host'], 401],
  [['content-type', 'host'], 401],
  [['content-type'], 401],
  [[], 401],
])('a valid signature over %j gets %i, because host and x-amz-date must be signed', async (names, status) => {
  expect(await send(signList(names))).toBe(status);
});

test('aws4 computes the same signature as our client', async () => {
  const { createOrder, sent } = clientOf(contract, keys);
  await createOrder({ query: { page: '1' }, body: { amount: 1250, note: 'é' } });
  const [wire] = sent;
  const { pathname, search } = new URL(wire?.url ?? '');
  const unsigned = {
    host: 'shop.invalid',
    path: pathname + search,
    method: 'POST',
    headers: { 'X-Amz-Date': wire?.headers['x-amz-date'] ?? '' },
    body: wire?.body as Buffer,
    service: keys.service,
    region: keys.region,
    // Our recipe lists neither.
    extraHeadersToIgnore: { 'content-length': true, 'content-type': true },
  };
  const { headers } = new RequestSigner(unsigned, credentials).sign();
  expect(wire?.headers.authorization).toBe(headers?.Authorization);
});
