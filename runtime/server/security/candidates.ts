import type { SignatureScheme } from '../../contract/index.ts';
import { after } from '../after.ts';
import type { Call } from '../call.ts';
import { ConfigurationError, typeNameOf } from '../errors.ts';
import type { Credentials, SignatureCandidate, SignatureSource } from '../types.ts';
import { type Environment, readEnvironment } from './environment.ts';

/** A set of credentials that may have signed a request, and the identity of its owner. */
export type Candidate = {
  readonly credentials: Credentials;
  readonly identity: unknown;
  /** Values that logs must not contain. */
  readonly secrets: readonly string[];
};

/** The credentials that may have signed a request, or the reason why there are none. */
export type Found = readonly Candidate[] | 'expired' | 'forbidden';
/** Looks up the credentials that may have signed a request. */
export type Finder = (presented: Credentials, call: Call) => Found | PromiseLike<Found>;

/** Creates the lookup of a call's candidates, from configured credentials, a function or the environment. */
export function compileFinder(
  scheme: SignatureScheme,
  source: SignatureSource<never> | undefined,
  environment: Environment,
): Finder {
  const compileCandidate = candidateCompiler(scheme);
  if (typeof source === 'function') {
    return (presented, call) => {
      const judge = (found: Awaited<ReturnType<typeof source>>): Found =>
        typeof found === 'string' ? found : (found ?? []).map((candidate) => compileCandidate(candidate, presented));
      return after(source(presented, call as never), judge);
    };
  }
  const given = source ?? readEnvironment(scheme, scheme.credentials, environment);
  const list: readonly Credentials[] = Array.isArray(given) ? given : [given as Credentials];
  if (list.length === 0)
    throw new ConfigurationError(`The option security.${scheme.name} does not contain credentials`);
  for (const credentials of list as readonly unknown[]) {
    if (typeof credentials === 'object' && credentials !== null && !Array.isArray(credentials)) continue;
    throw new ConfigurationError(
      `The option security.${scheme.name} must be an object with ${nameList(scheme)}, a list of such objects or a ` +
        `function, received ${typeNameOf(credentials)}`,
    );
  }
  for (const credentials of list) {
    const lacking = scheme.credentials
      .filter(({ name, optional }) => !optional && !credentials[name])
      .map(({ name }) => name);
    if (lacking.length === 0) continue;
    throw new ConfigurationError(`The option security.${scheme.name} requires ${lacking.join(' and ')}`);
  }
  const candidates = list.map((credentials) => compileCandidate(credentials, {}));
  return () => candidates;
}

const nameList = ({ credentials }: SignatureScheme): string => credentials.map(({ name }) => name).join(' and ');

/**
 * Adds received values that a lookup omitted because they were its input. A secret is never taken from the caller,
 * because a caller who chooses both secret and signature would always be accepted.
 */
function candidateCompiler(scheme: SignatureScheme) {
  const secrets = scheme.credentials.filter(({ secret, optional }) => secret && !optional).map(({ name }) => name);
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
    return { credentials, identity, secrets: secrets.map((name) => given[name] ?? '') };
  };
}

function isBoxed(candidate: SignatureCandidate): candidate is Exclude<SignatureCandidate, Credentials> {
  return typeof candidate.credentials === 'object';
}
