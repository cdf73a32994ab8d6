import { type CredentialDescriptor, type OperationDescriptor, own, type SignatureScheme } from '../contract/index.ts';
import { equalBytes } from '../signing/index.ts';
import { type Received, readReceived, withOwnLabel } from './exchange.ts';
import { explainReplay, explainSignature, type Refusal, type SignatureContext } from './explain-signature.ts';
import type { Sessions } from './sessions.ts';

/** The input of an explanation of a rejected request. */
export type ExplainContext = SignatureContext & { readonly sessions: Sessions; readonly refusal: Refusal };

const places = ({ carriers }: Pick<CredentialDescriptor, 'carriers'>): string =>
  carriers.map(({ in: place, name }) => `${place} \`${name}\``).join(', or ');

/**
 * Explains why a request's credentials are rejected and how to fix it; empty if they are correct. Secrets are masked.
 */
export async function explainCredentials(
  context: ExplainContext,
  { security }: OperationDescriptor,
  received: Received,
): Promise<readonly string[]> {
  const alternatives = await Promise.all(
    security.map(async (names) => {
      const wrong = (await Promise.all(names.map((name) => explainScheme(context, name, received)))).flat();
      return wrong.length > 0 ? wrong : names.flatMap((name) => replayOf(context, name));
    }),
  );
  if (alternatives.some((problems) => problems.length === 0)) return [];
  // A wrong credential is a more useful explanation than a missing one.
  const rank = (problems: readonly string[]): number => problems.length + (problems.some(isAbsence) ? 100 : 0);
  return alternatives.toSorted((a, b) => rank(a) - rank(b))[0] ?? [];
}

const isAbsence = (problem: string): boolean => problem.includes(' is missing.');

/** Explains a replay, for a request whose credentials are all correct. */
function replayOf(context: ExplainContext, name: string): readonly string[] {
  const scheme = own(context.provider.api.securitySchemes, name);
  return scheme?.kind === 'signature' ? explainReplay(context, scheme, context.refusal) : [];
}

async function explainScheme(context: ExplainContext, name: string, received: Received): Promise<readonly string[]> {
  const scheme = own(context.provider.api.securitySchemes, name);
  if (!scheme) return [];
  switch (scheme.kind) {
    case 'signature':
      return explainSigned(context, scheme, received);
    case 'session': {
      const token = scheme.carriers.map((carrier) => readReceived(received, carrier)).find((each) => each);
      const login = scheme.operations.join(' or ');
      if (token === undefined) return [`The token in ${places(scheme)} is missing. Call ${login} to get one.`];
      const state = context.sessions.check(scheme, token);
      if (state === 'unknown')
        return [`The token in ${places(scheme)} was not issued by this mock since its start. Call ${login} again.`];
      return state === 'expired' ? [`The token in ${places(scheme)} has expired. Call ${login} again.`] : [];
    }
    case 'mutualTLS':
      return [];
    case 'bearer':
      // For a token of an authorization server, the response states the problem.
      if (scheme.oauth && scheme.credential.carriers.some((one) => readReceived(received, one) !== undefined))
        return [];
      return explainCredential(context, scheme.credential, received, scheme.kind);
    default:
      return explainCredential(context, scheme.credential, received, scheme.kind);
  }
}

/** Explains the credentials first, because a signature with other credentials cannot match. */
async function explainSigned(
  context: ExplainContext,
  scheme: SignatureScheme,
  request: Received,
): Promise<readonly string[]> {
  const received = withOwnLabel(request, scheme);
  const travelling = scheme.credentials.filter(
    ({ carriers, optional }) =>
      carriers.length > 0 && !(optional && carriers.every((one) => readReceived(received, one) === undefined)),
  );
  const wrong = travelling.flatMap((credential) => explainCredential(context, credential, received, 'key'));
  return wrong.length > 0 ? wrong : explainSignature(context, scheme, received);
}

function explainCredential(
  { provider }: ExplainContext,
  credential: CredentialDescriptor,
  received: Received,
  kind: string,
): readonly string[] {
  const { name, env } = credential;
  const presented = credential.carriers.map((carrier) => readReceived(received, carrier)).find((each) => each);
  const hint = `Run \`countersign mock env ${provider.api.provider}\` to print it (${env}).`;
  if (presented === undefined)
    return [`\`${name}\` is missing. The mock expects its demo value in ${places(credential)}. ${hint}`];
  const decoded = kind === 'basic' ? decodeBase64(presented) : presented;
  return equalBytes(decoded, provider.credentials[name] ?? '')
    ? []
    : [`The value of \`${name}\` does not match. The mock expects the demo value. ${hint}`];
}

function decodeBase64(text: string): string {
  try {
    return new TextDecoder().decode(Uint8Array.from(atob(text), (character) => character.charCodeAt(0)));
  } catch {
    return '';
  }
}
