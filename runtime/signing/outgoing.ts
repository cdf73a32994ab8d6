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

/** The values with which a request is signed. */
export type SigningValues = {
  /** The credentials, by name. Missing optional credentials are omitted. */
  readonly credentials: Readonly<Record<string, string>>;
  /** The time in milliseconds since 1970. */
  readonly now: number;
  /** An id that all attempts share. An id that the request already contains takes precedence. */
  readonly id?: string;
  /** Whether values that the request already contains are kept, even if they are invalid. */
  readonly keep?: boolean;
};

/** A signed request: the signed text, and the signature. */
export type SignedOutgoing = { readonly input: SigningInput; readonly message: Data; readonly signature: string };

type Scheme = SentSignature;

/** Fills in all values of a scheme, signs, and adds the signature to the request. */
export async function signOutgoing(
  scheme: Scheme,
  signer: AnySigner,
  request: Outgoing,
  values: SigningValues,
): Promise<SignedOutgoing> {
  const { keep = false, now } = values;
  if (!keep) dropPlaced(request, scheme.signature);
  const credentials: Record<string, string> = {};
  for (const { name, carriers } of scheme.credentials) {
    const value = values.credentials[name] ?? '';
    credentials[name] = value === '' ? '' : bring(request, carriers[0], value, keep);
  }
  const { timestamp: time, nonce: once, id, packed, signature: carrier } = scheme;
  if (time?.window) bring(request, time.window, String(time.window.value), true);
  const timestamp = time ? bring(request, time, writeTime(time, now), keep) : '';
  const nonce = once ? bring(request, once, makeValue(once.form, once.bytes), keep) : '';
  const message = id ? bring(request, id, values.id ?? makeValue(id.form, 16), true) : '';
  const known = { timestamp, nonce: nonce || message, id: message, credentials, now };
  for (const { steps, ...carrier } of scheme.recipe?.computed ?? [])
    placeValue(request, carrier, String(await run(steps, recipeRequest(scheme, request, known))));

  const text = packed ? await packHeader(scheme, request, known) : '';
  const input = inputOf(scheme, request, known, text);
  const made = signer.stringToSign(input);
  const signed = made instanceof Promise ? await made : made;
  const there = keep && !carrier.part ? readPlaced(request, carrier) : undefined;
  const fresh = there ?? signer.sign(signed, input);
  const signature = fresh instanceof Promise ? await fresh : fresh;
  if (carrier.part) await packHeader(scheme, request, known, signature);
  else if (there === undefined) placeValue(request, carrier, signature);
  return { input, message: signed, signature };
}

/** The parts of an input that the scheme fills in. */
type Known = Pick<SigningInput, 'timestamp' | 'nonce' | 'id' | 'credentials' | 'now'>;

/** Adds a value to the request, unless an existing value is kept. Returns the value in the request. */
function bring(request: Outgoing, carrier: Carrier | undefined, value: string, stays: boolean): string {
  // Several values of one header are written together when all of them are known.
  if (!carrier || carrier.part) return value;
  const there = stays ? readPlaced(request, carrier) : undefined;
  if (there !== undefined) return there;
  placeValue(request, carrier, value);
  return value;
}

function inputOf(scheme: Scheme, request: Outgoing, known: Known, packed = ''): SigningInput {
  const { method, url, headers, status } = request;
  const { in: within } = scheme.signature;
  const content = request.body ?? '';
  const body =
    within === 'body' || within === 'form'
      ? withoutSignature(toBytes(content), scheme.signature, headers.get('content-type'))
      : content;
  return toSigningInput(scheme, { ...known, method, url, headers, body, packed, status });
}

const recipeRequest = (scheme: Scheme, request: Outgoing, known: Known) => ({
  scheme: scheme as RecipeScheme,
  input: inputOf(scheme, request, known),
  carriers: carriersOf(scheme),
});

/** Writes the header with several values. Returns it without its prefix. */
async function packHeader(scheme: Scheme, request: Outgoing, known: Known, signature?: string): Promise<string> {
  if (!scheme.packed) return '';
  const text = await writePacked(scheme.packed, recipeRequest(scheme, request, known), signature);
  request.headers.set(scheme.packed.name, scheme.packed.prefix + text);
  return text;
}
