/** RFC 9421 where the sender chooses components, parameters and label. Each request is signed by node:crypto. */
import { createHash, createHmac, generateKeyPairSync, sign as signBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { checkSigning } from '../../scripts/model/signing/check.ts';
import { clientOf, contractOf, serverOf } from './scheme.ts';

const NOW = Date.parse('2026-01-31T12:00:00Z');
const CREATED = NOW / 1000;
const signing = {
  algorithm: 'hmac-sha256',
  signature: { prefix: 'sig1=:', suffix: ':' },
  output: { encoding: 'base64' },
  packed: {
    name: 'Signature-Input',
    prefix: 'sig1=',
    separator: ';',
    optional: ['alg'],
    values: {
      '.': '("@method" "@target-uri" "content-digest")',
      created: '{timestamp}',
      keyid: '"{keyId}"',
      alg: '"hmac-sha256"',
      tag: '"shop"',
    },
  },
  timestamp: { unit: 's', tolerance: 300 },
  computed: {
    'Content-Digest': { parts: [{ text: 'sha-256=:' }, { digest: { encoding: 'base64', of: 'body' } }, { text: ':' }] },
  },
  message: { parts: [{ components: '.' }, { text: '"@signature-params": ' }, 'packed'] },
  key: { credential: 'secret' },
  credentials: { keyId: { secret: false }, secret: {} },
};
const contract = contractOf(signing, {}, { name: 'Signature' });
const keys = { keyId: 'k1', secret: 's' };
const server = serverOf(contract, keys, { clock: () => NOW });

const digest = (algorithm: 'sha256' | 'sha512', body: string): string =>
  `sha-${algorithm.slice(3)}=:${createHash(algorithm).update(body).digest('base64')}:`;
const REQUIRED = ['"@method"', '"@target-uri"', '"content-digest"'];
const PARAMS = `;created=${CREATED};keyid="k1";tag="shop"`;
const BODY = '{"amount":1}';
const URL_SENT = 'https://shop.invalid/orders?page=a%20b%26c&x=1';

type Choice = {
  readonly covers?: readonly string[];
  /** The text of components from the table, instead of the request's values. */
  readonly values?: Readonly<Record<string, string>>;
  readonly params?: string;
  readonly label?: string;
  readonly url?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Changes to the request after it was signed. */
  readonly late?: Readonly<Record<string, string>>;
  readonly lateBody?: string;
  readonly wrap?: (input: string, signature: string) => readonly [input: string, signature: string];
};

/** The value of each component, by RFC 9421, section 2. */
const derived = (url: string): Readonly<Record<string, string>> => {
  const { host, pathname, search } = new URL(url);
  return {
    '"@method"': 'POST',
    '"@target-uri"': url,
    '"@authority"': host,
    '"@scheme"': 'https',
    '"@request-target"': pathname + search,
    '"@path"': pathname,
    '"@query"': search || '?',
    '"@query-param";name="x"': '1',
    // Section 2.2.8: percent-encoded, with %20 for a space.
    '"@query-param";name="page"': 'a%20b%26c',
    '"@status"': '200',
    '"@method";req': 'POST',
    '"@other"': '',
  };
};

async function status(choice: Choice): Promise<number> {
  const { covers = REQUIRED, params = PARAMS, label = 'sig1', url = URL_SENT, body = BODY, late, values } = choice;
  const headers: Record<string, string> = {
    'content-type': 'application/json',
    'content-digest': digest('sha256', body),
    ...choice.headers,
  };
  const known = { ...derived(url), ...values };
  const lines = covers.map((each) => {
    const header = headers[/^"([^"@]+)"/.exec(each)?.[1] ?? '']?.trim() ?? '';
    return `${each}: ${known[each] ?? header}\n`;
  });
  const input = `(${covers.join(' ')})${params}`;
  const signature = createHmac('sha256', 's')
    .update(`${lines.join('')}"@signature-params": ${input}`)
    .digest('base64');
  const wrap = choice.wrap ?? ((first, second) => [first, second] as const);
  const [sentInput, sentSignature] = wrap(`${label}=${input}`, `${label}=:${signature}:`);
  const sent = { ...headers, 'signature-input': sentInput, signature: sentSignature, ...late };
  const request = new Request(url, { method: 'POST', headers: sent, body: choice.lateBody ?? body });
  return (await server.fetch(request)).status;
}

const more = (...names: string[]): Choice => ({ covers: [...REQUIRED, ...names] });
const OTHER = '("@method");created=1;keyid="proxy"';

