import {
  type Carrier,
  type CredentialDescriptor,
  type OperationDescriptor,
  own,
  type SignatureScheme,
} from '../contract/index.ts';
import { equalBytes, readTime, signerOf, toSigningInput, withoutSignature } from '../signing/index.ts';
import { beginsWrong, type Received, readReceived } from './exchange.ts';
import type { Mask } from './mask.ts';
import type { Sessions } from './sessions.ts';
import type { MockProvider } from './types.ts';

/** What an explanation of a rejected request is made of. */
export type ExplainContext = {
  readonly provider: MockProvider;
  readonly sessions: Sessions;
  /** Milliseconds since 1970, when the request came. */
  readonly now: number;
  readonly mask: Mask;
};

const places = ({ carriers }: Pick<CredentialDescriptor, 'carriers'>): string =>
  carriers.map(({ in: place, name }) => `${place} \`${name}\``).join(', or ');

/**
 * Why a request's credentials are refused, in sentences that say how to mend it; empty where they are right. Secrets are
 * masked.
 */
export async function explainCredentials(
  context: ExplainContext,
  { security }: OperationDescriptor,
  received: Received,
): Promise<readonly string[]> {
  const alternatives = await Promise.all(
    security.map(async (names) =>
      (await Promise.all(names.map((name) => explainScheme(context, name, received)))).flat(),
    ),
  );
  if (alternatives.some((problems) => problems.length === 0)) return [];
  return alternatives.toSorted((a, b) => a.length - b.length)[0] ?? [];
}

async function explainScheme(context: ExplainContext, name: string, received: Received): Promise<readonly string[]> {
  const scheme = own(context.provider.api.securitySchemes, name);
  if (!scheme) return [];
  switch (scheme.kind) {
    case 'signature':
      return explainSignature(context, scheme, received);
    case 'session': {
      const token = scheme.carriers.map((carrier) => readReceived(received, carrier)).find((each) => each);
      const login = scheme.operations.join(' or ');
      if (token === undefined) return [`The token in ${places(scheme)} is missing. Call ${login} for one.`];
      const state = context.sessions.check(scheme, token);
      if (state === 'unknown')
        return [`This mock has not handed out the token in ${places(scheme)} since it started. Call ${login} again.`];
      return state === 'expired' ? [`The token in ${places(scheme)} has expired. Call ${login} again.`] : [];
    }
    case 'mutualTLS':
      return [];
    default:
      return explainCredential(context, scheme.credential, received, scheme.kind);
  }
}

function explainCredential(
  { provider }: ExplainContext,
  credential: CredentialDescriptor,
  received: Received,
  kind: string,
): readonly string[] {
  const { name, env } = credential;
  const presented = credential.carriers.map((carrier) => readReceived(received, carrier)).find((each) => each);
  const hint = `The mock takes the demo value of \`${name}\` (${env}); \`mock env ${provider.api.provider}\` prints it.`;
  if (presented === undefined) return [`\`${name}\` is missing: it travels in ${places(credential)}. ${hint}`];
  const decoded = kind === 'basic' ? decodeBase64(presented) : presented;
  return equalBytes(decoded, provider.credentials[name] ?? '') ? [] : [`\`${name}\` is another one. ${hint}`];
}

async function explainSignature(
  context: ExplainContext,
  scheme: SignatureScheme,
  received: Received,
): Promise<readonly string[]> {
  const { provider, mask, now } = context;
  const { timestamp, nonce, id, signature } = scheme;
  const travelling = scheme.credentials.filter(
    ({ carriers, optional }) =>
      carriers.length > 0 && !(optional && carriers.every((one) => readReceived(received, one) === undefined)),
  );
  const wrong = travelling.flatMap((credential) => explainCredential(context, credential, received, 'key'));
  const absent = [timestamp, nonce, id, signature].flatMap((carrier) => {
    if (!carrier || readReceived(received, carrier) !== undefined) return [];
    const { in: place, name, prefix } = carrier;
    if (beginsWrong(received, carrier)) return [`The ${place} \`${name}\` does not begin with \`${prefix}\`.`];
    return [`The ${place} \`${name}\` is missing.`];
  });
  if (wrong.length + absent.length > 0) return [...wrong, ...absent];

  const time = timestamp ? (readReceived(received, timestamp) ?? '') : '';
  if (timestamp) {
    const sent = readTime(timestamp, time);
    if (sent === undefined)
      return [`The timestamp \`${time.slice(0, 40)}\` is not in ${timestamp.units.join(' or ')}.`];
    const off = Math.round((sent - now) / 1000);
    if (Math.abs(off) > timestamp.tolerance) {
      const direction = off < 0 ? 'behind' : 'ahead of';
      return [
        `The timestamp is ${Math.abs(off)} s ${direction} the mock's clock; ${timestamp.tolerance} s are allowed.`,
      ];
    }
  }
  const message = await signedMessage(provider, scheme, received);
  const sum = scheme.algorithm === 'custom' ? 'its signature' : `its ${scheme.algorithm}`;
  const text = message === undefined ? '' : ` The mock signed \`${mask(message)}\`; ${sum} is another one.`;
  const once = scheme.replay === 'none' ? '' : ` Or the ${scheme.replay} was used before: it counts once.`;
  return message !== undefined && (await signatureIsRight(provider, scheme, received))
    ? [`The ${scheme.replay} was used before: make a new one for each request, also for a retry.`]
    : [`The signature is wrong.${text}${once}`];
}

/** What the scheme's signer signs of a request with the demo credentials; undefined where it cannot. */
export async function signedMessage(
  provider: MockProvider,
  scheme: SignatureScheme,
  received: Received,
): Promise<string | undefined> {
  try {
    const message = await signerOf(scheme, provider.signers)?.stringToSign(inputOf(provider, scheme, received));
    return typeof message === 'string' ? message : message && new TextDecoder().decode(message);
  } catch {
    return undefined;
  }
}

/** False also where a signer throws or rejects: the caller chose what it reads. */
async function signatureIsRight(provider: MockProvider, scheme: SignatureScheme, received: Received): Promise<boolean> {
  const signer = signerOf(scheme, provider.signers);
  if (!signer) return false;
  const presented = readReceived(received, scheme.signature) ?? '';
  try {
    const input = inputOf(provider, scheme, received);
    const message = await signer.stringToSign(input);
    if (signer.verify) return (await signer.verify(message, presented, input)) === true;
    return equalBytes(presented, await signer.sign(message, input));
  } catch {
    return false;
  }
}

function inputOf({ credentials }: MockProvider, scheme: SignatureScheme, received: Received) {
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
    now: Date.now(),
    credentials,
  });
}

function decodeBase64(text: string): string {
  try {
    return new TextDecoder().decode(Uint8Array.from(atob(text), (character) => character.charCodeAt(0)));
  } catch {
    return '';
  }
}
