import type { Carrier, SentSignature } from '../contract/index.ts';
import { withoutSignature } from './body.ts';
import { type Data, toBytes } from './bytes.ts';
import { carriersOf, toSigningInput } from './input.ts';
import { makeValue } from './nonce.ts';
import { dropPlaced, type Outgoing, placeValue, readPlaced } from './place.ts';
import { writePacked } from './recipe/packed.ts';
import type { RecipeScheme } from './recipe/request.ts';
import { run } from './recipe/steps.ts';
import type { AnySigner, SigningInput } from './signer.ts';
import { writeTime } from './times.ts';

/** The values that a request is signed with. */
export type SigningValues = {
  /** By name; without those that are optional and not there. */
  readonly credentials: Readonly<Record<string, string>>;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** The same for all attempts; what the request carries already goes before it. */
  readonly id?: string;
  /** Whatever the request carries already stays, be it wrong. */
  readonly keep?: boolean;
};

/** A request that was signed: what was signed, and the signature. */
export type SignedOutgoing = { readonly input: SigningInput; readonly message: Data; readonly signature: string };

type Scheme = SentSignature;

/** Fills in all that a scheme sends, signs, and puts the signature where it travels. */
export async function signOutgoing(
  scheme: Scheme,
  signer: AnySigner,
  request: Outgoing,
  values: SigningValues,
): Promise<SignedOutgoing> {
  const { keep = false, now } = values;
  const bring = (carrier: Carrier | undefined, value: string, stays = keep): string => {
    if (!carrier) return value;
    const there = stays && !carrier.part ? readPlaced(request, carrier) : undefined;
    if (there !== undefined) return there;
    if (!carrier.part) placeValue(request, carrier, value);
    return value;
  };
  if (!keep) dropPlaced(request, scheme.signature);
  const credentials: Record<string, string> = {};
  for (const { name, carriers } of scheme.credentials) {
    const value = values.credentials[name] ?? '';
    credentials[name] = value === '' ? '' : bring(carriers[0], value);
  }
  const { timestamp: time, nonce: once, id } = scheme;
  if (time?.window) bring(time.window, String(time.window.value), true);
  const timestamp = time ? bring(time, writeTime(time, now)) : '';
  const nonce = once ? bring(once, makeValue(once.form, once.bytes)) : '';
  const message = id ? bring(id, values.id ?? makeValue(id.form, 16), true) : '';
  const known = { method: request.method, timestamp, nonce: nonce || message, id: message, credentials, now };

  const inputOf = (packed: string): SigningInput =>
    toSigningInput(scheme, {
      ...known,
      url: request.url,
      headers: request.headers,
      body: withoutSignature(toBytes(request.body ?? ''), scheme.signature, request.headers.get('content-type')),
      packed,
    });
  const recipeRequest = (packed: string) => ({
    scheme: scheme as RecipeScheme,
    input: inputOf(packed),
    carriers: carriersOf(scheme),
  });
  for (const { name, steps } of scheme.recipe?.computed ?? [])
    request.headers.set(name, String(await run(steps, recipeRequest(''))));
  const packHeader = async (signature?: string): Promise<string> => {
    if (!scheme.packed) return '';
    const text = await writePacked(scheme.packed, recipeRequest(''), signature);
    request.headers.set(scheme.packed.name, scheme.packed.prefix + text);
    return text;
  };

  const input = inputOf(scheme.packed ? await packHeader() : '');
  const made = signer.stringToSign(input);
  const signed = made instanceof Promise ? await made : made;
  const there = keep && !scheme.signature.part ? readPlaced(request, scheme.signature) : undefined;
  const signature = there ?? (await signer.sign(signed, input));
  if (there === undefined && !scheme.signature.part) placeValue(request, scheme.signature, signature);
  if (scheme.signature.part) await packHeader(signature);
  return { input, message: signed, signature };
}
