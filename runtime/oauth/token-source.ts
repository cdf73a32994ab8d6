import { checkBrowser, misconfigured } from '../client/configuration.ts';
import { within } from '../client/deadline.ts';
import type { Token } from '../client/index.ts';
import { place } from '../client/place.ts';
import { errorContext } from '../client/run.ts';
import type { Context, Run, SignedRequest, TokenSource } from '../client/types.ts';
import { own } from '../contract/index.ts';
import { TokenFailure } from './failure.ts';
import { OAuthError } from './oauth-error.ts';
import { type OAuthScheme, schemeOf } from './settings.ts';
import { type SchemeTokens, tokensOf } from './tokens.ts';

/** Converts a failure of the shared token request to the error of one call. */
export function toCallError(run: Run, error: unknown): unknown {
  return error instanceof TokenFailure ? new OAuthError(error.failure, errorContext(run)) : error;
}

/** Adds OAuth tokens to requests, and decides whether one more attempt with another token is safe. */
export function createTokenSource(ctx: Context): TokenSource {
  const used = new Map<string, SchemeTokens>();
  /** Calls whose responses may contain a new nonce for proofs. */
  const waiting = new Map<Run, string>();
  /** The nonce in the last proof of a call, and whether the call was repeated for a different one. */
  const sent = new WeakMap<Run, { readonly nonce: string | undefined; isRepeated: boolean }>();

  const tokensFor = (scheme: OAuthScheme): SchemeTokens => {
    const known = used.get(scheme.name);
    if (known) return known;
    const tokens = tokensOf(ctx, scheme);
    const { clientSecret, privateKey } = tokens.issuer.options;
    if ((clientSecret || privateKey) && !ctx.options.dangerouslyAllowBrowser)
      checkBrowser(ctx.api, { ...scheme, kind: 'key' }, `${scheme.name} of the option oauth`, '');
    used.set(scheme.name, tokens);
    return tokens;
  };

  const keepNonces = (tokens: SchemeTokens): void => {
    for (const [run, url] of waiting) {
      const { response } = run.state;
      if (!response) continue;
      tokens.issuer.dpop?.keepNonce(url, response.headers);
      waiting.delete(run);
    }
  };

  const put = (
    run: Run,
    request: SignedRequest,
    { scheme, issuer }: SchemeTokens,
    token: Token,
  ): void | Promise<void> => {
    const { value, type = '' } = token;
    run.tokens.set(scheme.name, value);
    for (const secret of issuer.secrets) run.secrets.add(secret);
    run.secrets.add(value);
    const [carrier] = scheme.credential.carriers;
    const { dpop } = issuer;
    if (!dpop) return place(run, request, carrier, value);
    place(run, request, carrier && (/^dpop$/i.test(type) ? { ...carrier, prefix: 'DPoP ' } : carrier), value);
    if (run.dry) return;
    const nonce = dpop.nonceOf(request.url);
    return dpop.proof(run.state.method, request.url, issuer.now(), nonce, value).then((proof) => {
      request.headers.set('dpop', proof);
      waiting.set(run, request.url);
      sent.set(run, { nonce, isRepeated: sent.get(run)?.isRepeated ?? false });
    });
  };

  return {
    add(run, request, { name }, names) {
      const scheme = schemeOf(ctx, name);
      if (!scheme) throw misconfigured(ctx.api, `the security scheme ${name} does not use OAuth`);
      const tokens = tokensFor(scheme);
      keepNonces(tokens);
      const { security, scopes } = run.operation;
      const asked = own(scopes?.[security.indexOf(names)] ?? {}, name) ?? [];
      const rejected = run.rejected.get(name);
      const current = run.dry ? { value: '(token)', at: 0 } : tokens.current(asked, rejected);
      if (current) return put(run, request, tokens, current);
      // Each caller waits only within its own time limits. The token request continues for the others.
      return within(run, Infinity, () => tokens.renew(asked, rejected)).then(
        (token) => put(run, request, tokens, token),
        (error) => {
          throw toCallError(run, error);
        },
      );
    },

    rejected(run) {
      const { response } = run.state;
      if (response?.status !== 401) return false;
      const challenge = response.headers.get('www-authenticate') ?? '';
      const said = /\berror\s*=\s*"?(invalid_token|use_dpop_nonce)\b/i.exec(challenge)?.[1]?.toLowerCase();
      for (const [name, token] of said ? run.tokens : []) {
        const tokens = used.get(name);
        if (!tokens) continue;
        const { dpop } = tokens.issuer;
        const proof = sent.get(run);
        // The nonce is compared with that of this call, because another call may already have stored the new one.
        const isNew = dpop?.keepNonce(run.state.url, response.headers, proof?.nonce);
        if (said === 'use_dpop_nonce') {
          if (!isNew || !proof || proof.isRepeated) continue;
          proof.isRepeated = true;
          return true;
        } else if (!run.rejected.has(name)) {
          run.rejected.set(name, token);
          return true;
        }
      }
      return false;
    },
  };
}
