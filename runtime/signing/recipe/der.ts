import { fromBase64, fromHex, toHex } from '../bytes.ts';
import { concat } from '../concat.ts';
import { equalBytes } from '../equal.ts';

/** One value of DER (X.690): its tag, and the position of its content. */
type Value = { readonly tag: number; readonly from: number; readonly to: number; readonly start: number };

function valueAt(bytes: Uint8Array, start: number): Value {
  const tag = bytes[start] ?? 0;
  const first = bytes[start + 1] ?? 0;
  const more = first < 0x80 ? 0 : first & 0x7f;
  let length = first < 0x80 ? first : 0;
  for (let i = 0; i < more; i += 1) length = length * 256 + (bytes[start + 2 + i] ?? 0);
  const from = start + 2 + more;
  if (more > 4 || from + length > bytes.length) throw new TypeError('The key is not in the DER format');
  return { tag, start, from, to: from + length };
}

function childrenOf(bytes: Uint8Array, { from, to }: Value): readonly Value[] {
  const children: Value[] = [];
  for (let at = from; at < to; at = children.at(-1)?.to ?? to) children.push(valueAt(bytes, at));
  return children;
}

/** Encodes a DER value with this content. */
function derValue(tag: number, ...content: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const inside = concat(...content);
  const { length } = inside;
  const size = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return concat(Uint8Array.of(tag, ...size), inside);
}

const SEQUENCE = 0x30;
const RSA = /* @__PURE__ */ fromHex('300d06092a864886f70d0101010500');
const EC = /* @__PURE__ */ fromHex('06072a8648ce3d0201');
const ZERO = /* @__PURE__ */ fromHex('020100');

/** The kind of a PEM block. SEC 1 and PKCS #1 have their own labels. */
export type PemKind = 'private' | 'public' | 'rsa-private' | 'rsa-public' | 'ec-private' | 'certificate';

const LABELS: { readonly [label: string]: PemKind } = {
  'PRIVATE KEY': 'private',
  'PUBLIC KEY': 'public',
  'RSA PRIVATE KEY': 'rsa-private',
  'RSA PUBLIC KEY': 'rsa-public',
  'EC PRIVATE KEY': 'ec-private',
  CERTIFICATE: 'certificate',
};

/** A key as DER: PKCS #8 of a private key, or SPKI of a public key or a certificate. */
export type DerKey = { readonly kind: 'private' | 'public'; readonly bytes: Uint8Array<ArrayBuffer> };

/**
 * Parses a key in PEM, also with a literal `\n`, or in base64 without the lines of PEM.
 * @throws {TypeError} if the text is neither
 */
export function readPem(text: string): DerKey {
  const unfolded = text.replaceAll('\\n', '\n').trim();
  const [, label, inside] = /-----BEGIN ([A-Z ]+)-----([\s\S]*?)-----END/.exec(unfolded) ?? [];
  const bytes = fromBase64((inside ?? unfolded).replace(/\s/g, ''));
  const kind = label === undefined ? guess(bytes) : LABELS[label];
  if (kind === undefined) throw new TypeError('The key is not in the PEM format');
  return toKey(kind, bytes);
}

/** The kind of a key without a label. The first values distinguish a key from other structures. */
function guess(bytes: Uint8Array): PemKind {
  const [first, second, third] = childrenOf(bytes, valueAt(bytes, 0));
  if (first?.tag === SEQUENCE) return third === undefined ? 'public' : 'certificate';
  if (second?.tag === SEQUENCE) return 'private';
  if (second?.tag === 0x04) return 'ec-private';
  return third === undefined ? 'rsa-public' : 'rsa-private';
}

function toKey(kind: PemKind, bytes: Uint8Array<ArrayBuffer>): DerKey {
  switch (kind) {
    case 'rsa-private':
      return { kind: 'private', bytes: derValue(SEQUENCE, ZERO, RSA, derValue(0x04, bytes)) };
    case 'rsa-public':
      return { kind: 'public', bytes: derValue(SEQUENCE, RSA, derValue(0x03, Uint8Array.of(0), bytes)) };
    case 'ec-private': {
      // The name of the curve, which PKCS #8 stores outside of the key.
      const curve = childrenOf(bytes, valueAt(bytes, 0)).find(({ tag }) => tag === 0xa0);
      if (!curve) throw new TypeError('The EC key does not name its curve');
      const algorithm = derValue(SEQUENCE, EC, bytes.subarray(curve.from, curve.to));
      return { kind: 'private', bytes: derValue(SEQUENCE, ZERO, algorithm, derValue(0x04, bytes)) };
    }
    case 'certificate': {
      const [signed] = childrenOf(bytes, valueAt(bytes, 0));
      const fields = signed ? childrenOf(bytes, signed) : [];
      // The key follows version (optional), serial, algorithm, issuer, validity and subject (RFC 5280, section 4.1).
      const key = fields[fields[0]?.tag === 0xa0 ? 6 : 5];
      if (!key) throw new TypeError('The text is not a certificate');
      return { kind: 'public', bytes: bytes.slice(key.start, key.to) };
    }
    default:
      return { kind, bytes };
  }
}

/** Converts an ECDSA signature of WebCrypto (r followed by s) to DER. */
export function toDerSignature(raw: Uint8Array): Uint8Array {
  const half = raw.length / 2;
  const integer = (bytes: Uint8Array): Uint8Array => {
    const from = bytes.findIndex((byte) => byte !== 0);
    const short = from < 0 ? Uint8Array.of(0) : bytes.subarray(from);
    return derValue(0x02, (short[0] ?? 0) & 0x80 ? concat(Uint8Array.of(0), short) : short);
  };
  return derValue(SEQUENCE, integer(raw.subarray(0, half)), integer(raw.subarray(half)));
}

/** Converts a DER signature to r followed by s. @throws {TypeError} if the text is not a DER signature */
export function fromDerSignature(der: Uint8Array, size: number): Uint8Array<ArrayBuffer> {
  const numbers = childrenOf(der, valueAt(der, 0)).map(({ from, to }) => der.subarray(from, to));
  const raw = new Uint8Array(size * 2);
  for (const [index, number] of numbers.slice(0, 2).entries()) {
    const short = number.subarray(Math.max(0, number.length - size));
    raw.set(short, size * (index + 1) - short.length);
  }
  // Only one encoding of a signature is accepted, because a replay store would see two encodings as two signatures.
  if (!equalBytes(toHex(der), toHex(toDerSignature(raw))))
    throw new TypeError('The signature is not in the DER format');
  return raw;
}