describe('a server accepts', () => {
  test.each<[string, Choice]>([
    ['the components of the contract', {}],
    ['further derived components', more('"@authority"', '"@scheme"', '"@request-target"', '"@path"', '"@query"')],
    ['a query parameter', more('"@query-param";name="x"')],
    ['a query parameter that is encoded', more('"@query-param";name="page"')],
    ['a header', more('"content-type"')],
    ['a header with spaces around its value', { ...more('"x-note"'), headers: { 'x-note': '  two  words ' } }],
    ['an empty query', { ...more('"@query"'), url: 'https://shop.invalid/orders' }],
    ['components in another order', { covers: [...REQUIRED].reverse() }],
    ['another label', { label: 'my-sig.2' }],
    ['parameters in another order', { params: `;tag="shop";keyid="k1";created=${CREATED}` }],
    ['the correct `alg`, which is optional', { params: `${PARAMS};alg="hmac-sha256"` }],
    ['`expires` in the future', { params: `${PARAMS};expires=${CREATED + 5}` }],
    ['a nonce that the contract does not declare', { params: `${PARAMS};nonce="a1"` }],
    ['a SHA-512 digest', { headers: { 'content-digest': digest('sha512', BODY) } }],
    ['two digests', { headers: { 'content-digest': `${digest('sha512', BODY)}, ${digest('sha256', BODY)}` } }],
    [
      'a digest with an unknown one beside it',
      { headers: { 'content-digest': `${digest('sha256', BODY)}, md5=:AAAA:` } },
    ],
    [
      'a second signature by a proxy',
      { wrap: (input, signature) => [`${input}, ttrp=${OTHER}`, `${signature}, ttrp=:AAAA:`] },
    ],
    [
      'a first signature by a proxy',
      { wrap: (input, signature) => [`ttrp=${OTHER}, ${input}`, `ttrp=:AAAA:, ${signature}`] },
    ],
    [
      'a first signature by a proxy with our label',
      { label: 'mine', wrap: (input, signature) => [`sig1=${OTHER}, ${input}`, `sig1=:AAAA:, ${signature}`] },
    ],
    ['a header that changes and was not signed', { late: { 'content-type': 'application/json; charset=utf-8' } }],
  ])('%s', async (_, choice) => {
    expect(await status(choice)).toBe(200);
  });
});

describe('a server rejects', () => {
  test.each<[string, Choice]>([
    ['a list without `@method`', { covers: REQUIRED.slice(1) }],
    ['a list without the target', { covers: ['"@method"', '"content-digest"'] }],
    ['a list without the digest', { covers: REQUIRED.slice(0, 2) }],
    ['an empty list', { covers: [] }],
    ['a component that is listed twice', more('"@method"')],
    ['a header that is missing', more('"x-absent"')],
    ['an unknown derived component', more('"@other"')],
    ['the status of a request', more('"@status"')],
    ['a component of another request', more('"@method";req')],
    ['an unsupported parameter', { ...more('"content-type";sf'), values: { '"content-type";sf': 'application/json' } }],
    ['a query parameter that occurs twice', { ...more('"@query-param";name="x"'), url: `${URL_SENT}&x=2` }],
    [
      'a query parameter that is missing',
      { ...more('"@query-param";name="y"'), values: { '"@query-param";name="y"': '' } },
    ],
    [
      'a header that changed after signing',
      { ...more('"content-type"'), late: { 'content-type': 'application/json; a=b' } },
    ],
    ['a body that changed', { lateBody: '{"amount":9}' }],
    [
      'a body and a digest that changed',
      { lateBody: '{"amount":9}', late: { 'content-digest': digest('sha256', '{"amount":9}') } },
    ],
    ['a digest of another body', { headers: { 'content-digest': digest('sha512', '{}') } }],
    [
      'two digests, one of which is wrong',
      { headers: { 'content-digest': `${digest('sha256', BODY)}, ${digest('sha512', '{}')}` } },
    ],
    [
      'a digest of an unsafe algorithm',
      { headers: { 'content-digest': `md5=:${createHash('md5').update(BODY).digest('base64')}:` } },
    ],
    ['another `alg`', { params: `${PARAMS};alg="rsa-pss-sha512"` }],
    ['no `tag`', { params: `;created=${CREATED};keyid="k1"` }],
    ['another `tag`', { params: PARAMS.replace('shop', 'other') }],
    ['two tags', { params: `${PARAMS};tag="other"` }],
    ['an `expires` in the past', { params: `${PARAMS};expires=${CREATED - 1}` }],
    ['an `expires` that is not a number', { params: `${PARAMS};expires=soon` }],
    ['an old `created`', { params: PARAMS.replace(String(CREATED), String(CREATED - 400)) }],
    ['a `created` in the future', { params: PARAMS.replace(String(CREATED), String(CREATED + 400)) }],
    ['no `created`', { params: ';keyid="k1";tag="shop"' }],
    ['another `keyid`', { params: PARAMS.replace('k1', 'k2') }],
    ['a label without a signature', { wrap: (input, signature) => [input, signature.replace('sig1', 'sig2')] }],
    ['the input of another signature', { wrap: (_, signature) => [`sig1=${OTHER}`, signature] }],
    ['a list without its closing bracket', { wrap: (input, signature) => [input.replace('(', ''), signature] }],
  ])('%s', async (_, choice) => {
    expect(await status(choice)).toBe(401);
  });
});

