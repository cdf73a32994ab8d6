/** Every algorithm and every key format, as client and as server, against node:crypto over the bytes that are sent. */
import {
  constants,
  createHash,
  createHmac,
  generateKeyPairSync,
  type KeyObject,
  sign as signBytes,
  verify as verifyBytes,
} from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Preset } from '../../scripts/commands/init/presets.ts';
import type { Wire } from './independent.ts';
import { clientOf, contractOf, serverOf } from './scheme.ts';

const MESSAGE = { join: '\n', parts: ['method', 'target', 'body'] };
const messageOf = ({ method, url, body }: Wire): Buffer =>
  Buffer.concat([Buffer.from(`${method}\n${url.replace(/^https:\/\/[^/]+/, '')}\n`), body]);
const ORDER = { query: { page: '1 é' }, body: { amount: 1250, note: 'é' } };

/** Signs, and verifies a signature. */
type Peer = { readonly sign: (message: Buffer) => Buffer; readonly check: (message: Buffer, made: Buffer) => boolean };
type Row = {
  readonly what: string;
  readonly signing: Preset['signing'];
  /** What the sender and the receiver hold. */
  readonly ours: string;
  readonly theirs: string;
  readonly other: string;
  readonly peer: Peer;
  readonly encoding?: BufferEncoding;
};

const HASHES = ['md5', 'sha1', 'sha256', 'sha384', 'sha512'];
const symmetric = (make: (message: Buffer) => Buffer): Peer => ({
  sign: make,
  check: (message, made) => make(message).equals(made),
});
const SECRETS = {
  utf8: 'a sécret',
  base64: Buffer.from('a sécret').toString('base64'),
  hex: Buffer.from('a sécret').toString('hex'),
};

const hashes = HASHES.map(
  (hash): Row => ({
    what: hash,
    signing: { algorithm: hash, message: { ...MESSAGE, parts: [...MESSAGE.parts, { credential: 'key' }] } },
    ours: 'a sécret',
    theirs: 'a sécret',
    other: 'another',
    peer: symmetric((message) =>
      createHash(hash)
        .update(Buffer.concat([message, Buffer.from('\na sécret')]))
        .digest(),
    ),
  }),
);
const hmacs = HASHES.flatMap((hash) =>
  Object.entries(SECRETS).map(
    ([encoding, secret]): Row => ({
      what: `hmac-${hash}, key in ${encoding}`,
      signing: { algorithm: `hmac-${hash}`, key: { credential: 'key', encoding }, message: MESSAGE },
      ours: secret,
      theirs: secret,
      other: encoding === 'utf8' ? 'another' : Buffer.from('another!').toString(encoding as BufferEncoding),
      peer: symmetric((message) => createHmac(hash, 'a sécret').update(message).digest()),
    }),
  ),
);
const outputs = (['hex', 'HEX', 'base64', 'base64url'] as const).map(
  (encoding): Row => ({
    what: `hmac-sha256, written in ${encoding}`,
    signing: { algorithm: 'hmac-sha256', key: { credential: 'key' }, message: MESSAGE, output: { encoding } },
    ours: 'k',
    theirs: 'k',
    other: 'l',
    peer: symmetric((message) => createHmac('sha256', 'k').update(message).digest()),
    encoding: encoding === 'HEX' ? 'hex' : encoding,
  }),
);

type Pair = { readonly privateKey: KeyObject; readonly publicKey: KeyObject };
const PAIRS = {
  rsa: [generateKeyPairSync('rsa', { modulusLength: 2048 }), generateKeyPairSync('rsa', { modulusLength: 2048 })],
  p256: [generateKeyPairSync('ec', { namedCurve: 'P-256' }), generateKeyPairSync('ec', { namedCurve: 'P-256' })],
  p384: [generateKeyPairSync('ec', { namedCurve: 'P-384' }), generateKeyPairSync('ec', { namedCurve: 'P-384' })],
  ed25519: [generateKeyPairSync('ed25519'), generateKeyPairSync('ed25519')],
} as const satisfies { readonly [kind: string]: readonly [Pair, Pair] };
type Kind = keyof typeof PAIRS;

