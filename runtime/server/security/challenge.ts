import {
  type ApiDescriptor,
  type ChallengeDescriptor,
  type OperationDescriptor,
  type SignatureScheme,
  setOwn,
} from '../../contract/index.ts';
import { carriersOf, equalBytes, type RecipeScheme, runSteps } from '../../signing/index.ts';
import { after } from '../after.ts';
import type { Call, Signed } from '../call.ts';
import { Refusal } from '../refusal.ts';
import type { Outgoing } from '../response.ts';
import type { SignatureSource } from '../types.ts';
import { compileFinder } from './candidates.ts';
import type { Environment } from './environment.ts';
import { signaturesOf } from './sign-response.ts';
import { SignedRequest } from './signed-request.ts';

/** A scheme whose provider verifies its receivers by a challenge. */
export type Challenging = SignatureScheme & { readonly challenge: ChallengeDescriptor };

const UNSIGNED: Omit<Signed, 'credentials'> = { timestamp: '', nonce: '', id: '', packed: '' };
const NO_NAMES: ReadonlySet<string> = new Set();

/** The response to a challenge; undefined if the request is not a challenge. */
export type Challenged = Outgoing | Refusal | undefined;

async function responseTo(scheme: Challenging, call: Call, { credentials, ...sent }: Signed): Promise<Challenged> {
  const { challenge } = scheme;
  const input = new SignedRequest(call, scheme, NO_NAMES, sent, credentials);
  const read = async (steps: Parameters<typeof runSteps>[0]): Promise<string> =>
    String(await runSteps(steps, { scheme: scheme as RecipeScheme, input, carriers: carriersOf(scheme) }));
  for (const { steps, equals } of challenge.when) if ((await read(steps)) !== equals) return undefined;
  const { token, response } = challenge;
  if (token) {
    const known = credentials[token.credential] ?? '';
    if (known === '' || !equalBytes(await read(token.steps), known))
      return new Refusal(scheme.refusals.forbidden, 'the token of the challenge does not match');
  }
  if (response.kind === 'text')
    return {
      status: 200,
      body: await read(response.steps),
      contentType: 'text/plain; charset=utf-8',
      headers: undefined,
    };
  const body: Record<string, unknown> = {};
  for (const { name, number, steps } of response.members) {
    const text = await read(steps);
    setOwn(body, name, number ? Number(text) : text);
  }
  return { status: 200, body: JSON.stringify(body), contentType: 'application/json', headers: undefined };
}

/** Responds to a challenge whose signature is correct; undefined: the request is an event for the handler. */
function respondToSigned(scheme: Challenging, call: Call): Challenged | Promise<Challenged> {
  const signed = call.signedBy(scheme.name);
  // A body that cannot be parsed is not a challenge. It is rejected like any other invalid body.
  return signed && responseTo(scheme, call, signed).catch(() => undefined);
}

/** The schemes of an operation that have a challenge. */
export const challengesOf = (operation: OperationDescriptor, api: ApiDescriptor): readonly Challenging[] =>
  signaturesOf(operation, api).filter((scheme): scheme is Challenging => scheme.challenge !== undefined);

/** Responds to challenges that are sent like events. */
export function compileChallenge(
  operation: OperationDescriptor,
  api: ApiDescriptor,
): ((call: Call) => Challenged | Promise<Challenged>) | undefined {
  const scheme = challengesOf(operation, api).find(({ challenge }) => challenge.method === undefined);
  return scheme && ((call) => respondToSigned(scheme, call));
}

/** Responds to challenges without a signature, with any of the credentials of the scheme. */
export function compileUnsigned(
  scheme: Challenging,
  source: SignatureSource<never> | undefined,
  environment: Environment,
): (call: Call) => PromiseLike<Challenged> | Challenged {
  const find = compileFinder(scheme, source, environment);
  return (call) =>
    after(find({}, call), async (found) => {
      const candidates = typeof found === 'string' ? [] : found;
      call.keepSecret(candidates);
      let refused: Challenged;
      for (const { credentials } of candidates) {
        const response = await responseTo(scheme, call, { ...UNSIGNED, credentials });
        if (!(response instanceof Refusal)) return response;
        refused = response;
      }
      return refused;
    });
}
