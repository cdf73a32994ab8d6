import type { Context } from '../client/types.ts';
import { makeNonce } from '../signing/index.ts';
import { keyOf, type TokenRequest } from './authenticate.ts';
import { signToken } from './jwt.ts';
import { type AnyOptions, readOption } from './settings.ts';

/** Default lifetime of an assertion in seconds. */
const LIFETIME = 300;

/** Writes the parameters of a grant without user interaction. Returns false if a user must log in. */
export async function writeGrant(
  ctx: Context,
  options: AnyOptions,
  scope: string,
  { url, form, secrets, now }: TokenRequest,
): Promise<boolean> {
  switch (options.grant) {
    case 'password': {
      const password = await readOption(ctx, options.password, 'password');
      secrets.add(password);
      form.set('grant_type', 'password');
      form.set('username', options.username ?? '');
      form.set('password', password);
      return true;
    }
    case 'refreshToken': {
      const token = await readOption(ctx, options.refreshToken, 'refreshToken');
      writeRefresh(token, { form, secrets });
      return true;
    }
    case 'jwtBearer': {
      const { assertionIssuer, subject = assertionIssuer, lifetime = LIFETIME, claims } = options;
      const iat = Math.floor(now / 1000);
      const assertion = await signToken(await keyOf(ctx, options), {
        iss: assertionIssuer,
        sub: subject,
        aud: options.assertionAudience ?? url,
        iat,
        exp: iat + lifetime,
        jti: makeNonce(16),
        // Google reads the scopes from this claim.
        ...(scope !== '' && { scope }),
        ...claims,
      });
      secrets.add(assertion);
      form.set('grant_type', 'urn:ietf:params:oauth:grant-type:jwt-bearer');
      form.set('assertion', assertion);
      return true;
    }
    case 'authorizationCode':
    case 'deviceAuthorization':
      return false;
    default:
      form.set('grant_type', 'client_credentials');
      return true;
  }
}

/** Writes the parameters of a refresh (RFC 6749, section 6). */
export function writeRefresh(token: string, { form, secrets }: Pick<TokenRequest, 'form' | 'secrets'>): void {
  secrets.add(token);
  form.set('grant_type', 'refresh_token');
  form.set('refresh_token', token);
}