const pem = (key: KeyObject): string =>
  String(key.export({ format: 'pem', type: key.type === 'private' ? 'pkcs8' : 'spki' }));
const der = (key: KeyObject): Buffer =>
  key.export({ format: 'der', type: key.type === 'private' ? 'pkcs8' : 'spki' }) as Buffer;
const FORMS: {
  readonly [form: string]: {
    readonly encoding?: string;
    readonly write: (key: KeyObject) => string;
    readonly for?: Kind[];
  };
} = {
  PEM: { write: pem },
  'PEM with line breaks written out': { write: (key) => pem(key).replaceAll('\n', '\\n') },
  'base64 without the lines of PEM': { write: (key) => der(key).toString('base64') },
  JWK: { encoding: 'jwk', write: (key) => JSON.stringify(key.export({ format: 'jwk' })) },
  'PKCS #1': {
    write: (key) => String(key.export({ format: 'pem', type: 'pkcs1' })),
    for: ['rsa'],
  },
  'SEC 1': {
    write: (key) => (key.type === 'private' ? String(key.export({ format: 'pem', type: 'sec1' })) : pem(key)),
    for: ['p256', 'p384'],
  },
  'its 32 bytes in hex': { encoding: 'hex', write: (key) => der(key).subarray(-32).toString('hex'), for: ['ed25519'] },
  'its 32 bytes in base64': {
    encoding: 'base64',
    write: (key) => der(key).subarray(-32).toString('base64'),
    for: ['ed25519'],
  },
};

const pss = (size: number) => ({ padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: size });
const ALGORITHMS: readonly (readonly [
  algorithm: string,
  kind: Kind,
  hash: string | null,
  options: object,
  output?: object,
])[] = [
  ['rsa-sha1', 'rsa', 'sha1', {}],
  ['rsa-sha256', 'rsa', 'sha256', {}],
  ['rsa-sha384', 'rsa', 'sha384', {}],
  ['rsa-sha512', 'rsa', 'sha512', {}],
  ['rsa-pss-sha256', 'rsa', 'sha256', pss(32)],
  ['rsa-pss-sha384', 'rsa', 'sha384', pss(48)],
  ['rsa-pss-sha512', 'rsa', 'sha512', pss(64)],
  ['ecdsa-p256-sha256', 'p256', 'sha256', { dsaEncoding: 'ieee-p1363' }],
  ['ecdsa-p256-sha256', 'p256', 'sha256', { dsaEncoding: 'der' }, { ecdsa: 'der' }],
  ['ecdsa-p384-sha384', 'p384', 'sha384', { dsaEncoding: 'ieee-p1363' }],
  ['ecdsa-p384-sha384', 'p384', 'sha384', { dsaEncoding: 'der' }, { ecdsa: 'der' }],
  ['ed25519', 'ed25519', null, {}],
];
const pairs = ALGORITHMS.flatMap(([algorithm, kind, hash, options, output]) =>
  Object.entries(FORMS).flatMap(([form, { encoding, write, for: kinds }]): readonly Row[] => {
    const [pair, another]: readonly [Pair, Pair] = PAIRS[kind];
    if (kinds && !kinds.includes(kind)) return [];
    return [
      {
        what: `${algorithm}${output ? ' in DER' : ''}, key as ${form}`,
        signing: {
          algorithm,
          key: { credential: 'key', ...(encoding && { encoding }) },
          message: MESSAGE,
          output: { encoding: 'base64', ...output },
        },
        ours: write(pair.privateKey),
        theirs: write(pair.publicKey),
        other: write(another.privateKey),
        peer: {
          sign: (message) => signBytes(hash, message, { key: pair.privateKey, ...options }),
          check: (message, made) => verifyBytes(hash, message, { key: pair.publicKey, ...options }, made),
        },
        encoding: 'base64',
      },
    ];
  }),
);

