import { describe, expect, test } from 'vitest';
import type { SignatureScheme, TimestampUnit } from '../../../runtime/contract/index.ts';
import * as signing from '../../../runtime/signing/index.ts';

describe('timestamps', () => {
  const time = Date.UTC(2024, 1, 29, 12, 30, 15, 123);
  test.each([
    ['s', '1709209815'],
    ['ms', '1709209815123'],
    ['iso', '2024-02-29T12:30:15.123Z'],
  ] as const)('format %s', (unit, want) => {
    expect(signing.formatTimestamp(time, unit)).toBe(want);
  });

  const cases: readonly [text: string, units: readonly TimestampUnit[], want: number | undefined][] = [
    ['1698765432', ['s'], 1698765432000],
    ['1698765432', ['s', 'ms'], 1698765432000],
    ['1698765432000', ['s', 'ms'], 1698765432000],
    ['1698765432000', ['ms'], 1698765432000],
    ['1698765432', ['ms'], 1698765432],
    ['1698765432', ['iso'], undefined],
    ['2024-02-29T12:30:15.123Z', ['iso'], time],
    ['2024-02-29T19:30:15.123+07:00', ['s', 'iso'], time],
    ['2024-02-29T12:30:15', ['iso'], undefined],
    ['2024-02-31T99:30:15Z', ['iso'], undefined],
    ['2024-02-29T12:30:15.123Z', ['s'], undefined],
    ['-1698765432', ['s'], undefined],
    ['1698765432.5', ['s'], undefined],
    ['1e9', ['s', 'ms'], undefined],
    ['0x10', ['s'], undefined],
    [' 1698765432', ['s'], undefined],
    ['9'.repeat(16), ['s'], undefined],
    ['', ['s', 'ms', 'iso'], undefined],
  ];
  test.each(cases)('parse %j as %j', (text, units, want) => {
    expect(signing.parseTimestamp(text, units)).toBe(want);
  });
});

describe('equalBytes', () => {
  test.each([
    ['secret', 'secret', true],
    ['secret', 'Secret', false],
    ['secre', 'secret', false],
    ['secretsecret', 'secret', false],
    ['', 'secret', false],
    ['secret', '', false],
    ['', '', false],
    ['é', 'é', true],
    ['é', 'e\u0301', false],
    [new Uint8Array([1, 2]), new Uint8Array([1, 2]), true],
    [new Uint8Array([1, 2]), new Uint8Array([1, 3]), false],
    ['ab', new Uint8Array([97, 98]), true],
  ])('%j and %j', (a, b, want) => {
    expect(signing.equalBytes(a, b)).toBe(want);
  });
});

describe('bytes', () => {
  const bytes = Uint8Array.from({ length: 256 }, (_, i) => i);
  test('encodes and decodes hex and base64', () => {
    expect(signing.toHex(bytes)).toBe(Buffer.from(bytes).toString('hex'));
    expect(signing.fromHex(signing.toHex(bytes))).toEqual(bytes);
    expect(signing.toBase64(bytes)).toBe(Buffer.from(bytes).toString('base64'));
    expect(signing.fromBase64(signing.toBase64(bytes))).toEqual(bytes);
    expect(signing.fromBase64(Buffer.from(bytes).toString('base64url'))).toEqual(bytes);
  });
  test.each(['abc', 'zz'])('%s is not hex', (text) => {
    expect(() => signing.fromHex(text)).toThrow(TypeError);
  });
  test('the error for invalid base64 does not show the text', () => {
    expect(() => signing.fromBase64('sécret!')).toThrow(/^The text is not base64$/);
  });
});

test('nonces have the requested length and do not repeat', () => {
  const nonces = Array.from({ length: 1000 }, () => signing.makeNonce(8));
  expect(nonces.every((nonce) => /^[0-9a-f]{16}$/.test(nonce))).toBe(true);
  expect(new Set(nonces).size).toBe(1000);
  expect(signing.makeNonce(16)).toHaveLength(32);
});

describe('the input of a signer', () => {
  const scheme: SignatureScheme = {
    kind: 'signature',
    name: 'test',
    signer: 'test',
    algorithm: 'custom',
    signature: { in: 'query', name: 'sign' },
    timestamp: { in: 'query', name: 'time', units: ['s'], tolerance: 1 },
    nonce: { in: 'header', name: 'nonce', bytes: 8 },
    credentials: [{ name: 'id', env: 'ID', secret: false, carriers: [{ in: 'query', name: 'agent' }] }],
    replay: 'none',
    refusals: { missing: 1, invalid: 1, expired: 1, timestamp: 1, signature: 1, replay: 1, forbidden: 1 },
  };

  test('has the query without the scheme’s own values, decoded and in order', () => {
    const input = signing.toSigningInput(scheme, {
      method: 'GET',
      url: 'https://example.com/a?z=1&sign=x&a=%C3%A9+b&agent=7&time=5&z=2&nonce=stays',
      headers: new Headers(),
      body: new Uint8Array(),
      timestamp: '5',
      nonce: 'n',
      credentials: {},
    });
    expect(input.query).toEqual([
      ['z', '1'],
      ['a', 'é b'],
      ['z', '2'],
      ['nonce', 'stays'],
    ]);
    expect(input.url.pathname).toBe('/a');
  });

  const bytes = (...list: number[]): Uint8Array => Uint8Array.from(list);
  test.each<readonly [string, string | Uint8Array, string | undefined]>([
    ['text', '{"a":"é"}', '{"a":"é"}'],
    ['no body', '', ''],
    ['bytes', bytes(0xc3, 0xa9), 'é'],
    ['a byte order mark', bytes(0xef, 0xbb, 0xbf, 0x61), '\uFEFFa'],
    ['a truncated character', bytes(0x61, 0xc3), undefined],
    ['another encoding', bytes(0xfc), undefined],
    ['an encoded surrogate', bytes(0xed, 0xa0, 0x80), undefined],
  ])('has the body as text: %s', (_, body, want) => {
    const given = { method: 'PUT', url: 'https://example.com/', headers: new Headers(), body, credentials: {} };
    const input = signing.toSigningInput(scheme, given);
    if (want === undefined) expect(() => input.bodyText).toThrow(TypeError);
    else expect(input.bodyText).toBe(want);
  });

  test.each([
    ['{"a":1,"sign":"x","b":2}', '{"a":1,"b":2}'],
    ['{ "a": 1 }', '{ "a": 1 }'],
    ['{"n":1.50,"sign":"x"}', '{"n":1.50}'],
    ['{ "sign" : "x" , "id":12345678901234567890 }', '{ "id":12345678901234567890 }'],
    ['[1]', '[1]'],
    ['no json', 'no json'],
    ['null', 'null'],
  ])('has the body %s without its signature', (body, want) => {
    const bytes = signing.withoutSignature(new TextEncoder().encode(body), { in: 'body', name: 'sign' }, null);
    expect(new TextDecoder().decode(bytes)).toBe(want);
  });
});
