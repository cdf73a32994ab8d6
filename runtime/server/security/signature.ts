import { type Carrier, type Code, type SignatureScheme, setOwn } from '../../contract/index.ts';
import {
  type AnySigner,
  type CarrierSource,
  equalBytes,
  ownQueryNames,
  readCarrierValues,
  readFirstValue,
  readTime,
  relabelled,
  sha256Hex,
} from '../../signing/index.ts';
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
import { settled } from './settled.ts';
import { type SentValues, SignedRequest } from './signed-request.ts';
import { compileNonceUse } from './use-nonce.ts';

type Message = string | Uint8Array;

/** Seconds for which a signature is remembered if no timestamp limits its lifetime. */
const DAY = 86_400;

/** The input from which the check of one signature scheme is compiled. */
export type SignatureCheckOptions = {
  readonly provider: string;
  readonly scheme: SignatureScheme;
  readonly signer: AnySigner;
  readonly source: SignatureSource<never> | undefined;
  readonly environment: Environment;
  readonly replayStore: ReplayStore;
};

/** Seconds for which the id of a delivery is remembered. Senders repeat a delivery for days. */
const DELIVERY = 3 * DAY;

/** Maximum number of signatures of one request that are checked. */
const MOST_SIGNATURES = 16;

/**
 * Compiles the check of a signature scheme. It rejects missing values, invalid values, the timestamp, the signature and
 * a replay, in this order, each with its code.
 */