const rows = [...hashes, ...hmacs, ...outputs, ...pairs];

describe.each(rows)('$what', ({ signing, ours, theirs, other, peer, encoding = 'hex' }) => {
  const contract = contractOf({ ...signing, credentials: { key: {} } });

  test('node:crypto accepts what the client sends', async () => {
    const { createOrder, sent } = clientOf(contract, { key: ours });
    expect(await createOrder(ORDER)).toMatchObject({ data: { ok: true } });
    expect(
      sent.map((wire) => peer.check(messageOf(wire), Buffer.from(wire.headers['x-sign'] ?? '', encoding))),
    ).toEqual([true]);
  });

  test('the server accepts what node:crypto signed, and rejects other signatures', async () => {
    const server = serverOf(contract, { key: theirs });
    const body = Buffer.from('{"amount":1250,"note":"é"}');
    const wire: Wire = { method: 'POST', url: 'https://shop.invalid/orders?page=1', headers: {}, body };
    const written = peer.sign(messageOf(wire)).toString(encoding);
    const signature =
      signing.output && JSON.stringify(signing.output).includes('HEX') ? written.toUpperCase() : written;
    const ask = async (url: string, text: Buffer, sign = signature): Promise<number> => {
      const headers = { 'content-type': 'application/json', 'x-sign': sign };
      return (await server.fetch(new Request(url, { method: 'POST', headers, body: new Uint8Array(text) }))).status;
    };
    const changed = Buffer.from(body.toString().replace('1250', '9250'));
    expect([
      await ask(wire.url, body),
      await ask(wire.url, changed),
      await ask(`${wire.url}0`, body),
      await ask(wire.url, body, `${signature.startsWith('1') ? '2' : '1'}${signature.slice(1)}`),
      await ask(wire.url, body, 'garbage %'),
    ]).toEqual([200, 401, 401, 401, 401]);
  });

  test('client and server accept each other, and reject another key', async () => {
    const server = serverOf(contract, { key: theirs });
    const status = async (key: string): Promise<unknown> => {
      const { error } = await clientOf(contract, { key }, (request) => server.fetch(request)).createOrder(ORDER);
      return error && 'status' in error ? error.status : error;
    };
    expect([await status(ours), await status(other)]).toEqual([undefined, 401]);
  });
});

test('several keys at once: the newest signs, each verifies, and both forms of a lookup return them', async () => {
  const contract = contractOf({
    algorithm: 'hmac-sha256',
    key: { credential: 'key' },
    message: MESSAGE,
    credentials: { keyId: { in: 'header', name: 'X-Key' }, key: {} },
  });
  const known = [
    { keyId: 'new', key: 'n' },
    { keyId: 'old', key: 'o' },
  ];
  const lookUp = async ({ keyId }: { readonly keyId: string }) => {
    await new Promise((resolve) => setTimeout(resolve, 1));
    return known.find((one) => one.keyId === keyId)?.key;
  };
  const lookup = async (presented: { readonly keyId: string }) => {
    const key = await lookUp(presented);
    return key === undefined ? null : [{ ...presented, key }];
  };
  for (const keys of [known, lookup]) {
    const server = serverOf(contract, keys);
    const status = async (keyId: string, key: string | (() => Promise<string>)): Promise<unknown> => {
      const { error } = await clientOf(contract, { keyId, key }, (request) => server.fetch(request)).createOrder(ORDER);
      return error && 'status' in error ? error.status : error;
    };
    expect([
      await status('new', async () => 'n'),
      await status('old', 'o'),
      await status('old', 'n'),
      await status('none', 'n'),
    ]).toEqual([undefined, undefined, 401, 401]);
  }
});
