/** OAuth 2 for clients, with every grant. It also runs in browsers and workers. */
export type { DeviceAuthorization } from './device.ts';
export { oauth } from './feature.ts';
export { isOAuthError, OAuthError, type OAuthFailure } from './oauth-error.ts';
export { type AuthorizationRequest, type OAuthLogin, oauthOf } from './oauth-of.ts';
export type {
  AuthorizationCodeOptions,
  ClientAuthentication,
  ClientCredentialsOptions,
  DeviceAuthorizationOptions,
  JwtBearerOptions,
  OAuthOptions,
  PasswordOptions,
  PrivateKey,
  RefreshTokenOptions,
  SigningAlgorithm,
} from './options.ts';
