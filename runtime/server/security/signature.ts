import { type SignatureScheme, setOwn } from '../../contract/index.ts';
import { equalBytes, ownQueryNames, parseTimestamp, type Signer, sha256Hex } from '../../signing/index.ts';
import { after, isPending } from '../after.ts';
import type { Call } from '../call.ts';
import { readCarrier, readCarriers } from '../carriers.ts';
import { Refusal } from '../refusal.ts';
import type { ReplayStore } from '../replay-store.ts';
import type { Credentials, SignatureSource } from '../types.ts';
import { type Candidate, compileFinder, type Found } from './candidates.ts';
import type { Known, Outcome, SchemeCheck } from './check.ts';
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
    if (signer.verify)
      return refusing(call, () => signer.verify?.(signer.stringToSign(input), sent.signature, input) ?? false);
    const message = signer.stringToSign(input);
    const expected = signer.sign(message, input);
    return isPending(expected)
      ? expected.then((text) => equalBytes(sent.signature, text))
      : equalBytes(sent.signature, expected);
  };

  /** What one signature was made for: itself, or the message where a receiver's `verify` takes it in many spellings. */
  const signedText = (call: Call, sent: Sent, { credentials }: Candidate): string => {
    if (!signer.verify) return sent.signature;
    return sha256Hex(signer.stringToSign(new SignedRequest(call, scheme, own, sent.time, sent.nonce, credentials)));
  };

  /**
   * A nonce alone is not enough: where it joins the timestamp without a separator, digits can wander from the one to the
   * other, and a captured signature would be good for another nonce.
   */
  const accept = (call: Call, sent: Sent, remaining: number, candidate: Candidate): Outcome => {
    const { identity } = candidate;
    if (replay === 'none') return { identity };
    const use = (once: string) => replayStore.use(keyOf(sent.presented, once), remaining);
    const useSignature = () => use(`signature ${signedText(call, sent, candidate)}`);
    // One after the other: of two copies at once, the one that is second at the nonce leaves the signature alone.
    const first = replay === 'nonce' ? after(use(sent.nonce), (unused) => unused && useSignature()) : useSignature();
    return after(first, (unused) => (unused ? { identity } : replayed));
  };

  const judge = (call: Call, sent: Sent, candidates: Found): Outcome => {
    if (candidates === 'expired') return late;
    if (candidates === 'forbidden') return barred;
    call.keepSecret(candidates);
    const matching = matchingOf(candidates, sent.presented);
    if (matching.length === 0) return invalid;
    const remaining = remainingOf(call, sent.time);
    if (remaining === undefined) return wrongTime;
    // All are tried, so that the time does not tell which one it was.
    let signed: Candidate | undefined;
    for (const [at, candidate] of matching.entries()) {
      const right = isRight(call, sent, candidate);
      if (isPending(right)) return judgeLater(call, sent, remaining, matching, at, right);
      if (right) signed ??= candidate;
    }
    return signed ? accept(call, sent, remaining, signed) : wrongSignature;
  };

  /** For signers that answer later; `first` is the answer of the candidate at `at`, which is under way. */
  const judgeLater = async (
    call: Call,
    sent: Sent,
    remaining: number,
    matching: readonly Candidate[],
    at: number,
    first: PromiseLike<boolean>,
  ): Promise<Known | Refusal> => {
    const rights = await Promise.all(
      matching.map((candidate, i) => (i === at ? first : isRight(call, sent, candidate))),
    );
    const signed = matching[rights.indexOf(true)];
    return signed ? accept(call, sent, remaining, signed) : wrongSignature;
  };

  return (call: Call) => {
    const presented: Record<string, string> = {};
    for (const { name, carriers } of travelling) {
      const value = readCarriers(call, carriers);
      if (value === undefined) return missing;
      setOwn(presented, name, value);
    }
    const time = timestamp ? readCarrier(call, timestamp) : '';
    const once = nonce ? readCarrier(call, nonce) : '';
    const signature = readCarrier(call, scheme.signature);
    if (time === undefined || once === undefined || signature === undefined) return missing;
    const sent: Sent = { presented, time, nonce: once, signature };
    const found = find(presented, call);
    return isPending(found) ? found.then((candidates) => judge(call, sent, candidates)) : judge(call, sent, found);
  };
}

/** The caller chose what `verify` reads: one that throws or rejects has found no signature. The log says why. */
function refusing(call: Call, verify: () => boolean | PromiseLike<boolean>): boolean | PromiseLike<boolean> {
  const refuse = (error: unknown): false => {
    call.logger.warn?.({ error }, 'verify threw: the signature counts as wrong');
    return false;
  };
  try {
    const right = verify();
    return isPending(right) ? right.then((known) => known === true, refuse) : right === true;
  } catch (error) {
    return refuse(error);
  }
}

/** What a scheme's carriers held. */
type Sent = {
  readonly presented: Credentials;
  readonly time: string;
  readonly nonce: string;
  readonly signature: string;
};

/** Those that have what travelled. Everything is compared, so that the time does not tell what differs. */
function matchingOf(candidates: readonly Candidate[], presented: Credentials): readonly Candidate[] {
  const [only] = candidates;
  if (candidates.length === 1 && only) return travellingMatch(presented, only.credentials) ? candidates : [];
  return candidates.filter(({ credentials }) => travellingMatch(presented, credentials));
}

function travellingMatch(presented: Credentials, expected: Credentials): boolean {
  let right = true;
  for (const name in presented) right = equalBytes(presented[name] ?? '', expected[name] ?? '') && right;
  return right;
}
