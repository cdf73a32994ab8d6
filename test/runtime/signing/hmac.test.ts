import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hmacSha1Hex, hmacSha256Base64, hmacSha256Hex, hmacSha512Hex } from '../../../runtime/signing/index.ts';

const bytes = (hex: string) => Buffer.from(hex, 'hex');

// RFC 2202, section 3, and RFC 4231, section 4: a short key, one of a block and more, a message longer than a block.
test.each([
  ['sha1', hmacSha1Hex, bytes('0b'.repeat(20)), 'Hi There', 'b617318655057264e28bc0b6fb378c8ef146be00'],
  ['sha1', hmacSha1Hex, 'Jefe', 'what do ya want for nothing?', 'effcdf6ae5eb2fa2d27416d5f184df9c259a7c79'],
  [
    'sha256',
    hmacSha256Hex,
    bytes('0b'.repeat(20)),
    'Hi There',
    'b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7',
  ],
  [
    'sha256',
    hmacSha256Hex,
    'Jefe',
    'what do ya want for nothing?',
    '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
  ],
  [
    'sha256',
    hmacSha256Hex,
    bytes('aa'.repeat(131)),
    'Test Using Larger Than Block-Size Key - Hash Key First',
    '60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54',
  ],
  [
    'sha512',
    hmacSha512Hex,
    'Jefe',
    'what do ya want for nothing?',
    '164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea2505549758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737',
  ],
] as const)('%s of %#', async (_, hmac, key, message, want) => {
  expect(await hmac(key, message)).toBe(want);
});

test('matches Node for any keys and messages, in sequence', async () => {
  const ascii = fc.string({ maxLength: 100 });
  const key = fc.oneof(ascii, fc.string({ unit: 'binary', maxLength: 200 }), fc.uint8Array({ maxLength: 200 }));
  const halves = fc.constantFrom('\ud800', 'a\udfff', '\udfff\ud800');
  const text = fc.string({ unit: 'binary', maxLength: 300 });
  const message = fc.oneof(text, halves, fc.uint8Array({ maxLength: 300 }));
  await fc.assert(
    fc.asyncProperty(
      fc.array(key, { minLength: 1, maxLength: 3 }),
      fc.array(message, { minLength: 1 }),
      async (keys, messages) => {
        for (const [at, value] of messages.entries()) {
          const by = keys[at % keys.length] ?? '';
          const want = (name: string) => createHmac(name, by).update(value);
          expect(await hmacSha256Hex(by, value)).toBe(want('sha256').digest('hex'));
          expect(await hmacSha256Base64(by, value)).toBe(want('sha256').digest('base64'));
          expect(await hmacSha1Hex(by, value)).toBe(want('sha1').digest('hex'));
          expect(await hmacSha512Hex(by, value)).toBe(want('sha512').digest('hex'));
        }
      },
    ),
    { numRuns: 300 },
  );
});

test('uses the current bytes of a key that changes between two signatures', async () => {
  const key = new Uint8Array([1, 2, 3]);
  const first = await hmacSha256Hex(key, 'message');
  key[0] = 9;
  expect(await hmacSha256Hex(key, 'message')).not.toBe(first);
});
