/**
 * The server side of generated code. It uses only web standards. The adapter for Node is
 * `@countersign/runtime/server/node`.
 */
export type { AccessTokens, IntrospectedAccessTokens, JwtAccessTokens, TokenClaims } from './access-tokens.ts';
export { createServer, type Server } from './create-server.ts';
export {
  type Claim,
  createMemoryDeliveryStore,
  type DeliveryStore,
  type KeptResponse,
  type MemoryDeliveryOptions,
} from './delivery-store.ts';
export { ConfigurationError, DeadlineError, UndeclaredResponseError } from './errors.ts';
export { consoleLogger, type LogEntry, type Logger } from './logger.ts';
export { createMemoryReplayStore, type MemoryReplayOptions, type ReplayStore } from './replay-store.ts';
export type {
  CallContext,
  CertificateLookup,
  ClientConnection,
  CredentialLookup,
  CredentialSource,
  Credentials,
  Handler,
  HandlerContext,
  Identity,
  OnReject,
  OpenBody,
  RateLimiter,
  Rejection,
  RejectionResponse,
  SecurityOptions,
  SecuritySource,
  ServerDefinition,
  ServerFailure,
  ServerOptions,
  SignatureCandidate,
  SignatureLookup,
  SignatureSource,
  ValidationMode,
} from './types.ts';
