import { render } from '../../common/templates/render.ts';
import { literal, stringLiteral } from '../../common/text/literal.ts';
import { pascalCase } from '../../common/text/names.ts';
import type { Preset } from './presets.ts';

type Values = { readonly [name: string]: unknown };

const asValues = (value: unknown): Values => (typeof value === 'object' && value !== null ? (value as Values) : {});
const asText = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Code that generates a key pair, by algorithm. */
const PAIRS: readonly (readonly [algorithm: RegExp, made: string])[] = [
  [/^rsa-/, "generateKeyPairSync('rsa', { modulusLength: 2048 })"],
  [/^ecdsa-p256/, "generateKeyPairSync('ec', { namedCurve: 'P-256' })"],
  [/^ecdsa-p384/, "generateKeyPairSync('ec', { namedCurve: 'P-384' })"],
  [/^ed25519/, "generateKeyPairSync('ed25519')"],
];

/** A key in the recipe's format. For Ed25519 in hex or base64, this is its 32 bytes. */
function writtenKey(half: 'private' | 'public', encoding: string, strip: string): string {
  const type = half === 'private' ? 'pkcs8' : 'spki';
  if (encoding !== 'hex' && encoding !== 'base64')
    return `String(pair.${half}Key.export({ type: '${type}', format: 'pem' }))`;
  const prefix = half === 'public' ? strip.replace(/^whsk_$/, 'whpk_') : strip;
  const bytes = `pair.${half}Key.export({ type: '${type}', format: 'der' }).subarray(-32).toString('${encoding}')`;
  return prefix === '' ? bytes : `${stringLiteral(prefix)} + ${bytes}`;
}

/** A symmetric key in the recipe's format. `another` is a different key in the same format. */
function demoKey({ encoding, strip }: Values, another: boolean): string {
  const text = another ? 'another secret of thirty-two byte' : 'a demo secret of thirty-two bytes';
  const written =
    encoding === 'hex' || encoding === 'base64' ? Buffer.from(text).toString(encoding) : text.replaceAll(' ', '-');
  return asText(strip) + written;
}

/** Names of the values that the scheme adds to the body. */
function ownMembers({ signature, timestamp, nonce, id, credentials }: Values): ReadonlySet<string> {
  const carriers = [signature, timestamp, nonce, id, ...Object.values(asValues(credentials))].map(asValues);
  return new Set(
    carriers.flatMap((carrier) => (carrier.in === 'body' || carrier.in === 'form' ? asText(carrier.name) : [])),
  );
}

/**
 * The test of a provider whose scheme is a preset. It calls with correct and wrong keys, and checks the vectors of the
 * spec.
 */
export function presetTest(provider: string, scheme: string, { signing, request = {} }: Preset): string {
  const key = asValues(signing.key);
  const algorithm = asText(signing.algorithm);
  const made = PAIRS.find(([each]) => each.test(algorithm))?.[1];
  const names = Object.keys(asValues(signing.credentials));
  // If the recipe names no key, the key is a part of the message: the last credential, which is secret.
  const secret = asText(key.credential) || (names.at(-1) ?? '');
  const others = names.filter((name) => name !== secret).map((name) => [name, `demo-${name}`]);
  const held = (value: string): string => `{ ...others, ${secret}: ${value} }`;
  const { query = { page: '1' }, headers, type = 'json', body = { amount: 1250, note: 'é' } } = request;
  const own = ownMembers(signing);
  const given = Object.fromEntries(Object.entries(body).filter(([name]) => !own.has(name)));
  const encoding = asText(key.encoding);
  const strip = asText(key.strip);
  return render('provider/preset-test.ts', {
    provider,
    prefix: pascalCase(provider),
    scheme,
    made: made ?? '',
    others: literal(Object.fromEntries(others)),
    ours: made ? held(writtenKey('private', encoding, strip)) : held(literal(demoKey(key, false))),
    theirs: made ? held(writtenKey('public', encoding, strip)) : held(literal(demoKey(key, false))),
    wrong: made ? '' : held(literal(demoKey(key, true))),
    input: literal({ query, ...(headers && { headers }), ...(type !== 'none' && { body: given }) }),
  });
}
