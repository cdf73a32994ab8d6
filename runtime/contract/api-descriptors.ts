import type { ServerDescriptor, TimeoutDescriptor } from './operation-descriptors.ts';
import type { SecuritySchemeDescriptor } from './security-descriptors.ts';
import type { Code, Json, JsonPointer } from './values.ts';

/** One named code of the envelope: its meaning, and whether the call may be retried. */
export type ErrorDescriptor = {
  /** Name in PascalCase without `Error`: `TokenExpired`. */
  readonly name: string;
  readonly description?: string;
  /** HTTP status of this code, if it differs from the envelope's. */
  readonly status?: number;
  readonly retry: boolean;
  /** A text that the message contains when the cause is a wrong clock. */
  readonly clockSkew?: string;
};

/** The locations of code, message and data in responses (`x-cs-envelope`), and the codes that mean success. */
export type EnvelopeDescriptor = {
  /** The location of the code: `status` if the HTTP status is the code, otherwise a pointer into the body. */
  readonly code: 'status' | JsonPointer;
  /** The codes that mean success. Empty with `status`, for which 2xx means success. */
  readonly success: readonly Code[];
  /** Location of the message. Without it, responses have no message. */
  readonly message?: JsonPointer;
  /** Location of the data in a success body. Default: the whole body. */
  readonly data?: JsonPointer;
  /** HTTP status of failures that are reported in the body. It is not used with `status`. */
  readonly status: number;
  /** Properties that a server adds to each success. */
  readonly ok: { readonly [member: string]: Json };
  /** Properties that a server adds to each failure. */
  readonly failure: { readonly [member: string]: Json };
  /** The named errors, by code as text. */
  readonly errors: { readonly [code: string]: ErrorDescriptor };
  readonly faults: Faults;
};

/** The codes of errors that the generated server returns itself. */
export type Faults = {
  readonly invalid: Code;
  readonly notFound: Code;
  readonly methodNotAllowed: Code;
  readonly tooLarge: Code;
  readonly unsupportedMediaType: Code;
  readonly rateLimited: Code;
  readonly internal: Code;
  readonly notImplemented: Code;
  readonly timeout: Code;
};

/** A contract as data, without its operations. */
export type ApiDescriptor = {
  /** Name of the provider: `dicey-fun`. */
  readonly provider: string;
  readonly title: string;
  readonly version: string;
  /** URL of the first server with the defaults of its variables, without a trailing slash. Empty if there is none. */
  readonly baseUrl: string;
  /** The first server, if its URL has variables or some server has a name. */
  readonly server?: ServerDescriptor;
  /** The envelope. Every document has one: without `x-cs-envelope` it is `{ code: 'status', … }` without named errors. */
  readonly envelope: EnvelopeDescriptor;
  readonly securitySchemes: { readonly [name: string]: SecuritySchemeDescriptor };
  /** Names of parameters and properties whose values must not appear in logs, anywhere in a request. */
  readonly secretNames?: readonly string[];
  readonly timeout?: TimeoutDescriptor;
};
