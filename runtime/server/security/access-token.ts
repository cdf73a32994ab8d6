import type { BearerScheme, OAuthDescriptor } from '../../contract/index.ts';
import type { AccessTokens, CompileAccessTokens } from '../access-tokens.ts';
import type { Call } from '../call.ts';
import { readCarrier } from '../carriers.ts';
import { Refusal } from '../refusal.ts';
import type { Known, SchemeCheck } from './check.ts';
import type { Environment } from './environment.ts';

/** A scheme whose tokens an authorization server issues. */
export type OAuthScheme = BearerScheme & { readonly oauth: OAuthDescriptor };

/**
 * The option of a scheme with access tokens, or the settings in the environment. Undefined if the tokens of the scheme
 * are not verified by an authorization server.
 */
export function accessTokensOf(
  scheme: OAuthScheme,
  source: unknown,
  environment: Environment,
): AccessTokens | undefined {
  if (typeof source === 'object' && source !== null && !Array.isArray(source)) return source as AccessTokens;
  const { env } = scheme.credential;
  const audience = environment[`${env}_AUDIENCE`];
  const issuer = environment[`${env}_ISSUER`];
  if (source !== undefined || !audience) return undefined;
  return { audience, ...(issuer && { issuer }) };
}

/** A quoted string with the characters that RFC 6750 allows. */
const quoted = (text: string): string => `"${text.replace(/[^\x20-\x21\x23-\x5b\x5d-\x7e]/g, ' ')}"`;

/** A challenge of RFC 6750, section 3, or of RFC 9449, section 7.1. */
function challenge(kind: 'Bearer' | 'DPoP', parts: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const list = Object.entries(parts).map(([name, text]) => `${name}=${quoted(text)}`);
  return { 'www-authenticate': [kind, list.join(', ')].filter(Boolean).join(' ') };
}

/** Compiles the check of tokens of an authorization server: issuer, audience, lifetime and scopes. */
export function compileAccessTokenCheck(
  scheme: OAuthScheme,
  tokens: AccessTokens,
  compile: CompileAccessTokens,
): SchemeCheck {
  const verify = compile(scheme.oauth, tokens);
  const { missing, invalid, expired, forbidden } = scheme.refusals;
  const absent = new Refusal(missing, 'Authorization is missing', challenge('Bearer', {}), 'nothing');
  const message = 'Authorization must be "Bearer" or "DPoP", a space and a token';
  const foreign = new Refusal(invalid, message, challenge('Bearer', {}), 'other');
  return async (call: Call): Promise<Known | Refusal> => {
    const text = readCarrier(call, { in: 'header', name: 'Authorization' });
    const [, kind = '', token = ''] = /^(Bearer|DPoP) +(\S+)$/i.exec(text ?? '') ?? [];
    if (token === '') return text ? foreign : absent;
    const isDpop = kind.toLowerCase() === 'dpop';
    const name = isDpop ? 'DPoP' : 'Bearer';
    const { scopes: needed } = call;
    const raw = call.connection.certificate?.['raw'];
    const verdict = await verify({
      token,
      isDpop,
      method: call.method,
      url: call.publicUrl,
      headers: call.headers,
      now: call.now,
      certificate: raw instanceof Uint8Array ? raw : undefined,
    });
    if ('problem' in verdict) {
      const { problem, reason } = verdict;
      const code = problem === 'expired' ? expired : invalid;
      return new Refusal(code, reason, challenge(name, { error: 'invalid_token', error_description: reason }));
    }
    const lacking = needed.filter((scope) => !verdict.scopes.includes(scope));
    if (lacking.length === 0) return { identity: verdict.claims };
    const message = `the token lacks the scope ${lacking.join(' and ')}`;
    return new Refusal(forbidden, message, challenge(name, { error: 'insufficient_scope', scope: needed.join(' ') }));
  };
}
