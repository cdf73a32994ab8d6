import type { RecipeClaim, RecipeDescriptor } from '../../contract/index.ts';
import { toBase64Url } from '../base64url.ts';
import { fromBase64, toBytes } from '../bytes.ts';
import { readToken, type Token } from '../carriers.ts';
import { equalBytes } from '../equal.ts';
import { all, chain, type Later } from './later.ts';
import type { RecipeRequest } from './request.ts';
import { run } from './steps.ts';

type Jwt = NonNullable<RecipeDescriptor['jwt']>;

const claimsOf = (
  claims: readonly RecipeClaim[],
  request: RecipeRequest,
): Later<readonly (readonly [string, unknown])[]> =>
  all(
    claims.map((claim) =>
      'list' in claim
        ? chain(
            all(claim.list.map((steps) => run(steps, request))),
            (texts) => [claim.name, texts.map(String)] as const,
          )
        : chain(run(claim.steps, request), (text) => [claim.name, claim.number ? Number(text) : String(text)] as const),
    ),
  );

/** The first two parts of a token (RFC 7515, section 7.1), which are signed. */
export function tokenMessage({ alg, header, claims }: Jwt, request: RecipeRequest): Later<string> {
  return chain(claimsOf(header, request), (head) =>
    chain(claimsOf(claims, request), (body) =>
      [Object.fromEntries([['alg', alg], ['typ', 'JWT'], ...head]), Object.fromEntries(body)]
        .map((part) => toBase64Url(toBytes(JSON.stringify(part))))
        .join('.'),
    ),
  );
}

/** Whether a claim has the expected value. Lists are equal if they have the same texts in the same order. */
const isSaid = (said: unknown, wanted: unknown): boolean =>
  Array.isArray(wanted)
    ? Array.isArray(said) && said.length === wanted.length && wanted.every((text, index) => said[index] === text)
    : equalBytes(String(said ?? ''), String(wanted));

/** Allowed clock skew in seconds for the expiry of a token. */
const LEEWAY = 60;

/**
 * Checks that a token is for this request: its algorithm is that of the recipe, and each claim matches the request.
 * Returns the token, or the name of the wrong part.
 */
export async function readRightToken(
  { alg, header, claims }: Jwt,
  text: string,
  request: RecipeRequest,
): Promise<(Token & { readonly bytes: Uint8Array }) | string> {
  const token = readToken(text);
  if (!token) return 'token';
  // The algorithm of the recipe is used, never the one that the token names.
  if (token.header['alg'] !== alg) return 'alg';
  if (token.header['crit'] !== undefined) return 'crit';
  const now = request.input.now / 1000;
  const { exp, nbf } = token.claims;
  if (exp !== undefined && !(typeof exp === 'number' && exp + LEEWAY > now)) return 'exp';
  if (nbf !== undefined && !(typeof nbf === 'number' && nbf - LEEWAY <= now)) return 'nbf';
  for (const [said, wanted] of [
    [token.header, await claimsOf(header, request)],
    [token.claims, await claimsOf(claims, request)],
  ] as const) {
    for (const [name, value] of wanted) {
      if (name === 'exp') {
        if (exp === undefined) return name;
      } else if (!isSaid(said[name], value)) return name;
    }
  }
  return { ...token, bytes: fromBase64(token.signature) };
}
