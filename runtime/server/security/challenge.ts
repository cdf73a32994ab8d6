import {
  type ApiDescriptor,
  type ChallengeDescriptor,
  type OperationDescriptor,
  type SignatureScheme,
  setOwn,
} from '../../contract/index.ts';
import { carriersOf, equalBytes, type RecipeScheme, runSteps } from '../../signing/index.ts';
import { after } from '../after.ts';
import type { Outgoing } from '../answer.ts';
import type { Call, Signed } from '../call.ts';
import { Refusal } from '../refusal.ts';
import type { SignatureSource } from '../types.ts';
import { compileFinder } from './candidates.ts';
import type { Environment } from './environment.ts';
import { signaturesOf } from './sign-answer.ts';
import { SignedRequest } from './signed-request.ts';

/** A scheme whose provider asks its receivers for an answer that only they know. */
export type Challenging = SignatureScheme & { readonly challenge: ChallengeDescriptor };

const UNSIGNED: Omit<Signed, 'credentials'> = { timestamp: '', nonce: '', id: '', packed: '' };
const NO_NAMES: ReadonlySet<string> = new Set();

/** The answer to a challenge; undefined where the request is none. */
export type Challenged = Outgoing | Refusal | undefined;

async function answerOf(scheme: Challenging, call: Call, { credentials, ...sent }: Signed): Promise<Challenged> {
  const { challenge } = scheme;
  const input = new SignedRequest(call, scheme, NO_NAMES, sent, credentials);
  const read = async (steps: Parameters<typeof runSteps>[0]): Promise<string> =>
    String(await runSteps(steps, { scheme: scheme as RecipeScheme, input, carriers: carriersOf(scheme) }));
  for (const { steps, equals } of challenge.when) if ((await read(steps)) !== equals) return undefined;
  const { token, answer } = challenge;
  if (token) {
    const known = credentials[token.credential] ?? '';
    if (known === '' || !equalBytes(await read(token.steps), known))
      return new Refusal(scheme.refusals.forbidden, 'the token of the challenge does not match');
  }
  if (answer.kind === 'text')
    return {
      status: 200,
      body: await read(answer.steps),
      contentType: 'text/plain; charset=utf-8',
      headers: undefined,
    };
  const body: Record<string, unknown> = {};
  for (const { name, number, steps } of answer.members) {
    const text = await read(steps);
    setOwn(body, name, number ? Number(text) : text);
  }
  return { status: 200, body: JSON.stringify(body), contentType: 'application/json', headers: undefined };
}

/** Answers a challenge whose signature was right; undefined: the request is an event, and the handler's. */
function answerSigned(scheme: Challenging, call: Call): Challenged | Promise<Challenged> {
  const signed = call.signedBy(scheme.name);
  // A body that cannot be read is no challenge: what is wrong with it is told as of any other.
  return signed && answerOf(scheme, call, signed).catch(() => undefined);
}

/** Of the schemes that an operation takes, those that have a challenge. */
export const challengesOf = (operation: OperationDescriptor, api: ApiDescriptor): readonly Challenging[] =>
  signaturesOf(operation, api).filter((scheme): scheme is Challenging => scheme.challenge !== undefined);

/** What answers the challenges that come as events do. */
export function compileChallenge(
  operation: OperationDescriptor,
  api: ApiDescriptor,
): ((call: Call) => Challenged | Promise<Challenged>) | undefined {
  const scheme = challengesOf(operation, api).find(({ challenge }) => challenge.method === undefined);
  return scheme && ((call) => answerSigned(scheme, call));
}

/** Answers challenges that are not signed, with any of the credentials that the scheme is checked against. */
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
        const answered = await answerOf(scheme, call, { ...UNSIGNED, credentials });
        if (!(answered instanceof Refusal)) return answered;
        refused = answered;
      }
      return refused;
    });
}
