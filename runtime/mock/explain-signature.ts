import type { Carrier, SignatureScheme, TimestampDescriptor } from '../contract/index.ts';
import { settled } from '../server/security/settled.ts';
import {
  equalBytes,
  type RecipeScheme,
  readTime,
  recipeFlaw,
  type SigningInput,
  signerOf,
  toSigningInput,
  withoutSignature,
} from '../signing/index.ts';
import { beginsWrong, type Received, readAllReceived, readReceived } from './exchange.ts';
import type { Mask } from './mask.ts';
import { receiverCredentials } from './receiver-credentials.ts';
import type { MockProvider } from './types.ts';

/** The input of an explanation of a rejected signature. */
export type SignatureContext = {
  readonly provider: MockProvider;
  /** The time when the request arrived, in milliseconds since 1970. */
  readonly now: number;
  readonly mask: Mask;
};

/** The failed check that the response reports. */
export type Refusal = { readonly code: unknown; readonly text: string };

/** Explains why the check of a signature failed, with the expected value. Empty if all checks pass. */
export async function explainSignature(
  context: SignatureContext,
  scheme: SignatureScheme,
  received: Received,
): Promise<readonly string[]> {
  const { provider, mask, now } = context;
  const { timestamp, nonce, id, signature } = scheme;
  const absent = [timestamp, nonce, id, signature].flatMap((carrier) => {
    if (!carrier || readReceived(received, carrier) !== undefined) return [];
    const { in: place, name, prefix } = carrier;
    if (beginsWrong(received, carrier)) return [`The ${place} \`${name}\` does not begin with \`${prefix}\`.`];
    return [`The ${place} \`${name}\` is missing.`];
  });
  if (absent.length > 0) return absent;
  const late = timestamp && explainTime(timestamp, received, now);
  if (late) return [late];

  const flaw = await flawOf(provider, scheme, received, now);
  if (flaw) return [`${flaw} Sign the request again after each change.`];
  if (await signatureIsRight(provider, scheme, received, now)) return [];
  const message = await signedMessage(provider, scheme, received, now);
  const text = message === undefined ? '' : ` The mock computed its signature from \`${mask(message)}\`.`;
  return [`The signature does not match.${text}`];
}

/**
 * Explains that a request with a correct signature was a replay, if the response reports that. The request may also
 * have been rejected for its body.
 */
export function explainReplay(
  { provider: { api } }: SignatureContext,
  { replay, refusals }: SignatureScheme,
  { code, text }: Refusal,
): readonly string[] {
  if (replay === 'none' || replay === 'id') return [];
  const isSaid = text.includes(`${replay} was already used`) || (!api.envelope.message && code === refusals.replay);
  return isSaid
    ? [`The request was replayed: its ${replay} was already used. Generate a new one for each attempt.`]
    : [];
}

/**
 * Explains why a timestamp is rejected. Undefined if it is within the tolerance, or within the window that the request
 * states.
 */
function explainTime(timestamp: TimestampDescriptor, received: Received, now: number): string | undefined {
  const text = readReceived(received, timestamp) ?? '';
  const sent = readTime(timestamp, text);
  const { window, units, tolerance: usual } = timestamp;
  if (sent === undefined)
    return `The timestamp \`${text.slice(0, 40)}\` is not valid. The mock expects it in ${units.join(' or ')}.`;
  const given = window ? readReceived(received, window) : undefined;
  const stated = given === undefined ? Number.NaN : Number(given) / (window?.unit === 'ms' ? 1000 : 1);
  const tolerance = stated >= 0 ? Math.min(stated, window?.max ?? usual) : usual;
  // The comparison is that of the server: a timestamp in whole seconds is compared with a clock in whole seconds.
  const off = (sent - (sent % 1000 === 0 ? Math.floor(now / 1000) * 1000 : now)) / 1000;
  if (Math.abs(off) <= tolerance) return undefined;
  const whose = stated >= 0 ? `\`${window?.name}\` of the request allows` : 'The mock allows';
  return `The timestamp is ${Math.abs(off)} s ${off < 0 ? 'behind' : 'ahead of'} the mock's clock. ${whose} ${tolerance} s.`;
}

const PLACES: { readonly [of: string]: string } = {
  header: 'The header',
  query: 'The query parameter',
  cookie: 'The cookie',
  body: 'The property',
  form: 'The field',
};

/** Finds the failed check of a recipe, in addition to the signature. */
async function flawOf(
  provider: MockProvider,
  scheme: SignatureScheme,
  received: Received,
  now: number,
): Promise<string | undefined> {
  if (!scheme.recipe) return undefined;
  const presented = readReceived(received, scheme.signature) ?? '';
  try {
    const flaw = await recipeFlaw(scheme as RecipeScheme, presented, inputOf(provider, scheme, received, now));
    if (!flaw) return undefined;
    const { of, name } = flaw;
    const place = PLACES[of];
    if (place) return `${place} \`${name}\` does not match the request.`;
    if (of === 'claim') return `\`${name}\` of the token does not match the request.`;
    return `\`${name}\` in the header \`${scheme.packed?.name}\` does not match the request.`;
  } catch {
    return undefined;
  }
}

/** The text that the scheme's signer signs for a request with the demo credentials. Undefined if the signer fails. */
export async function signedMessage(
  provider: MockProvider,
  scheme: SignatureScheme,
  received: Received,
  now = Date.now(),
): Promise<string | undefined> {
  try {
    const message = await signerOf(scheme, provider.signers)?.stringToSign(inputOf(provider, scheme, received, now));
    return typeof message === 'string' ? message : message && new TextDecoder().decode(message);
  } catch {
    return undefined;
  }
}

/**
 * Whether a signature is correct. False if a signer throws, rejects or never settles, because the caller controls its
 * input.
 */
async function signatureIsRight(
  provider: MockProvider,
  scheme: SignatureScheme,
  received: Received,
  now: number,
): Promise<boolean> {
  const signer = signerOf(scheme, provider.signers);
  if (!signer) return false;
  const check = async (): Promise<boolean> => {
    const input = inputOf(provider, scheme, received, now);
    const message = await signer.stringToSign(input);
    for (const presented of readAllReceived(received, scheme.signature)) {
      const isRight = signer.verify
        ? (await signer.verify(message, presented, input)) === true
        : equalBytes(presented, await signer.sign(message, input));
      if (isRight) return true;
    }
    return false;
  };
  return settled(check()).catch(() => false);
}

function inputOf(
  { credentials }: MockProvider,
  scheme: SignatureScheme,
  received: Received,
  now: number,
): SigningInput {
  const { signature, timestamp, nonce, id, packed } = scheme;
  const read = (carrier: Carrier | undefined): string => (carrier && readReceived(received, carrier)) ?? '';
  const header = packed ? (received.headers.get(packed.name) ?? '').slice(packed.prefix.length) : '';
  return toSigningInput(scheme, {
    method: received.method,
    url: received.url,
    ...(received.target !== undefined && { target: received.target }),
    headers: received.headers,
    body: withoutSignature(received.bytes ?? new Uint8Array(), signature, received.headers.get('content-type')),
    timestamp: read(timestamp),
    nonce: read(nonce) || read(id),
    id: read(id),
    packed: header,
    now,
    credentials: receiverCredentials(scheme, credentials),
  });
}