export function compileSignatureCheck(options: SignatureCheckOptions): SchemeCheck {
  const { provider, scheme, signer, source, environment, replayStore } = options;
  const { refusals, replay } = scheme;
  const own = ownQueryNames(scheme);
  const keyOf = compileReplayKey(provider, scheme);
  const find = compileFinder(scheme, source, environment);
  const readSent = compileReader(scheme);
  const remainingOf = compileClock(scheme);
  const invalid = new Refusal(refusals.invalid, 'credentials are invalid');
  const late = new Refusal(refusals.expired, 'credentials have expired');
  const barred = new Refusal(refusals.forbidden, 'credentials are not allowed to do this');
  const wrongTime = new Refusal(
    refusals.timestamp,
    `timestamp is invalid or not within ${scheme.timestamp?.tolerance} s of the server's clock`,
  );
  const wrongSignature = new Refusal(refusals.signature, 'signature does not match');
  const isCounter = replay === 'nonce' && scheme.nonce?.form === 'counter';
  const replayed = new Refusal(
    refusals.replay,
    `${replay} was already used${isCounter ? ', or is not larger than the last one' : ''}`,
  );
  const useNonce = replay === 'nonce' ? compileNonceUse(scheme, replayStore, keyOf) : undefined;

  const credentialsIn = ({ absent }: Sent, credentials: Credentials): Credentials =>
    absent ? { ...credentials, ...absent } : credentials;

  const { verify } = signer;

  // The functions of a check take what they need as parameters: a closure per request takes as long as a step.
  const isRight = (call: Call, sent: Sent, { credentials }: Candidate): boolean | PromiseLike<boolean> => {
    const input = new SignedRequest(call, scheme, own, sent, credentialsIn(sent, credentials));
    try {
      const message = signer.stringToSign(input);
      const right = isPending(message)
        ? message.then((settled) => judgeMessage(sent, credentials, input, settled))
        : judgeMessage(sent, credentials, input, message);
      return isPending(right)
        ? settled(right).then(
            (known) => known === true,
            (error) => refuse(call, error),
          )
        : right === true;
    } catch (error) {
      return refuse(call, error);
    }
  };

  const judgeMessage = (
    sent: Sent,
    credentials: Credentials,
    input: SignedRequest,
    message: Message,
  ): boolean | PromiseLike<boolean> => {
    const { signatures } = sent;
    sent.signed = { by: credentials, message };
    if (verify) {
      if (signatures.length === 1) return verify(message, signatures[0] ?? '', input);
      return Promise.all(signatures.map((one) => verify(message, one, input))).then((all) => all.includes(true));
    }
    const expected = signer.sign(message, input);
    return isPending(expected)
      ? expected.then((settled) => compare(signatures, settled))
      : compare(signatures, expected);
  };

  /**
   * Whether the scheme sends only one signature. From a list, the sender of a replay could remove the stored signature.
   */
  const isSingle = scheme.signature.list === undefined && scheme.signature.part === undefined;
  const textOf = signer.verify ? signer.normalize : (signature: string): string => signature;

  /**
   * The text that identifies a signature: the signature itself, or the message if several signatures of it may be
   * valid.
   */
  const signedText = (call: Call, sent: Sent, { credentials }: Candidate): string | PromiseLike<string> => {
    if (isSingle && textOf) return textOf(sent.signatures[0] ?? '');
    if (sent.signed?.by === credentials) return sha256Hex(sent.signed.message);
    const input = new SignedRequest(call, scheme, own, sent, credentialsIn(sent, credentials));
    return after(signer.stringToSign(input), sha256Hex);
  };

  /**
   * A nonce alone is not enough. If the signed text joins it to the timestamp without a separator, digits can move
   * between the two, and a captured signature would match another nonce.
   */
  const accept = (call: Call, sent: Sent, remaining: number, candidate: Candidate): Outcome => {
    const { identity } = candidate;
    if (scheme.challenge || scheme.responses)
      call.keepSigned(scheme.name, { ...sent, credentials: candidate.credentials });
    if (replay === 'none') return { identity };
    if (replay === 'id') return { identity, delivery: { key: keyOf(sent.presented, sent.id), ttl: DELIVERY } };
    if (!useNonce) return useSignature(call, sent, remaining, candidate);
    const unused = useNonce(sent.presented, sent.nonce, remaining);
    // The checks run in sequence: if two copies arrive at once, the copy that fails at the nonce does not use up the
    // signature.
    if (!isPending(unused)) return unused ? useSignature(call, sent, remaining, candidate) : replayed;
    return unused.then((isNew) => (isNew ? useSignature(call, sent, remaining, candidate) : replayed));
  };

  const useSignature = (call: Call, sent: Sent, remaining: number, candidate: Candidate): Outcome => {
    const text = signedText(call, sent, candidate);
    return isPending(text)
      ? text.then((known) => useText(sent, remaining, candidate, known))
      : useText(sent, remaining, candidate, text);
  };

  const useText = (sent: Sent, remaining: number, { identity }: Candidate, text: string): Outcome => {
    const unused = replayStore.use(keyOf(sent.presented, `signature ${text}`), remaining);
    if (!isPending(unused)) return unused ? { identity } : replayed;
    return unused.then((isNew) => (isNew ? { identity } : replayed));
  };

  const judge = (call: Call, sent: Sent, candidates: Found): Outcome => {
    if (candidates === 'expired') return late;
    if (candidates === 'forbidden') return barred;
    call.keepSecret(candidates);
    const matching = matchingOf(candidates, sent.presented);
    if (matching.length === 0) return invalid;
    const remaining = remainingOf(call, sent);
    if (remaining === undefined) return wrongTime;
    // All are checked, so that the time does not reveal which one matched.
    let signed: Candidate | undefined;
    for (let at = 0; at < matching.length; at += 1) {
      const candidate = matching[at] as Candidate;
      const right = isRight(call, sent, candidate);
      if (isPending(right)) return judgeLater(call, sent, remaining, matching, at, right);
      if (right) signed ??= candidate;
    }
    return signed ? accept(call, sent, remaining, signed) : wrongSignature;
  };

  /** Evaluates the results of asynchronous signers. `first` is the pending result of the candidate at `at`. */
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
    const sent = readSent(call);
    if (sent instanceof Refusal) return sent;
    const found = find(sent.presented, call);
    return isPending(found) ? found.then((candidates) => judge(call, sent, candidates)) : judge(call, sent, found);
  };
}

/**
 * Compiles the check of the timestamp. It returns the seconds for which the signature stays valid, or undefined if the
 * timestamp is outside the tolerance.
 */
function compileClock({ timestamp }: SignatureScheme): (call: Call, sent: Sent) => number | undefined {
  if (!timestamp) return () => DAY;
  const { window, tolerance: usual } = timestamp;
  return (call, { timestamp: time }) => {
    const sent = readTime(timestamp, time);
    if (sent === undefined) return undefined;
    const stated = window ? Number(readCarrier(call, window)) / (window.unit === 'ms' ? 1000 : 1) : Number.NaN;
    const tolerance = stated >= 0 ? Math.min(stated, window?.max ?? usual) : usual;
    // A timestamp in whole seconds is compared with a clock in whole seconds, as its sender intends.
    const now = sent % 1000 === 0 ? Math.floor(call.now / 1000) * 1000 : call.now;
    if (Math.abs(now - sent) > tolerance * 1000) return undefined;
    return Math.ceil((sent - call.now) / 1000) + tolerance + 1;
  };
}

