import type { Carrier, SentSignature } from '../contract/index.ts';
import { withoutSignature } from './body.ts';
import { fromBase64, toBytes } from './bytes.ts';
import { carriersOf, toSigningInput } from './input.ts';
import { writePacked } from './recipe/packed.ts';
import type { RecipeScheme } from './recipe/request.ts';
import { run } from './recipe/steps.ts';
import type { AnySigner, SigningInput } from './signer.ts';
import { readTime } from './times.ts';

/** A request with a known signature. */
export type Vector = {
  readonly credentials: Readonly<Record<string, string>>;
  readonly method?: string;
  readonly url?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly bodyBase64?: string;
  readonly timestamp?: string;
  readonly nonce?: string;
  readonly id?: string;
  /** The time in seconds since 1970. */
  readonly now?: number;
  readonly stringToSign?: string;
  readonly signature: string;
};

/** The values that a scheme sends in headers, so that a vector need not repeat them. */
function sentHeaders(
  { timestamp, nonce, id, credentials }: SentSignature,
  vector: Vector,
): readonly (readonly [carrier: Carrier, value: string])[] {
  return [
    [timestamp, vector.timestamp] as const,
    [timestamp?.window, String(timestamp?.window?.value)] as const,
    [nonce, vector.nonce] as const,
    [id, vector.id] as const,
    ...credentials.map(({ name, carriers }) => [carriers[0], vector.credentials[name]] as const),
  ].flatMap(([carrier, value]) => (carrier?.in === 'header' && value ? [[carrier, value] as const] : []));
}

/** Creates the input of a signer for a vector, including the headers of the recipe. */
export async function vectorInput(scheme: SentSignature, vector: Vector, base: string): Promise<SigningInput> {
  const url = new URL(
    /^https?:/.test(vector.url ?? '') ? (vector.url as string) : `${base.replace(/\/$/, '')}${vector.url ?? '/'}`,
    'https://vector.invalid',
  );
  const headers = new Headers(vector.headers);
  const bytes = vector.bodyBase64 === undefined ? toBytes(vector.body ?? '') : fromBase64(vector.bodyBase64);
  const { timestamp = '', id = '', nonce = id } = vector;
  for (const [carrier, value] of sentHeaders(scheme, vector))
    if (!carrier.part && !headers.has(carrier.name))
      headers.set(carrier.name, (carrier.prefix ?? '') + value + (carrier.suffix ?? ''));
  const sent = scheme.timestamp && readTime(scheme.timestamp, timestamp);
  const given = {
    method: vector.method ?? 'GET',
    url,
    headers,
    body: withoutSignature(bytes, scheme.signature, headers.get('content-type')),
    timestamp,
    nonce,
    id,
    now: vector.now === undefined ? (sent ?? 0) : vector.now * 1000,
    credentials: vector.credentials,
  };
  const input = toSigningInput(scheme, given);
  const { recipe, packed } = scheme;
  if (!recipe) return input;
  const request = { scheme: scheme as RecipeScheme, input, carriers: carriersOf(scheme) };
  for (const { in: place, name, steps } of recipe.computed)
    if (place === 'header' && !headers.has(name)) headers.set(name, String(await run(steps, request)));
  const there = packed && headers.get(packed.name)?.slice(packed.prefix.length);
  return packed ? toSigningInput(scheme, { ...given, packed: there ?? (await writePacked(packed, request)) }) : input;
}

/** A value of a vector that does not match: the expected and the computed one. */
export type WrongVector = {
  readonly of: 'stringToSign' | 'signature';
  readonly made: string;
  readonly wanted: string;
  /** The string to sign, which can contain secrets of the vector. */
  readonly signed: string;
};

/** Returns the first value of a vector that does not match. Undefined if all match. */
export async function checkVector(
  scheme: SentSignature,
  signer: AnySigner,
  vector: Vector,
  base = '',
): Promise<WrongVector | undefined> {
  const input = await vectorInput(scheme, vector, base);
  const message = await signer.stringToSign(input);
  const text = typeof message === 'string' ? message : new TextDecoder().decode(message);
  if (vector.stringToSign !== undefined && vector.stringToSign !== text)
    return { of: 'stringToSign', made: text, wanted: vector.stringToSign, signed: text };
  // A vector contains the key of the sender or of the receiver. With the sender's key, the signature is computed. With
  // the receiver's key, it is only verified.
  const checks = async (): Promise<boolean> => (await signer.verify?.(message, vector.signature, input)) === true;
  if (await checks().catch(() => false)) return undefined;
  const made = await (async () => signer.sign(message, input))().catch(() => undefined);
  if (made === vector.signature) return undefined;
  return { of: 'signature', made: made ?? '(another)', wanted: vector.signature, signed: text };
}
