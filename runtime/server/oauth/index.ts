/** Access tokens on servers: checked by keys of their issuer, or by asking it. */

import type { CompileAccessTokens, TokenClaims } from '../access-tokens.ts';
import { boundTo } from './binding.ts';
import { createIntrospection } from './introspection.ts';
import { createJwtCheck } from './jwt.ts';
import { createMetadataReader } from './metadata.ts';

const textOf = (value: unknown): readonly string[] =>
  typeof value === 'string'
    ? value.split(' ')
    : Array.isArray(value)
      ? value.filter((each) => typeof each === 'string')
      : [];

/** RFC 9068 writes `scope`; Microsoft and Okta write `scp`. */
const scopesIn = ({ scope, scp }: TokenClaims): readonly string[] =>
  [...textOf(scope), ...textOf(scp)].filter((each) => each !== '');

/** Checks of access tokens, by `jose`. Generated servers pass it where their contract has OAuth. */
export const accessTokens: CompileAccessTokens = (oauth, tokens) => {
  const { scopesOf = scopesIn, clockTolerance = 30 } = tokens;
  const metadata = createMetadataReader(oauth, tokens);
  const check = 'introspection' in tokens ? createIntrospection(tokens, metadata) : createJwtCheck(tokens, metadata);
  return async (presented) => {
    const verdict = await check(presented, clockTolerance);
    if ('problem' in verdict) return verdict;
    const { claims } = verdict;
    const reason = await boundTo(claims, presented, clockTolerance);
    return reason === undefined ? { claims, scopes: scopesOf(claims) } : { problem: 'invalid', reason };
  };
};
