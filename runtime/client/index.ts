/** The client in generated packages. It imports no Node module, so that it also runs in browsers and workers. */

export { Part, type PartOptions, part } from '../bodies/index.ts';
export {
  type BatchedCall,
  type BatchesReport,
  type BatchesRequest,
  BatchesStoppedError,
  type BatchReport,
  batching,
} from './batches.ts';
export { bodies } from './bodies.ts';
export {
  type AcceptingCall,
  type AnyCall,
  type Call,
  type CallArguments,
  type CallError,
  type CallPromise,
  type CallResult,
  type ErrorClasses,
  type Exchange,
  handle,
  type OperationHandle,
  type OtherCode,
} from './call.ts';
export type { ClientApi } from './client-api.ts';
export { confirming } from './confirming.ts';
export { type Caller, createCaller } from './create-caller.ts';
export { type Client, type ClientDefinition, createClient } from './create-client.ts';
export * from './errors/index.ts';
export { type Explanation, explain } from './explain.ts';
export type { CallState, Hook, Hooks, ResponseHead } from './hooks.ts';
export type { Logger } from './log.ts';
export { media, type Streams } from './media.ts';
export type { Middleware } from './middleware-types.ts';
export type {
  CallOptions,
  ClientOptions,
  Clock,
  Credential,
  Fetch,
  LoginOptions,
  RawMethod,
  RawRequest,
  RetryOptions,
  TimeoutOptions,
  ValidationMode,
  ValidationOptions,
} from './options.ts';
export { type Page, type PagedCall, type PageOptions, paging } from './pages.ts';
export { parts } from './parts.ts';
export { recipes } from './recipes.ts';
export { styles } from './serialize-parameters.ts';
export { servers } from './servers.ts';
export { signing } from './sign.ts';
export { type ServerSentEvent, streaming } from './streams.ts';
export type { Token, TokenStore } from './token-store.ts';
export type { ClientParts, Feature } from './types.ts';
export { wholeQueries } from './whole-queries.ts';
