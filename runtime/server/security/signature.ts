import type { SignatureScheme } from '../../contract/index.ts';
import { equalBytes, ownQueryNames, parseTimestamp, type Signer } from '../../signing/index.ts';
import { after, isPending } from '../after.ts';
import type { Call } from '../call.ts';
import { readCarrier, readCarriers } from '../carriers.ts';
import { Refusal } from '../refusal.ts';
import type { ReplayStore } from '../replay-store.ts';
import type { Credentials, SignatureSource } from '../types.ts';
import { type Candidate, compileFinder, type Found } from './candidates.ts';
import type { Outcome, SchemeCheck } from './check.ts';
import type { Environment } from './environment.ts';
import { compileReplayKey } from './replay-key.ts';
import { SignedRequest } from './signed-request.ts';

/** Seconds that a signature is remembered where no timestamp limits its life. */
const DAY = 86_400;

export type SignatureCheckOptions = {
  readonly provider: string;
  readonly scheme: SignatureScheme;
  readonly signer: Signer;
  readonly source: SignatureSource<never> | undefined;
  readonly environment: Environment;
  readonly replayStore: ReplayStore;
};

/** Missing, invalid, timestamp, signature, replay: in this order, each with its code. */
export function compileSignatureCheck(options: SignatureCheckOptions): SchemeCheck {
  const { provider, scheme, signer, source, environment, replayStore } = options;
  const { timestamp, nonce, refusals, replay } = scheme;
  const travelling = scheme.credentials.filter(({ carriers }) => carriers.length > 0);
  const secrets = scheme.credentials.filter(({ secret }) => secret).map(({ name }) => name);
  const own = ownQueryNames(scheme);
  const keyOf = compileReplayKey(provider, scheme);
  const find = compileFinder(scheme, source, environment);
  const names = [
    ...travelling.flatMap(({ carriers }) => carriers[0]?.name ?? []),
    timestamp?.name,
    nonce?.name,
    scheme.signature.name,
  ];
  const missing = new Refusal(
    refusals.missing,
    `missing: ${names.filter((name) => name !== undefined).join(', ')} are required`,
    undefined,
    true,
  );
  const invalid = new Refusal(refusals.invalid, 'credentials are invalid');
  const late = new Refusal(refusals.expired, 'credentials have expired');
  const barred = new Refusal(refusals.forbidden, 'credentials are not allowed to do this');
  const wrongTime = new Refusal(
    refusals.timestamp,
    `timestamp is unreadable or not within ${timestamp?.tolerance} s of the server's clock`,
  );
  const wrongSignature = new Refusal(refusals.signature, 'signature is wrong');
  const replayed = new Refusal(refusals.replay, `${replay} was used before`);

  /** The seconds for which the signature stays good; undefined: the time is not within the tolerance. */
  const remainingOf = (call: Call, time: string): number | undefined => {
    if (!timestamp) return DAY;
    const sent = parseTimestamp(time, timestamp.units);
    if (sent === undefined) return undefined;
    // A time in whole seconds is compared with a clock in whole seconds, as its sender means it.
    const now = sent % 1000 === 0 ? Math.floor(call.now / 1000) * 1000 : call.now;
    if (Math.abs(now - sent) > timestamp.tolerance * 1000) return undefined;
    return Math.ceil((sent - call.now) / 1000) + timestamp.tolerance + 1;
  };

  const isRight = (call: Call, sent: Sent, { credentials }: Candidate): boolean | PromiseLike<boolean> => {
    const input = new SignedRequest(call, scheme, own, sent.time, sent.nonce, credentials);
    const message = signer.stringToSign(input);
    if (signer.verify) return signer.verify(message, sent.signature, input);
    return after(signer.sign(message, input), (expected) => equalBytes(sent.signature, expected));
  };

  const accept = (sent: Sent, remaining: number, { identity }: Candidate): Outcome => {
    if (replay === 'none') return { identity };
    const used = replayStore.use(keyOf(sent.presented, replay === 'nonce' ? sent.nonce : sent.signature), remaining);
    return after(used, (first) => (first ? { identity } : replayed));
  };

  const judge = (call: Call, sent: Sent, candidates: Found): Outcome => {
    if (candidates === 'expired') return late;
    if (candidates === 'forbidden') return barred;
    call.looked = () => candidates.flatMap(({ credentials }) => secrets.map((name) => credentials[name] ?? ''));
    const matching = candidates.filter(({ credentials }) => travellingMatch(sent.presented, credentials));
    if (matching.length === 0) return invalid;
    const remaining = remainingOf(call, sent.time);
    if (remaining === undefined) return wrongTime;
    const verdicts = matching.map((candidate) => isRight(call, sent, candidate));
    const settled = verdicts.some(isPending) ? Promise.all(verdicts) : (verdicts as boolean[]);
    return after(settled, (rights) => {
      const signed = matching[rights.indexOf(true)];
      return signed ? accept(sent, remaining, signed) : wrongSignature;
    });
  };

  return (call: Call) => {
    const presented: Record<string, string> = {};
    for (const { name, carriers } of travelling) {
      const value = readCarriers(call, carriers);
      if (value === undefined) return missing;
      presented[name] = value;
    }
    const time = timestamp ? readCarrier(call, timestamp) : '';
    const once = nonce ? readCarrier(call, nonce) : '';
    const signature = readCarrier(call, scheme.signature);
    if (time === undefined || once === undefined || signature === undefined) return missing;
    const sent: Sent = { presented, time, nonce: once, signature };
    return after(find(presented, call), (candidates) => judge(call, sent, candidates));
  };
}

/** What a scheme's carriers held. */
type Sent = {
  readonly presented: Credentials;
  readonly time: string;
  readonly nonce: string;
  readonly signature: string;
};

/** Compares everything, so that the time does not tell which one differs. */
function travellingMatch(presented: Credentials, expected: Credentials): boolean {
  let right = true;
  for (const name of Object.keys(presented)) right = equalBytes(presented[name] ?? '', expected[name] ?? '') && right;
  return right;
}
