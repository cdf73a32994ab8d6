import {
  type ApiDescriptor,
  type Carrier,
  credentialsIn,
  type OperationDescriptor,
  own,
  type SecuritySchemeDescriptor,
} from '../../contract/index.ts';
import type { Outgoing } from '../response.ts';

/** An authentication scheme and the space after it, as the value of `Authorization` begins (RFC 9110, section 11.4). */
const AUTH_SCHEME = /^([!#$%&'*+.^`|~\w-]+) +$/;

const BASIC = 'Basic realm="api", charset="UTF-8"';

/**
 * The challenge by which a 401 names a security scheme; undefined if HTTP has none: for a key in a header of its own, a
 * cookie, a signature or a certificate.
 *
 * @example 'Basic realm="api", charset="UTF-8"'
 */
export function schemeChallenge(scheme: SecuritySchemeDescriptor): string | undefined {
  if (scheme.kind === 'basic') return BASIC;
  if (scheme.kind === 'signature' || scheme.kind === 'mutualTLS') return undefined;
  const carriers: readonly Carrier[] =
    scheme.kind === 'session' ? scheme.carriers : (credentialsIn(scheme)[0]?.carriers ?? []);
  for (const { in: place, name, prefix } of carriers) {
    if (place !== 'header' || name.toLowerCase() !== 'authorization') continue;
    const [, given = ''] = AUTH_SCHEME.exec(prefix ?? '') ?? [];
    if (/^basic$/i.test(given)) return BASIC;
    if (given !== '') return /^bearer$/i.test(given) ? 'Bearer' : given;
  }
  return scheme.kind === 'bearer' ? 'Bearer' : undefined;
}

/** The challenges of all schemes that an operation accepts, each once, in their order. */
export function challengesIn({ security }: OperationDescriptor, { securitySchemes }: ApiDescriptor): readonly string[] {
  const found = security.flat().flatMap((name) => {
    const scheme = own(securitySchemes, name);
    return (scheme && schemeChallenge(scheme)) ?? [];
  });
  return [...new Set(found)];
}

const HEADER = 'www-authenticate';
const nameOf = (challenge: string): string => challenge.replace(/ .*/s, '').toLowerCase();

/**
 * RFC 9110, section 15.5.2: a 401 has at least one challenge. The caller may use any of the accepted schemes, so that
 * all of them follow the challenge of the scheme that rejected the caller.
 */
export function withChallenges(outgoing: Outgoing, challenges: readonly string[]): Outgoing {
  if (outgoing.status !== 401 || challenges.length === 0) return outgoing;
  const said = outgoing.headers?.[HEADER];
  const first = typeof said === 'string' ? [said] : [];
  const others = challenges.filter((challenge) => first.every((other) => nameOf(other) !== nameOf(challenge)));
  return { ...outgoing, headers: { ...outgoing.headers, [HEADER]: [...first, ...others].join(', ') } };
}
