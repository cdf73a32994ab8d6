import { createHash, createHmac, createPrivateKey, sign as signBytes } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Signer, SigningInput } from '@countersign/runtime/signing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');
const signers: Record<string, Signer> = {};
let folder: string;

beforeAll(async () => {
  const page = await readFile(join(root, 'docs/signers.md'), 'utf8');
  await mkdir(join(root, 'node_modules/.cache'), { recursive: true });
  folder = await mkdtemp(join(root, 'node_modules/.cache/signers-'));
  const blocks = [...page.matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map(([, code = '']) => code);
  for (const [index, code] of blocks.entries()) {
    const file = join(folder, `signer-${index}.ts`);
    await writeFile(file, code);
    Object.assign(signers, await import(pathToFileURL(file).href));
  }
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function inputOf({
  url = 'https://partner.invalid/',
  body = '',
  ...rest
}: Partial<Omit<SigningInput, 'body' | 'bodyText' | 'url'>> & { url?: string; body?: string }): SigningInput {
  const parsed = new URL(url);
  return {
    method: 'GET',
    headers: new Headers(),
    timestamp: '',
    nonce: '',
    id: '',
    packed: '',
    now: 0,
    target: parsed.pathname + parsed.search,
    credentials: {},
    query: [...parsed.searchParams],
    ...rest,
    url: parsed,
    body: new TextEncoder().encode(body),
    bodyText: body,
  };
}

const hmac = (name: string, key: string | Buffer, text: string) => createHmac(name, key).update(text);
// RFC 8032, section 7.1, test 1: seed and public key.
const SEED = '9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60';
const PUBLIC = 'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a';
const byNode = (message: string): string =>
  signBytes(
    null,
    Buffer.from(message),
    createPrivateKey({
      key: Buffer.from(`302e020100300506032b657004220420${SEED}`, 'hex'),
      format: 'der',
      type: 'pkcs8',
    }),
  ).toString('hex');

/** Each signer, a request, and the signature that an independent implementation computed. */
const table: readonly (readonly [string, string, SigningInput, string])[] = [
  [
    'concatenated',
    "Node's MD5",
    inputOf({ credentials: { agentId: 'agent-1', secret: 's3' }, timestamp: '1700000000' }),
    createHash('md5').update('agent-1s31700000000').digest('hex'),
  ],
  [
    'bodyTimestampNonce',
    "Node's HMAC",
    inputOf({
      method: 'POST',
      body: '{"a": "é"}',
      timestamp: '1700000000123',
      nonce: '0a0b',
      credentials: { apiKey: 'k', secret: 's3' },
    }),
    hmac('sha256', 's3', '{"a": "é"}17000000001230a0b').digest('hex'),
  ],
  [
    'sortedParameters',
    "Node's HMAC",
    inputOf({
      url: 'https://partner.invalid/pay?uid=7&amount=1.50&note=&name=a%20b',
      timestamp: '1700000000',
      credentials: { appId: 'app', secret: 's3' },
    }),
    hmac('sha1', 's3', 'amount=1.50&app_id=app&name=a b&ts=1700000000&uid=7').digest('base64'),
  ],
  [
    'headerList',
    "get-vanilla of AWS's test suite for Signature Version 4",
    inputOf({
      url: 'https://example.amazonaws.com/',
      timestamp: '20150830T123600Z',
      credentials: { accessKey: 'AKIDEXAMPLE', secret: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' },
    }),
    '5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31',
  ],
  [
    'standardWebhook',
    'the vector of the Standard Webhooks libraries',
    inputOf({
      method: 'POST',
      body: '{"test": 2432232314}',
      nonce: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      timestamp: '1614265330',
      credentials: { secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw' },
    }),
    'g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  ],
  [
    'asymmetric',
    "Node's Ed25519",
    inputOf({
      method: 'POST',
      url: 'https://partner.invalid/pay',
      body: 'x',
      timestamp: '1700000000',
      credentials: { keyId: '1', key: SEED },
    }),
    byNode('POST /pay\n1700000000\nx'),
  ],
];

describe('signers of docs/signers.md', () => {
  it.each(table)('%s signs as %s', async (name, _, input, want) => {
    const signer = signers[name] as Signer;
    expect(await signer.sign(signer.stringToSign(input), input)).toBe(want);
  });

  it('are all in the table', () => {
    // It only verifies: test/signing/documented.test.ts.
    expect(Object.keys(signers)).toEqual([...table.map(([name]) => name), 'dropboxSign']);
  });

  it('verify an Ed25519 signature with only the public key', async () => {
    const signer = signers.asymmetric as Signer;
    const input = inputOf({
      method: 'POST',
      url: 'https://partner.invalid/pay',
      body: 'x',
      timestamp: '1700000000',
      credentials: { keyId: '1', key: PUBLIC },
    });
    const message = signer.stringToSign(input);
    expect(await signer.verify?.(message, byNode('POST /pay\n1700000000\nx'), input)).toBe(true);
    expect(await signer.verify?.(`${message}y`, byNode('POST /pay\n1700000000\nx'), input)).toBe(false);
  });

  it('sign every part that they document', async () => {
    for (const [name, , input, want] of table) {
      const signer = signers[name] as Signer;
      const changed = {
        ...input,
        timestamp: `${input.timestamp.slice(0, -1)}9Z`.replace(/Z$/, input.timestamp.endsWith('Z') ? 'Z' : ''),
      };
      expect(await signer.sign(signer.stringToSign(changed), changed), name).not.toBe(want);
    }
  });
});
