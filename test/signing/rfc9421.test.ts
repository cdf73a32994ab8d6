/** RFC 9421, appendix B.2: its requests, keys and signatures, as recipes. B.2.4 signs `@status`, which only responses have. */
import { checkVector, signerOf } from '@countersign/runtime/signing';
import { expect, test } from 'vitest';
import { contractOf } from './scheme.ts';

const pem = (base64: string): string => `-----BEGIN PUBLIC KEY-----\n${base64}\n-----END PUBLIC KEY-----\n`;
const RSA_PSS = pem(`MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAr4tmm3r20Wd/PbqvP1s2
+QEtvpuRaV8Yq40gjUR8y2Rjxa6dpG2GXHbPfvMs8ct+Lh1GH45x28Rw3Ry53mm+
oAXjyQ86OnDkZ5N8lYbggD4O3w6M6pAvLkhk95AndTrifbIFPNU8PPMO7OyrFAHq
gDsznjPFmTOtCEcN2Z1FpWgchwuYLPL+Wokqltd11nqqzi+bJ9cvSKADYdUAAN5W
Utzdpiy6LbTgSxP7ociU4Tn0g5I6aDZJ7A8Lzo0KSyZYoA485mqcO0GVAdVw9lq4
aOT9v6d+nb4bnNkQVklLQ3fVAvJm+xdDOp9LCNCN48V2pnDOkFV6+U9nV5oyc6XI
2wIDAQAB`);
const ED25519 = pem('MCowBQYDK2VwAyEAJrQLj5P/89iXES9+vFgrIy29clF9CC/oPPsw3c5D0bs=');
const SHARED = 'uzvJfB4u3N0Jy4T7NZ75MDVcr8zSTInedJtkgcu46YW4XByzNJjxBdtjUkdJPBtbmHhIDi6pcl8jsasjlTMtDQ==';

const request = {
  method: 'POST',
  url: 'https://example.com/foo?param=Value&Pet=dog',
  headers: {
    date: 'Tue, 20 Apr 2021 02:07:55 GMT',
    'content-type': 'application/json',
    'content-digest':
      'sha-512=:WZDPaVn/7XgHaAy8pmojAkGWoRx2UFChF41A2svX+TaPm+AbwAgBWnrIiYllu7BNNyealdVLvRwEmTHWXvJwew==:',
    'content-length': '18',
  },
  body: '{"hello": "world"}',
  timestamp: '1618884473',
};

/** The recipe part for each component. */
const COMPONENTS: Readonly<Record<string, unknown>> = {
  '"@method"': 'method',
  '"@authority"': 'host',
  '"@path"': 'path',
  '"@query"': { parts: [{ text: '?' }, 'query'] },
  '"@query-param";name="Pet"': { query: { names: ['Pet'], each: '{value}' } },
  ...Object.fromEntries(Object.keys(request.headers).map((name) => [`"${name}"`, { header: name }])),
};

type Case = {
  readonly algorithm: string;
  readonly key: string;
  readonly keyid: string;
  readonly covers?: readonly string[];
  readonly nonce?: string;
  readonly tag?: string;
  readonly signature: string;
};

