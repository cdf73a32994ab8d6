/** The client that generated packages are made of. No import of Node's: it runs in browsers and workers as well. */
export type { BatchedCall, BatchesReport, BatchesRequest, BatchReport } from './batches.ts';
export {
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
export type { ClientParts } from './context.ts';
export { type Caller, createCaller } from './create-caller.ts';
export { type Client, type ClientDefinition, type ClientMethods, createClient } from './create-client.ts';
export * from './errors/index.ts';
export type { Explanation } from './explain.ts';
export type { CallState, Hook, Hooks } from './hooks.ts';
export type { Logger } from './log.ts';
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
export type { Page, PagedCall } from './pages.ts';
export type { ServerSentEvent } from './streams.ts';
export type { Token, TokenStore } from './token-store.ts';
