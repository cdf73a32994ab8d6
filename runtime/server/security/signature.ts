import type { SignatureScheme } from '../../contract/index.ts';
import { equalBytes, ownQueryNames, parseTimestamp, type Signer, sha256Hex } from '../../signing/index.ts';
import type { Call } from '../call.ts';
import { readCarrier, readCarriers } from '../carriers.ts';
import { ConfigurationError } from '../errors.ts';
import { Refusal } from '../refusal.ts';
import type { ReplayStore } from '../replay-store.ts';
import type { Credentials, SignatureCandidate, SignatureSource } from '../types.ts';
import type { SchemeCheck } from './check.ts';
import { type Environment, readEnvironment } from './environment.ts';
import { SignedRequest } from './signed-request.ts';

/** Seconds that a signature is remembered where no timestamp limits its life. */
const DAY = 86_400;

type Candidate = { readonly credentials: Credentials; readonly identity: unknown };

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
  const find = toFinder(scheme, source, environment);
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

  return async (call: Call) => {
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

    const found = find(presented, call);
    const candidates = found instanceof Promise ? await found : found;
    if (candidates === 'expired') return late;
    if (candidates === 'forbidden') return barred;
    call.looked = () => candidates.flatMap(({ credentials }) => secrets.map((name) => credentials[name] ?? ''));
    const matching = candidates.filter(({ credentials }) => travellingMatch(presented, credentials));
    if (matching.length === 0) return invalid;

    let remaining = DAY;
    if (timestamp) {
      const sent = parseTimestamp(time, timestamp.units);
      if (sent === undefined) return wrongTime;
      // A time in whole seconds is compared with a clock in whole seconds, as its sender means it.
      const now = sent % 1000 === 0 ? Math.floor(call.now / 1000) * 1000 : call.now;
      if (Math.abs(now - sent) > timestamp.tolerance * 1000) return wrongTime;
      remaining = Math.ceil((sent - call.now) / 1000) + timestamp.tolerance + 1;
    }

    let signed: Candidate | undefined;
    for (const candidate of matching) {
      const input = new SignedRequest(call, scheme, own, time, once, candidate.credentials);
      const message = signer.stringToSign(input);
      const right = signer.verify
        ? await signer.verify(message, signature, input)
        : equalBytes(signature, await signer.sign(message, input));
      if (right) signed ??= candidate;
    }
    if (!signed) return wrongSignature;

    if (replay !== 'none') {
      const parts = [provider, scheme.name, ...Object.values(presented), replay === 'nonce' ? once : signature];
      // Hashed: the store holds no credential, and its keys have one length.
      const used = replayStore.use(sha256Hex(JSON.stringify(parts)), remaining);
      if (!(used instanceof Promise ? await used : used)) return replayed;
    }
    return { identity: signed.identity };
  };
}

type Found = readonly Candidate[] | 'expired' | 'forbidden';
type Finder = (presented: Credentials, call: Call) => Found | Promise<Found>;

function toFinder(
  scheme: SignatureScheme,
  source: SignatureSource<never> | undefined,
  environment: Environment,
): Finder {
  const compileCandidate = candidateCompiler(scheme);
  if (typeof source === 'function') {
    return (presented, call) => {
      const judge = (found: Awaited<ReturnType<typeof source>>): Found =>
        typeof found === 'string' ? found : (found ?? []).map((candidate) => compileCandidate(candidate, presented));
      const found = source(presented, call as never);
      return found instanceof Promise ? found.then(judge) : judge(found);
    };
  }
  const given = source ?? readEnvironment(scheme, scheme.credentials, environment);
  const list: readonly Credentials[] = Array.isArray(given) ? given : [given as Credentials];
  if (list.length === 0) throw new ConfigurationError(`The option security.${scheme.name} holds no credentials`);
  for (const credentials of list) {
    const lacking = scheme.credentials.filter(({ name }) => !credentials[name]).map(({ name }) => name);
    if (lacking.length === 0) continue;
    throw new ConfigurationError(`The option security.${scheme.name} lacks ${lacking.join(' and ')}`);
  }
  const candidates = list.map((credentials) => compileCandidate(credentials, {}));
  return () => candidates;
}

/**
 * Fills in what travelled where a lookup left it out, since it was found by that. A secret is never taken from the
 * caller: whoever chose both secret and signature would always be right.
 */
function candidateCompiler(scheme: SignatureScheme) {
  const secrets = scheme.credentials.filter(({ secret }) => secret).map(({ name }) => name);
  const open = scheme.credentials.filter(({ secret }) => !secret).map(({ name }) => name);
  return (candidate: SignatureCandidate, presented: Credentials): Candidate => {
    const boxed = isBoxed(candidate) ? candidate : undefined;
    const given = boxed ? boxed.credentials : (candidate as Credentials);
    const lacking = secrets.filter((name) => !given[name]);
    if (lacking.length > 0) {
      throw new ConfigurationError(
        `The lookup of security.${scheme.name} returned credentials without ${lacking.join(' and ')}`,
      );
    }
    const credentials = { ...presented, ...given };
    const identity = boxed?.identity ?? Object.fromEntries(open.map((name) => [name, credentials[name]]));
    return { credentials, identity };
  };
}

function isBoxed(candidate: SignatureCandidate): candidate is Exclude<SignatureCandidate, Credentials> {
  return typeof candidate.credentials === 'object';
}

/** Compares everything, so that the time does not tell which one differs. */
function travellingMatch(presented: Credentials, expected: Credentials): boolean {
  let right = true;
  for (const name of Object.keys(presented)) right = equalBytes(presented[name] ?? '', expected[name] ?? '') && right;
  return right;
}