const table: readonly (readonly [string, Case])[] = [
  [
    'B.2.1, minimal',
    {
      algorithm: 'rsa-pss-sha512',
      key: RSA_PSS,
      keyid: 'test-key-rsa-pss',
      nonce: 'b3k2pp5k7z-50gnwp.yemd',
      signature:
        'd2pmTvmbncD3xQm8E9ZV2828BjQWGgiwAaw5bAkgibUopemLJcWDy/lkbbHAve4cRAtx31Iq786U7it++wgGxbtRxf8Udx7zFZsckzXaJMkA7ChG52eSkFxykJeNqsrWH5S+oxNFlD4dzVuwe8DhTSja8xxbR/Z2cOGdCbzR72rgFWhzx2VjBqJzsPLMIQKhO4DGezXehhWwE56YCE+O6c0mKZsfxVrogUvA4HELjVKWmAvtl6UnCh8jYzuVG5WSb/QEVPnP5TmcAnLH1g+s++v6d4s8m0gCw1fV5/SITLq9mhho8K3+7EPYTU8IU1bLhdxO5Nyt8C8ssinQ98Xw9Q==',
    },
  ],
  [
    'B.2.2, some components',
    {
      algorithm: 'rsa-pss-sha512',
      key: RSA_PSS,
      keyid: 'test-key-rsa-pss',
      covers: ['"@authority"', '"content-digest"', '"@query-param";name="Pet"'],
      tag: 'header-example',
      signature:
        'LjbtqUbfmvjj5C5kr1Ugj4PmLYvx9wVjZvD9GsTT4F7GrcQEdJzgI9qHxICagShLRiLMlAJjtq6N4CDfKtjvuJyE5qH7KT8UCMkSowOB4+ECxCmT8rtAmj/0PIXxi0A0nxKyB09RNrCQibbUjsLS/2YyFYXEu4TRJQzRw1rLEuEfY17SARYhpTlaqwZVtR8NV7+4UKkjqpcAoFqWFQh62s7Cl+H2fjBSpqfZUJcsIk4N6wiKYd4je2U/lankenQ99PZfB4jY3I5rSV2DSBVkSFsURIjYErOs0tFTQosMTAoxk//0RoKUqiYY8Bh0aaUEb0rQl3/XaVe4bXTugEjHSw==',
    },
  ],
  [
    'B.2.3, all components',
    {
      algorithm: 'rsa-pss-sha512',
      key: RSA_PSS,
      keyid: 'test-key-rsa-pss',
      covers: [
        '"date"',
        '"@method"',
        '"@path"',
        '"@query"',
        '"@authority"',
        '"content-type"',
        '"content-digest"',
        '"content-length"',
      ],
      signature:
        'bbN8oArOxYoyylQQUU6QYwrTuaxLwjAC9fbY2F6SVWvh0yBiMIRGOnMYwZ/5MR6fb0Kh1rIRASVxFkeGt683+qRpRRU5p2voTp768ZrCUb38K0fUxN0O0iC59DzYx8DFll5GmydPxSmme9v6ULbMFkl+V5B1TP/yPViV7KsLNmvKiLJH1pFkh/aYA2HXXZzNBXmIkoQoLd7YfW91kE9o/CCoC1xMy7JA1ipwvKvfrs65ldmlu9bpG6A9BmzhuzF8Eim5f8ui9eH8LZH896+QIF61ka39VBrohr9iyMUJpvRX2Zbhl5ZJzSRxpJyoEZAFL2FUo5fTIztsDZKEgM4cUA==',
    },
  ],
  [
    'B.2.5, a shared secret',
    {
      algorithm: 'hmac-sha256',
      key: SHARED,
      keyid: 'test-shared-secret',
      covers: ['"date"', '"@authority"', '"content-type"'],
      signature: 'pxcQw6G3AjtMBQjwo8XzkZf/bws5LelbaMk5rGIGtE8=',
    },
  ],
  [
    'B.2.6, Ed25519',
    {
      algorithm: 'ed25519',
      key: ED25519,
      keyid: 'test-key-ed25519',
      covers: ['"date"', '"@method"', '"@path"', '"@authority"', '"content-type"', '"content-length"'],
      signature: 'wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw==',
    },
  ],
];

const both = table.flatMap(([name, given]) => [
  [`${name}, line by line`, given, false] as const,
  [`${name}, as a list of components`, given, true] as const,
]);

test.each(both)('%s', async (_, { algorithm, key, keyid, covers = [], nonce, tag, signature }, isList) => {
  const lines = covers.map((name) => ({ parts: [{ text: `${name}: ` }, COMPONENTS[name]] }));
  const { scheme } = contractOf(
    {
      algorithm,
      signature: { prefix: 'sig1=:', suffix: ':' },
      output: { encoding: 'base64' },
      packed: {
        name: 'Signature-Input',
        prefix: 'sig1=',
        separator: ';',
        values: {
          '.': `(${covers.join(' ')})`,
          created: '{timestamp}',
          keyid: '"{keyId}"',
          ...(nonce && { nonce: '"{nonce}"' }),
          ...(tag && { tag: `"${tag}"` }),
        },
      },
      timestamp: { unit: 's', tolerance: 300 },
      ...(nonce && { nonce: { bytes: 16 } }),
      message: isList
        ? { parts: [{ components: '.' }, { text: '"@signature-params": ' }, 'packed'] }
        : { join: '\n', parts: [...lines, { parts: [{ text: '"@signature-params": ' }, 'packed'] }] },
      key: { credential: 'key', ...(algorithm.startsWith('hmac') && { encoding: 'base64' }) },
      credentials: { keyId: { secret: false }, key: {} },
    },
    {},
    { name: 'Signature' },
  );
  const signer = signerOf(scheme, {});
  if (!signer) throw new Error('no recipe');
  const vector = { ...request, credentials: { keyId: keyid, key }, ...(nonce && { nonce }), signature };
  expect(await checkVector(scheme, signer, vector)).toBe(undefined);
  const body = { ...vector, url: vector.url.replace('example', 'other'), headers: { ...request.headers, date: 'x' } };
  if (covers.length > 0) expect(await checkVector(scheme, signer, body)).toMatchObject({ of: 'signature' });
});
