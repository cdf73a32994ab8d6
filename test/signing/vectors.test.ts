import type { SignatureScheme } from '@countersign/runtime/contract';
import { checkVector, signerOf, type Vector } from '@countersign/runtime/signing';
import { describe, expect, test } from 'vitest';
import { presetDocument, presetNames, readPreset } from '../../scripts/commands/init/presets.ts';
import { buildSecuritySchemes } from '../../scripts/model/security.ts';
import type { ExpandedDocument } from '../../scripts/model/types.ts';
import { INDEPENDENT, type Wire } from './independent.ts';

const schemeOf = (name: string): SignatureScheme => {
  const document = presetDocument(name, 'signed', readPreset(name)) as ExpandedDocument;
  return buildSecuritySchemes(document, name)[0]?.descriptor as SignatureScheme;
};

type Known = Vector & { readonly description: string };

const vectors = presetNames.flatMap((preset) =>
  ((readPreset(preset).signing.vectors ?? []) as readonly Known[]).map(
    (vector) => [preset, vector.description, vector] as const,
  ),
);

const NOW: { readonly [preset: string]: (text: string) => number } = {
  'alipay-rsa2': (text) => Date.parse(`${text.replace(' ', 'T')}+08:00`),
  'aws-sigv4': (text) => Date.parse(text.replace(/^(....)(..)(..)T(..)(..)/, '$1-$2-$3T$4:$5:')),
};
const timeOf = (preset: string, text: string): number =>
  NOW[preset]?.(text) ??
  (/^\d{13}$/.test(text) ? Number(text) : /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text));

/** The request of a vector as it is sent, by the independent implementation; the values of the vector stay. */
function wireOf(preset: string, { method = 'GET', url = '', headers, body = '', ...values }: Vector): Wire {
  const lower = Object.entries(headers ?? {}).map(([name, value]) => [name.toLowerCase(), value] as const);
  const wire: Wire = { method, url, headers: Object.fromEntries(lower), body: Buffer.from(body) };
  if (values.id !== undefined) {
    wire.headers['webhook-id'] = values.id;
    wire.headers['paypal-transmission-id'] = values.id;
  }
  const stated = { url: wire.url, body: wire.body };
  const now = preset === 'kraken' ? Number(values.nonce) : timeOf(preset, values.timestamp ?? '0');
  INDEPENDENT[preset]?.prepare?.(wire, values.credentials, now, values.nonce ?? '');
  Object.assign(wire, stated);
  for (const [name, value] of lower) wire.headers[name] = value;
  return wire;
}

describe('vectors of the catalogue', () => {
  test.each(presetNames)('%s has one, with its source', (preset) => {
    const own = vectors.filter(([name]) => name === preset).map(([, source]) => source);
    expect(own.length).toBeGreaterThan(0);
    expect(
      own.filter((source) => !/example|library|libraries|suite|RFC|computed (by|with)|string to sign/.test(source)),
    ).toEqual([]);
  });

  test.each(vectors)('%s: %s', async (preset, _, vector) => {
    const scheme = schemeOf(preset);
    const signer = signerOf(scheme, {});
    if (!signer) throw new Error('no recipe');
    expect(await checkVector(scheme, signer, vector)).toBe(undefined);
    const [first = ''] = vector.signature;
    const changed = { ...vector, signature: (first === '7' ? '8' : '7') + vector.signature.slice(1) };
    expect(await checkVector(scheme, signer, changed)).toMatchObject({ of: 'signature' });
  });

  test.each(vectors)('%s: %s, by node:crypto', (preset, _, vector) => {
    const scheme = INDEPENDENT[preset];
    const wire = wireOf(preset, vector);
    const keys = Object.fromEntries(
      Object.entries(vector.credentials).flatMap(([name, value]) => [
        [name, value],
        [`${name}.public`, value],
      ]),
    );
    if (preset === 'coinbase-jwt') wire.headers.authorization = `Bearer ${vector.signature}`;
    if (preset === 'coinbase-jwt') delete wire.headers['x-draft'];
    const message = Buffer.from(scheme?.message(wire, keys) as string);
    const signature = preset === 'coinbase-jwt' ? (scheme?.get(wire) ?? '') : vector.signature;
    const isPublic = Object.values(keys).some((value) => value.includes('PUBLIC KEY'));
    const right = isPublic
      ? scheme?.check?.(message, signature, keys)
      : scheme?.make(message, keys, wire) === signature;
    expect(right).toBe(true);
  });
});