test('a client sends and signs the components of the contract, and the server accepts them', async () => {
  const { createOrder, sent } = clientOf(contract, keys, (request) => server.fetch(request), {
    clock: { now: () => NOW },
  });
  expect(await createOrder({ query: { page: '1' }, body: { amount: 1 } })).toMatchObject({ data: { ok: true } });
  const { headers = {}, url = '' } = sent[0] ?? {};
  const input = `(${REQUIRED.join(' ')});created=${CREATED};keyid="k1";alg="hmac-sha256";tag="shop"`;
  const message = `"@method": POST\n"@target-uri": ${url}\n"content-digest": ${headers['content-digest']}\n"@signature-params": ${input}`;
  expect([headers['signature-input'], headers.signature]).toEqual([
    `sig1=${input}`,
    `sig1=:${createHmac('sha256', 's').update(message).digest('base64')}:`,
  ]);
});

describe('a response signed by RFC 9421', () => {
  const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const spki = String(pair.publicKey.export({ format: 'pem', type: 'spki' }));
  const responsesOf = (list: string) => ({
    algorithm: 'ecdsa-p256-sha256',
    signature: { in: 'header', name: 'Signature', prefix: 'sig1=:', suffix: ':' },
    packed: {
      name: 'Signature-Input',
      prefix: 'sig1=',
      separator: ';',
      values: { '.': list, created: '{timestamp}', keyid: '"{responseId}"' },
    },
    timestamp: { unit: 's', tolerance: 300 },
    message: signing.message,
    key: { credential: 'responseKey' },
    credentials: { responseId: {} },
  });
  const answered = (list: string) =>
    contractOf(
      {
        ...signing,
        responses: responsesOf(list),
        credentials: { ...signing.credentials, responseId: { secret: false }, responseKey: {} },
      },
      {},
      { name: 'Signature' },
    );
  const RFC = answered('("@status" "content-type")');

  const call = (answer: () => Response | Promise<Response>, key: string, now: number, of = RFC) =>
    clientOf(of, { ...keys, responseId: 'test-key-ecc-p256', responseKey: key }, answer, {
      clock: { now: () => now },
    }).createOrder({
      query: {},
      body: {},
    });

  /** Appendix B.2.4. */
  const KEY = `-----BEGIN PUBLIC KEY-----
MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEqIVYZVLCrPZHGHjP17CTW0/+D9Lf
w0EkjqF7xB4FivAxzic30tMM4GF+hR6Dxh71Z50VGGdldkkDXZCnTNnoXQ==
-----END PUBLIC KEY-----`;
  const HEADERS = {
    date: 'Tue, 20 Apr 2021 02:07:56 GMT',
    'content-type': 'application/json',
    'content-digest':
      'sha-512=:mEWXIS7MaLRuGgxOBdODa3xqM1XdEvxoYhvlCFJ41QJgJc4GTsPp29l5oGX69wWdXymyU0rjJuahq4l5aGgfLQ==:',
    'content-length': '23',
    'signature-input':
      'sig-b24=("@status" "content-type" "content-digest" "content-length");created=1618884473;keyid="test-key-ecc-p256"',
    signature: 'sig-b24=:wNmSUAhwb5LxtOtOpNa6W5xj067m5hFrj0XQ4fvpaCLx0NKocgPquLgyahnzDnDAUy5eCdlYUEkLIj+32oiasw==:',
  };
  const SIGNED = 1_618_884_473_000;

  test.each<[string, number, Record<string, string>, number, string | undefined]>([
    ['is accepted', 200, {}, SIGNED, undefined],
    ['is rejected with another status', 201, {}, SIGNED, 'a signature that is wrong'],
    ['is rejected with another header', 200, { 'content-type': 'text/json' }, SIGNED, 'a signature that is wrong'],
    ['is rejected after its lifetime', 200, {}, SIGNED + 400_000, 'a timestamp that is not within the tolerance'],
    ['is rejected without its signature', 200, { signature: '' }, SIGNED, 'no signature'],
  ])('B.2.4 %s', async (_, code, headers, now, flaw) => {
    const { data, error } = await call(
      () => new Response('{"message": "good dog"}', { status: code, headers: { ...HEADERS, ...headers } }),
      KEY,
      now,
    );
    expect([data, error?.message.includes(flaw ?? '')]).toEqual(
      flaw ? [undefined, true] : [{ message: 'good dog' }, undefined],
    );
  });

  const mine =
    (covers: readonly string[], lines: readonly string[], code = 200) =>
    (): Response => {
      const input = `(${covers.join(' ')});created=${CREATED};keyid="test-key-ecc-p256"`;
      const message = `${lines.map((line) => `${line}\n`).join('')}"@signature-params": ${input}`;
      const key = { key: pair.privateKey, dsaEncoding: 'ieee-p1363' } as const;
      const made = signBytes('sha256', Buffer.from(message), key).toString('base64');
      const headers = { 'content-type': 'application/json', 'signature-input': `a=${input}`, signature: `a=:${made}:` };
      return new Response('{"ok":true}', { status: code, headers });
    };
  const TYPE = '"content-type": application/json';
  test.each<[string, () => Response, boolean]>([
    ['status and header', mine(['"@status"', '"content-type"'], ['"@status": 200', TYPE]), true],
    [
      'a component of the request',
      mine(['"@status"', '"content-type"', '"@method";req'], ['"@status": 200', TYPE, '"@method";req: POST']),
      true,
    ],
    ['no status', mine(['"content-type"'], [TYPE]), false],
    ['the status of another response', mine(['"@status"', '"content-type"'], ['"@status": 404', TYPE]), false],
    [
      'a component of the request without `req`',
      mine(['"@status"', '"content-type"', '"@method"'], ['"@status": 200', TYPE, '"@method": POST']),
      false,
    ],
    [
      'a header of the request',
      mine(['"@status"', '"content-type"', '"date";req'], ['"@status": 200', TYPE, '"date";req: x']),
      false,
    ],
  ])('the client verifies a response that signs %s', async (_, answer, isRight) => {
    const { error } = await call(answer, spki, NOW);
    expect(error?.message).toEqual(isRight ? undefined : expect.stringContaining('a signature that is wrong'));
  });

  test('the server signs, and the client of one contract accepts the signature', async () => {
    const pkcs8 = String(pair.privateKey.export({ format: 'pem', type: 'pkcs8' }));
    const both = answered('("@status" "content-type" "@target-uri";req)');
    const signs = serverOf(
      both,
      { ...keys, responseId: 'test-key-ecc-p256', responseKey: pkcs8 },
      { clock: () => NOW },
    );
    let input = '';
    const { createOrder } = clientOf(
      both,
      { ...keys, responseId: 'test-key-ecc-p256', responseKey: spki },
      async (request) => {
        const response = await signs.fetch(request);
        input = response.headers.get('signature-input') ?? '';
        return response;
      },
      { clock: { now: () => NOW } },
    );
    expect((await createOrder({ query: {}, body: {} })).data).toEqual({ ok: true });
    expect(input).toBe(
      `sig1=("@status" "content-type" "@target-uri";req);created=${CREATED};keyid="test-key-ecc-p256"`,
    );
  });
});

