/** Verifies access tokens on servers, with the keys of their issuer or by a request to the issuer. */

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

/** The scopes of a token. RFC 9068 uses `scope`; Microsoft and Okta use `scp`. */
const scopesIn = ({ scope, scp }: TokenClaims): readonly string[] =>
  [...textOf(scope), ...textOf(scp)].filter((each) => each !== '');

/** Verifies access tokens with `jose`. Generated servers pass this function if their contract has OAuth. */
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
