/** Encrypted properties, opened by a typed option of the server; node:crypto encrypts as WeChat Pay documents. */
import { createCipheriv, createDecipheriv, createHmac } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { openAesGcm, sealAesGcm } from '@countersign/runtime/signing';
import { CompactEncrypt, compactDecrypt, generateKeyPair } from 'jose';
import { describe, expect, test } from 'vitest';
import { contractOf, serverOf } from './scheme.ts';

const KEY = 'an API v3 key of thirty-two byte';

function seal(text: string, nonce: string, data: string): string {
  const cipher = createCipheriv('aes-256-gcm', KEY, nonce).setAAD(Buffer.from(data));
  return Buffer.concat([cipher.update(text), cipher.final(), cipher.getAuthTag()]).toString('base64');
}

describe('AES-GCM', () => {
  test.each(['', '{"amount":1}', 'é💶', '\ufeff{}'])('decrypts what node:crypto encrypted: %j', async (text) => {
    const sealed = { ciphertext: seal(text, 'fdasflkja484', 'transaction'), nonce: 'fdasflkja484' };
    expect(await openAesGcm(KEY, { ...sealed, associatedData: 'transaction' })).toBe(text);
  });

  test('encrypts what node:crypto decrypts', async () => {
    const made = await sealAesGcm(KEY, 'é', { nonce: 'fdasflkja484', associatedData: 'x' });
    const bytes = Buffer.from(made, 'base64');
    const decipher = createDecipheriv('aes-256-gcm', KEY, 'fdasflkja484').setAAD(Buffer.from('x'));
    decipher.setAuthTag(bytes.subarray(-16));
    expect(Buffer.concat([decipher.update(bytes.subarray(0, -16)), decipher.final()]).toString()).toBe('é');
  });

  type Given = {
    readonly key?: string;
    readonly nonce?: string;
    readonly data?: string;
    readonly change?: boolean;
    readonly ciphertext?: string;
  };
  const wrong: readonly (readonly [what: string, given: Given])[] = [
    ['another key', { key: KEY.replace('an', 'no') }],
    ['another nonce', { nonce: 'fdasflkja485' }],
    ['other associated data', { data: 'refund' }],
    ['changed bytes', { change: true }],
    ['invalid base64', { ciphertext: '***' }],
  ];
  test.each(wrong)('rejects %s', async (_, given) => {
    const { key = KEY, nonce = 'fdasflkja484', data = 'transaction', change = false } = given;
    const made = seal('{"amount":1}', 'fdasflkja484', 'transaction');
    const changed = (made.startsWith('A') ? 'B' : 'A') + made.slice(1);
    const ciphertext = given.ciphertext ?? (change ? changed : made);
    await expect(openAesGcm(key, { ciphertext, nonce, associatedData: data })).rejects.toThrow();
  });
});

describe('a server', () => {
  const contract = contractOf({
    algorithm: 'hmac-sha256',
    key: { credential: 'secret' },
    message: { parts: ['body'] },
    credentials: { secret: {} },
  });
  type Notice = {
    readonly resource: { readonly ciphertext: string; readonly nonce: string; readonly associated_data: string };
  };
  let seen: unknown;
  const server = serverOf(
    contract,
    { secret: 's' },
    {
      handlers: {
        createOrder: ({ body }: { readonly body: unknown }) => {
          seen = body;
          return { data: { ok: true } };
        },
      },
      open: {
        createOrder: async (body: unknown) => {
          const { ciphertext, nonce, associated_data: associatedData } = (body as Notice).resource;
          return JSON.parse(await openAesGcm(KEY, { ciphertext, nonce, associatedData }));
        },
      },
    },
  );
  const send = async (body: string, signed = body): Promise<number> => {
    seen = undefined;
    const made = createHmac('sha256', 's').update(signed).digest('hex');
    const headers = { 'content-type': 'application/json', 'x-sign': made };
    return (await server.fetch(new Request('https://a.invalid/orders', { method: 'POST', headers, body }))).status;
  };
  const notice = (ciphertext: string): string =>
    JSON.stringify({ id: 'n', resource: { ciphertext, nonce: 'fdasflkja484', associated_data: 'transaction' } });
  const right = notice(seal('{"amount":1250,"note":"é"}', 'fdasflkja484', 'transaction'));

  test('verifies the signature over the sent body, and passes the decrypted body to the handler', async () => {
    expect([await send(right), seen]).toEqual([200, { amount: 1250, note: 'é' }]);
  });

  test('decrypts nothing that is not signed', async () => {
    expect([await send(right, 'another'), seen]).toEqual([401, undefined]);
  });

  test.each([
    ['another ciphertext', notice(seal('{}', 'fdasflkja484', 'refund'))],
    ['no ciphertext', '{}'],
    ['plaintext that is not JSON', '{'],
  ])('rejects %s as invalid', async (_, body) => {
    expect([await send(body), seen]).toEqual([400, undefined]);
  });

  test('rejects the name of an unknown operation', () => {
    expect(() => serverOf(contract, { secret: 's' }, { open: { createOther: () => ({}) } })).toThrow(
      'The option open.createOther does not match an operation',
    );
  });
});

const page = await readFile(new URL('../../docs/signers.md', import.meta.url), 'utf8');
const [, block = ''] = /^```js\nimport [^\n]*'jose';\n([\s\S]*?)^```$/m.exec(page) ?? [];

/** The block of docs/signers.md, with its imports and a key. */
const documented = new Function('compactDecrypt', 'privateKey', `${block}\nreturn open;`) as (
  decrypt: typeof compactDecrypt,
  key: unknown,
) => { readonly onPayment: (body: unknown) => Promise<unknown> };

test('jose decrypts a body that is a JWE, after its signature was verified', async () => {
  const contract = contractOf({
    algorithm: 'hmac-sha256',
    key: { credential: 'secret' },
    message: { parts: ['body'] },
    credentials: { secret: {} },
  });
  const pair = await generateKeyPair('RSA-OAEP-256');
  const seen: unknown[] = [];
  const server = serverOf(
    contract,
    { secret: 's' },
    {
      handlers: {
        createOrder: ({ body }: { readonly body: unknown }) => {
          seen.push(body);
          return { data: { ok: true } };
        },
      },
      open: { createOrder: documented(compactDecrypt, pair.privateKey).onPayment },
    },
  );
  const sealed = async (text: string, key = pair.publicKey): Promise<string> => {
    const header = { alg: 'RSA-OAEP-256', enc: 'A256GCM' };
    const jwe = await new CompactEncrypt(new TextEncoder().encode(text)).setProtectedHeader(header).encrypt(key);
    return JSON.stringify({ jwe });
  };
  const send = async (body: string, signed = body): Promise<number> => {
    const made = createHmac('sha256', 's').update(signed).digest('hex');
    const headers = { 'content-type': 'application/json', 'x-sign': made };
    return (await server.fetch(new Request('https://a.invalid/orders', { method: 'POST', headers, body }))).status;
  };
  const right = await sealed('{"amount":1250,"note":"é"}');
  expect([await send(right), seen]).toEqual([200, [{ amount: 1250, note: 'é' }]]);
  const other = await generateKeyPair('RSA-OAEP-256');
  expect([
    await send(right, 'another'),
    await send(await sealed('{}', other.publicKey)),
    await send('{"jwe":"a.b.c.d.e"}'),
    await send('{}'),
  ]).toEqual([401, 400, 400, 400]);
  expect(seen).toHaveLength(1);
});
