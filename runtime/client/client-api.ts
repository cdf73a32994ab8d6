import type {
  ApiDescriptor,
  EnvelopeDescriptor,
  ErrorDescriptor,
  SecuritySchemeDescriptor,
  SentSignature,
  SessionScheme,
  SignatureScheme,
} from '../contract/index.ts';

type Asking<Scheme> = Scheme extends SignatureScheme
  ? SentSignature
  : Scheme extends unknown
    ? Omit<Scheme, 'refusals'>
    : never;

/** A security scheme as a client needs it: without the responses of a server. */
export type AskingScheme = Asking<SecuritySchemeDescriptor>;
/** A session scheme as a client needs it. */
export type AskingSession = Asking<SessionScheme>;
/** A signature scheme as a client needs it. */
export type AskingSignature = Asking<SignatureScheme>;

/** The parts of a contract that a client needs. Refusals of servers are omitted to keep bundles small. */
export type ClientApi = Pick<ApiDescriptor, 'provider' | 'baseUrl' | 'server' | 'timeout'> & {
  readonly envelope: Pick<EnvelopeDescriptor, 'code' | 'success' | 'message' | 'data'> & {
    readonly errors: { readonly [code: string]: Pick<ErrorDescriptor, 'retry' | 'clockSkew'> };
  };
  readonly securitySchemes: { readonly [name: string]: AskingScheme };
};
