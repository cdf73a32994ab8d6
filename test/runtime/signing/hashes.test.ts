import { createHash, createHmac, generateKeyPairSync, randomBytes, sign, verify } from 'node:crypto';
import { afterEach, describe, expect, test, vi } from 'vitest';

const samples = ['', 'a', 'ไทย 한국어 \u{1f3b2}', 'x'.repeat(1000), randomBytes(257)] as const;
const keys = ['k', 'a key longer than one block '.repeat(10), randomBytes(32)] as const;

/** With Node's hashing, and on an engine without it. */
async function load(engine: 'node' | 'other') {
  vi.resetModules();
  if (engine === 'other') vi.spyOn(process, 'getBuiltinModule').mockReturnValue(undefined as never);
  return import('../../../runtime/signing/index.ts');
}

afterEach(() => {
  vi.restoreAllMocks();
});

describe.each(['node', 'other'] as const)('on the engine: %s', (engine) => {
  test('computes hashes', async () => {
    const { md5Hex, sha256Hex } = await load(engine);
    for (const sample of samples) {
      expect(md5Hex(sample)).toBe(createHash('md5').update(sample).digest('hex'));
      expect(sha256Hex(sample)).toBe(createHash('sha256').update(sample).digest('hex'));
    }
  });

  test('computes HMAC', async () => {
    const signing = await load(engine);
    for (const sample of samples) {
      for (const key of keys) {
        const want = (algorithm: string, form: 'hex' | 'base64') =>
          createHmac(algorithm, key).update(sample).digest(form);
        expect(await signing.hmacSha1Hex(key, sample)).toBe(want('sha1', 'hex'));
        expect(await signing.hmacSha1Base64(key, sample)).toBe(want('sha1', 'base64'));
        expect(await signing.hmacSha256Hex(key, sample)).toBe(want('sha256', 'hex'));
        expect(await signing.hmacSha256Base64(key, sample)).toBe(want('sha256', 'base64'));
        expect(await signing.hmacSha512Hex(key, sample)).toBe(want('sha512', 'hex'));
        expect(await signing.hmacSha512Base64(key, sample)).toBe(want('sha512', 'base64'));
      }
    }
    expect(vi.isMockFunction(process.getBuiltinModule)).toBe(engine === 'other');
  });
});

describe('signs and verifies with Ed25519', () => {
  const pair = generateKeyPairSync('ed25519');
  const pkcs8 = pair.privateKey.export({ type: 'pkcs8', format: 'der' });
  const spki = pair.publicKey.export({ type: 'spki', format: 'der' });

  test.each([
    ['seed and raw key', pkcs8.subarray(-32), spki.subarray(-32)],
    ['PKCS #8 and SPKI', pkcs8, spki],
  ])('%s', async (_, privateKey, publicKey) => {
    const { signEd25519, verifyEd25519 } = await load('node');
    const signature = await signEd25519(privateKey, 'message');
    expect(verify(null, Buffer.from('message'), pair.publicKey, signature)).toBe(true);
    const theirs = sign(null, Buffer.from('message'), pair.privateKey);
    expect(await verifyEd25519(publicKey, 'message', theirs)).toBe(true);
    expect(await verifyEd25519(publicKey, 'Message', theirs)).toBe(false);
    expect(await verifyEd25519(publicKey, 'message', theirs.subarray(1))).toBe(false);
  });
});