/**
 * Compiles the reader of a scheme's carriers. It returns their values, or reports which one is missing or has the wrong
 * prefix.
 */
function compileReader(scheme: SignatureScheme): (call: Call) => Sent | Refusal {
  const { timestamp, nonce, id, packed, refusals } = scheme;
  const travelling = scheme.credentials.filter(({ carriers }) => carriers.length > 0);
  const required = travelling.flatMap(({ optional, carriers }) => (optional ? [] : (carriers[0] ?? [])));
  const names = [...required, timestamp, nonce, id, scheme.signature].flatMap((carrier) => carrier?.name ?? []);
  const missing = new Refusal(
    refusals.missing,
    `missing: ${[...new Set(names)].join(', ')} are required`,
    undefined,
    'nothing',
  );
  // A request with a signature but without the values that it needs is not anonymous.
  const partial = new Refusal(missing.code, missing.message, undefined, 'other');
  const wrongForm = (code: Code, { in: place, name, prefix = '' }: Carrier): Refusal =>
    new Refusal(code, `${place} ${name} does not begin with ${JSON.stringify(prefix)}`);

  const readOne = (call: CarrierSource, carrier: Carrier | undefined): string | Refusal | undefined => {
    if (!carrier) return '';
    const value = readFirstValue(call, carrier);
    return value === null ? wrongForm(refusals.signature, carrier) : value;
  };

  return (request) => {
    const call = relabelled(request, scheme);
    const signatures = readCarrierValues(call, scheme.signature);
    const lacking = signatures === 'absent' ? missing : partial;
    const presented: Record<string, string> = {};
    let absent: Record<string, string> | undefined;
    for (const { name, carriers, optional } of travelling) {
      const value = readCarriers(call, carriers);
      const [first] = carriers;
      if (value !== undefined) setOwn(presented, name, value);
      else if (first && readCarrierValues(call, first) === 'wrong') return wrongForm(refusals.invalid, first);
      else if (!optional) return lacking;
      else {
        absent ??= {};
        setOwn(absent, name, '');
      }
    }
    const time = readOne(call, timestamp);
    const once = readOne(call, nonce);
    const delivery = readOne(call, id);
    if (typeof time !== 'string' || typeof once !== 'string' || typeof delivery !== 'string' || signatures === 'absent')
      return [time, once, delivery].find((value) => value instanceof Refusal) ?? lacking;
    if (signatures === 'wrong') return wrongForm(refusals.signature, scheme.signature);
    const header = packed ? (call.header(packed.name) ?? '').slice(packed.prefix.length) : '';
    return {
      presented,
      absent,
      timestamp: time,
      nonce: once,
      id: delivery,
      packed: header,
      signatures: signatures.length > MOST_SIGNATURES ? signatures.slice(0, MOST_SIGNATURES) : signatures,
    };
  };
}

/** The values of a scheme's carriers. */
type Sent = SentValues & {
  readonly presented: Credentials;
  /** The missing optional credentials of the request, as empty strings. Undefined if none is missing. */
  readonly absent: Credentials | undefined;
  /** The last compared message, and the credentials for which it was created. */
  signed?: { readonly by: Credentials; readonly message: string | Uint8Array };
  /** The received signatures. A scheme that sends a list may have several, and any of them may match. */
  readonly signatures: readonly string[];
};

/**
 * Whether one of the signatures is the expected one. All are compared, so that the time does not reveal which one
 * matched.
 */
function compare(signatures: readonly string[], expected: string): boolean {
  if (signatures.length === 1) return equalBytes(signatures[0] ?? '', expected);
  return signatures.map((one) => equalBytes(one, expected)).includes(true);
}

/**
 * The caller controls the input of a signer. If it throws, rejects or never settles, the signature does not match. The log
 * has the reason.
 */
function refuse(call: Call, error: unknown): false {
  call.logger.warn?.({ error }, 'The signer failed, so the signature was rejected');
  return false;
}

/** The candidates that match the sent values. All are compared, so that the time does not reveal what differs. */
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
