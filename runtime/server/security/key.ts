import type { BasicScheme, BearerScheme, Carrier, KeyScheme, SessionScheme } from '../../contract/index.ts';
import { equalBytes } from '../../signing/index.ts';
import { after } from '../after.ts';
import type { Call } from '../call.ts';
import { readCarriers, wrongCarrier } from '../carriers.ts';
import { ConfigurationError, typeNameOf } from '../errors.ts';
import { Refusal } from '../refusal.ts';
import type { CredentialLookup, CredentialSource } from '../types.ts';
import { schemeChallenge } from './authenticate.ts';
import type { Known, SchemeCheck } from './check.ts';
import { type Environment, readEnvironment } from './environment.ts';

type Scheme = KeyScheme | BearerScheme | BasicScheme | SessionScheme;

/** Compiles the check of a scheme whose credential is one text: a key, bearer token, `user:password` or session token. */
export function compileKeyCheck(
  scheme: Scheme,
  source: CredentialSource<never> | undefined,
  environment: Environment,
): SchemeCheck {
  const carriers = carriersOf(scheme);
  const label = carriers[0]?.name ?? scheme.name;
  const named = schemeChallenge(scheme);
  // It is sent only if the HTTP status is 401.
  const challenge = named === undefined ? undefined : { 'www-authenticate': named };
  const { missing, invalid, expired, forbidden } = scheme.refusals;
  const absent = new Refusal(missing, `${label} is missing`, challenge, 'nothing');
  const isOAuth = scheme.kind === 'bearer' && scheme.oauth !== undefined;
  const presentedWrong = isOAuth ? INVALID_TOKEN : challenge;
  const wrong = new Refusal(invalid, `${label} is invalid`, presentedWrong);
  const foreign = new Refusal(invalid, `${label} must begin with ${prefixesOf(carriers)}`, challenge, 'other');
  const malformed = new Refusal(invalid, `${label} is not base64 of user:password`, challenge);
  const late = new Refusal(expired, `${label} has expired`, presentedWrong);
  const barred = new Refusal(forbidden, `${label} is not allowed to do this`, isOAuth ? LACKS_SCOPE : undefined);
  const judge = (found: unknown): Known | Refusal => {
    if (found === null || found === undefined || found === false) return wrong;
    if (found === 'expired') return late;
    return found === 'forbidden' ? barred : { identity: found };
  };
  const lookup = toLookup(scheme, source, environment);

  return (call: Call) => {
    const text = readCarriers(call, carriers);
    if (text === undefined) return wrongCarrier(call, carriers) ? foreign : absent;
    const presented = scheme.kind === 'basic' ? decodeBasic(text) : text;
    if (presented === undefined) return malformed;
    return after(lookup(presented, call as never), judge);
  };
}

function carriersOf(scheme: Scheme): readonly Carrier[] {
  const carriers = scheme.kind === 'session' ? scheme.carriers : scheme.credential.carriers;
  if (scheme.kind !== 'bearer' && scheme.kind !== 'basic') return carriers;
  const prefix = scheme.kind === 'bearer' ? 'Bearer ' : 'Basic ';
  const [first, ...rest] = carriers.length > 0 ? carriers : [{ in: 'header', name: 'Authorization' } as const];
  return [first?.in === 'header' && first.prefix === undefined ? { ...first, prefix } : first, ...rest].filter(
    (carrier) => carrier !== undefined,
  );
}

const prefixesOf = (carriers: readonly Carrier[]): string =>
  carriers.flatMap(({ prefix }) => (prefix ? [JSON.stringify(prefix)] : [])).join(' or ');

function toLookup(
  scheme: Scheme,
  source: CredentialSource<never> | undefined,
  environment: Environment,
): CredentialLookup<never> {
  if (typeof source === 'function') return source;
  if (scheme.kind === 'session') {
    throw new ConfigurationError(
      `The security scheme ${scheme.name} requires a lookup: set the option security.${scheme.name} to a function that ` +
        'takes the token and returns its owner, null, or "expired"',
    );
  }
  const given = source ?? Object.values(readEnvironment(scheme, [scheme.credential], environment));
  const values: readonly unknown[] = Array.isArray(given) ? given : [given];
  if (!values.every((value): value is string => typeof value === 'string')) {
    const value = scheme.kind === 'basic' ? "'user:password'" : 'a string';
    throw new ConfigurationError(
      `The option security.${scheme.name} must be ${value}, a list of such strings or a function, received ` +
        typeNameOf(values.find((each) => typeof each !== 'string')),
    );
  }
  if (values.length === 0 || values.some((value) => value === '')) {
    throw new ConfigurationError(`The option security.${scheme.name} is empty`);
  }
  if (scheme.kind === 'basic' && !values.every((value) => value.includes(':')))
    throw new ConfigurationError(`The option security.${scheme.name} must be 'user:password': a value has no colon`);
  return (presented) => {
    // All keys are compared, so that the time does not reveal which one matched.
    let known = false;
    for (const value of values) known = equalBytes(presented, value) || known;
    return known ? true : null;
  };
}

function decodeBasic(text: string): string | undefined {
  try {
    const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
    const decoded = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return decoded.includes(':') ? decoded : undefined;
  } catch {
    return undefined;
  }
}

/** The challenge for an invalid token (RFC 6750, section 3.1). Clients then request another token. */
const INVALID_TOKEN = { 'www-authenticate': 'Bearer error="invalid_token"' };
const LACKS_SCOPE = { 'www-authenticate': 'Bearer error="insufficient_scope"' };