describe('lint', () => {
  const problems = async (given: object): Promise<readonly string[]> =>
    (await checkSigning(contractOf({ ...signing, ...given }, {}, { name: 'Signature' }).api)).map(
      ({ code, pointer }) => `${code} ${pointer?.split('/x-cs-signing/')[1]}`,
    );
  const list = (text: string) => ({ packed: { ...signing.packed, values: { ...signing.packed.values, '.': text } } });
  test.each<[string, object, readonly string[]]>([
    ['reports nothing for a valid recipe', {}, []],
    [
      'rejects an unknown value of the packed header',
      { message: { parts: [{ components: 'list' }] } },
      ['signing-name message/parts/0/components'],
    ],
    ['rejects a list that is malformed', list('"@method"'), ['signing-recipe packed/values/.']],
    ['rejects an unknown derived component', list('("@methods")'), ['signing-recipe packed/values/.']],
    ['rejects `@status` for a request', list('("@status")'), ['signing-recipe packed/values/.']],
    ['rejects an unsupported parameter', list('("date";sf)'), ['signing-recipe packed/values/.']],
    ['rejects a component that is listed twice', list('("date" "date")'), ['signing-recipe packed/values/.']],
    [
      'rejects an unknown optional value',
      { packed: { ...signing.packed, optional: ['algo'] } },
      ['signing-name packed/optional/0'],
    ],
    [
      'rejects the part `status` for a request',
      { message: { parts: ['status', 'body'] } },
      ['signing-name message/parts/0'],
    ],
    [
      'rejects `status` in a text for a request',
      { message: { parts: [{ text: '{status}' }] } },
      ['signing-name message/parts/0/text'],
    ],
  ])('%s', async (_, given, wanted) => {
    expect(await problems(given)).toEqual(wanted);
  });
});
