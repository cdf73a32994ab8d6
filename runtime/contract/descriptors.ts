// What generated `operations.ts` says of an API, as data. The behaviour for it is in client/, server/ and signing/.
import type { ChallengeDescriptor, Escape, KeyForm, PackedDescriptor, RecipeDescriptor } from './recipe.ts';

/** Any JSON value. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** JSON Pointer (RFC 6901); '' is the whole value. */
export type JsonPointer = string;

/** The HTTP methods of OpenAPI, and `QUERY`. */
export type HttpMethod = 'GET' | 'PUT' | 'POST' | 'DELETE' | 'OPTIONS' | 'HEAD' | 'PATCH' | 'TRACE' | 'QUERY';

/** A code of the envelope: in-band (422, 'E_FUNDS', false) or an HTTP status. */
export type Code = number | string | boolean;

/** Where a value travels in a request. In a body, `name` is a top-level member, or a field of a form. */
export type Carrier = {
  readonly in: 'header' | 'query' | 'cookie' | 'body' | 'form';
  readonly name: string;
  /** Text before the value, such as `Bearer `. */
  readonly prefix?: string;
  readonly suffix?: string;
  /** Of a member of a JSON body that is not at the top. */
  readonly pointer?: JsonPointer;
  /** In a JSON body, a number and no text. */
  readonly number?: true;
  /** Several values stand in a row; any of them may be meant. */
  readonly list?: string;
  /** One of several values of the header. */
  readonly part?: CarrierPart;
};

/** Which value of a header that holds several. */
export type CarrierPart =
  | {
      readonly kind: 'packed';
      /** '' for a value that stands alone. */
      readonly key: string;
      readonly separator: string;
      readonly assign: string;
      readonly quote: string;
      readonly escaping: Escape;
      /** Text of the value before and after this one. */
      readonly before: string;
      readonly after: string;
    }
  | { readonly kind: 'jwt'; readonly of: 'header' | 'claims'; readonly key: string };

/** How a parameter's text becomes typed values; decided from its schema when generating. */
export type ParameterShape =
  | { readonly kind: 'primitive'; readonly types: readonly ('string' | 'number' | 'integer' | 'boolean' | 'null')[] }
  | { readonly kind: 'array'; readonly items: ParameterShape }
  | {
      readonly kind: 'object';
      readonly properties: { readonly [name: string]: ParameterShape };
      readonly rest?: ParameterShape;
    }
  /** A file among the fields of a form: `type: string, format: binary`. */
  | { readonly kind: 'file' }
  | { readonly kind: 'any' };

/** How OpenAPI serializes a parameter. */
export type ParameterStyle = 'simple' | 'label' | 'matrix' | 'form' | 'spaceDelimited' | 'pipeDelimited' | 'deepObject';

/** One parameter of an operation. */
export type ParameterDescriptor = {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header' | 'cookie';
  readonly required: boolean;
  readonly style: ParameterStyle;
  readonly explode: boolean;
  readonly allowReserved?: boolean;
  /** Media type, where the parameter is written with `content`: its value travels serialised. */
  readonly content?: string;
  readonly shape: ParameterShape;
  /** Masked wherever it could show: its schema says `format: password`. */
  readonly secret?: true;
};

/**
 * One condition of a dispatch variant: on a query parameter, a header, a field of a form, or a member of a JSON body, which
 * is equal to a value of its own type.
 */
export type Condition = (
  | { readonly query: string }
  | { readonly header: string }
  | { readonly form: string }
  | { readonly body: JsonPointer }
) &
  ({ readonly equals: Code } | { readonly present: true } | { readonly absent: true });

/** What an event is answered that nobody handles (`x-cs-unhandled`): a status, or a code of the envelope. */
export type UnhandledDescriptor = {
  readonly status?: number;
  readonly body?: Json;
  readonly code?: Code;
};

/**
 * How a client asks the provider whether a call that may have arrived did: `confirm` of `x-cs-retry`. Pointers into inputs begin
 * with `/path`, `/query`, `/headers`, `/cookies` or `/body`.
 */
export type ConfirmDescriptor = {
  /** The operationId that lists what was done. */
  readonly operation: string;
  /** By pointer into its input: where in the call's input the value is. */
  readonly input: { readonly [to: JsonPointer]: JsonPointer };
  /** By pointer into its input: values that are always the same. */
  readonly fixed?: { readonly [to: JsonPointer]: Json };
  /** Where its input takes the time from which rows are listed. */
  readonly since?: JsonPointer;
  /** Where the rows are in its response body. */
  readonly rows: JsonPointer;
  /** As many rows in one response mean that there may be more. */
  readonly max?: number;
  /** By pointer into a row: where in the call's input the equal value is. */
  readonly match: { readonly [inRow: JsonPointer]: JsonPointer };
  /** By pointer into a row: the value that rows of another kind have. */
  readonly except?: { readonly [inRow: JsonPointer]: Json };
  /** Where a row holds the time at which it was made. */
  readonly time: JsonPointer;
  /** Of `since` and `time`. Default `s`. */
  readonly unit?: 's' | 'ms';
  /** Where a row, and the data of the call's own response, hold what identifies the row. */
  readonly id: JsonPointer;
  /** Milliseconds after sending from which on a call that had no effect has none any more. */
  readonly within: number;
};

/**
 * Whether a failed request may be sent again: `x-cs-retry`. With a key, the same key is sent again. With `confirm`, it is sent
 * again when the provider says that it had no effect.
 */
export type RetryDescriptor =
  | 'safe'
  | 'idempotent'
  | 'never'
  | { readonly idempotent: { readonly key: Carrier } }
  | { readonly confirm: ConfirmDescriptor };

/** Milliseconds. `answer` is a receiver's limit. */
export type TimeoutDescriptor = {
  readonly attempt?: number;
  readonly call?: number;
  readonly answer?: number;
};

/** How an operation is paged (`x-cs-page`): by a cursor that each page names, or by a window of ids. */
export type PageDescriptor =
  | {
      readonly kind: 'cursor';
      readonly items: JsonPointer;
      readonly cursor: string;
      readonly from: JsonPointer;
      readonly limit?: string;
    }
  | {
      readonly kind: 'window';
      readonly items: JsonPointer;
      readonly min: string;
      readonly max: string;
      readonly size: number;
    };

/** An element or attribute of XML, with what it holds: OpenAPI's XML Object and the schema that it is beside. */
export type XmlNode = {
  /** Without a prefix. */
  readonly name: string;
  readonly prefix?: string;
  readonly namespace?: string;
  readonly attribute?: true;
  /** The text of the element around it. */
  readonly text?: true;
  readonly shape: XmlShape;
};

/** How the text of an XML body becomes typed values. */
export type XmlShape =
  | { readonly kind: 'value'; readonly types: readonly ('string' | 'number' | 'integer' | 'boolean' | 'null')[] }
  | { readonly kind: 'object'; readonly properties: { readonly [property: string]: XmlNode } }
  /** `wrapped`: the list has an element of its own around its items. */
  | { readonly kind: 'list'; readonly wrapped: boolean; readonly item: XmlNode }
  | { readonly kind: 'any' };

/** By media type: the root of XML that the contract describes. */
export type XmlRoots = { readonly [mediaType: string]: XmlNode };

/** How one property of a form travels: OpenAPI's Encoding Object. What the contract does not state is absent. */
export type FieldEncoding = {
  /** One concrete media type. Ignored where there is a `style`. */
  readonly contentType?: string;
  /** With it, the property travels as a query parameter of that style does. `explode` is then set, too. */
  readonly style?: ParameterStyle;
  readonly explode?: boolean;
  readonly allowReserved?: boolean;
  /** Headers of the property's part: the value that the contract fixes, or null where only the caller knows it. */
  readonly headers?: { readonly [name: string]: string | null };
};

/** The encodings of a form's properties, by name. */
export type FieldEncodings = { readonly [name: string]: FieldEncoding };

/** A server's URL, which may hold variables: `https://{region}.api.example/v2`. Without a trailing slash. */
export type ServerDescriptor = {
  readonly url: string;
  readonly variables?: { readonly [name: string]: { readonly default: string; readonly enum?: readonly string[] } };
};

/** How a message that is sent again is known (`x-cs-delivery`). */
export type DeliveryDescriptor = {
  /** Where its id travels; without it, the id of the signing scheme is meant. */
  readonly carrier?: Carrier;
  /** Seconds that a handled message is remembered. Default three days. */
  readonly remember?: number;
  /** What a second delivery is answered while the first is being handled. Default: the envelope's fault `timeout`. */
  readonly busy?: Code;
};

/** One operation of a contract as data: what client, server, mock and hooks read. */
export type OperationDescriptor = {
  /** operationId. */
  readonly id: string;
  /** Where the operation is, if it or its path names a server of its own; relative to the API's base URL. */
  readonly server?: ServerDescriptor;
  readonly method: HttpMethod;
  /** Path template as it is on the wire, without query: `/v1/mails/update/{id}`. */
  readonly path: string;
  /** Set for a webhook, which the provider sends to a URL of the receiver's choosing; `path` is then only the receiver's default route. */
  readonly webhook?: true;
  /** Dispatch: all must hold. An `equals` value is sent by the client and is no input of its caller. */
  readonly when?: readonly Condition[];
  /** Of the path: what is answered where no operation, or no handler, is there for an event. */
  readonly unhandled?: UnhandledDescriptor;
  readonly parameters: readonly ParameterDescriptor[];
  readonly body?: {
    readonly required: boolean;
    /** Media types; the client sends the first that the body can be. */
    readonly content: readonly string[];
    /** By media type, for forms: how the text of their members becomes typed values. Without it they stay text. */
    readonly shapes?: { readonly [mediaType: string]: ParameterShape };
    /** By media type, for forms and multipart data, then by property: what the contract states of how it travels. */
    readonly encodings?: { readonly [mediaType: string]: FieldEncodings };
    /** Contents that are XML of a described object or list. */
    readonly xml?: XmlRoots;
  };
  /** `status` is `200`, `4XX` or `default`; `content` lists media types (empty: no body). */
  readonly responses: readonly {
    readonly status: string;
    readonly content: readonly string[];
    readonly xml?: XmlRoots;
    /** Headers that must be there. */
    readonly requiredHeaders?: readonly string[];
  }[];
  /** The Accept header, where it is not `application/json`. JSON goes first among successes, what only failures have last. */
  readonly accept?: string;
  /** Alternatives, in order; in each, the names of the schemes that must all hold. Empty: none needed. `[]` inside means: also without. */
  readonly security: readonly (readonly string[])[];
  /** OAuth scopes, or roles: in the order of `security`, by scheme. Absent where no alternative asks for any. */
  readonly scopes?: readonly { readonly [scheme: string]: readonly string[] }[];
  /** Failure codes that the operation declares. */
  readonly codes: readonly Code[];
  /** False: its answers have no envelope though the API has one. */
  readonly enveloped: boolean;
  readonly retry: RetryDescriptor;
  /** A receiver handles each message once. */
  readonly delivery?: DeliveryDescriptor;
  readonly timeout?: TimeoutDescriptor;
  readonly batch?: { readonly items: JsonPointer; readonly max: number };
  readonly page?: PageDescriptor;
};

/** The code that a server answers when a check fails; checks run in the order missing, invalid, timestamp, signature, replay. */
export type Refusals = {
  readonly missing: Code;
  readonly invalid: Code;
  readonly expired: Code;
  readonly timestamp: Code;
  readonly signature: Code;
  readonly replay: Code;
  readonly forbidden: Code;
};

/** A value that both parties know: an option of the client (`credentials.apiKey`), an environment variable, what a server looks up. */
export type CredentialDescriptor = {
  /** camelCase: `apiKey`. */
  readonly name: string;
  /** `DICEYFUN_API_KEY`. */
  readonly env: string;
  /** Masked wherever it could show. */
  readonly secret: boolean;
  /** Where it travels; the client uses the first, a server takes the first that is not empty. Empty: it never travels. */
  readonly carriers: readonly Carrier[];
  /** A request may come without it. */
  readonly optional?: true;
  /** Who sends holds the private half of a pair, who receives the public one; for demo values, the kind of its keys. */
  readonly pair?: KeyPair;
  /** How its value is written, where that is not any text. */
  readonly form?: CredentialForm;
  /** It signs answers: the server is who sends, the client who receives. */
  readonly signs?: 'answers';
};

/** The kinds of key pairs that a credential may be half of. */
export type KeyPair = 'rsa' | 'p256' | 'p384' | 'ed25519';

/** How the value of a credential is encoded. */
export type CredentialForm = {
  readonly encoding: KeyForm | 'uuid' | 'number' | 'url';
  /** Text before the value, such as `whsec_`. */
  readonly strip?: string;
};

/** A security scheme of the type `apiKey`. */
export type KeyScheme = {
  readonly kind: 'key';
  readonly name: string;
  readonly credential: CredentialDescriptor;
  readonly refusals: Refusals;
};

/** The token of `Authorization: Bearer`, given by the caller (also oauth2 and openIdConnect: getting it is the caller's). */
export type BearerScheme = {
  readonly kind: 'bearer';
  readonly name: string;
  readonly credential: CredentialDescriptor;
  readonly refusals: Refusals;
};

/** `Authorization: Basic`; the credential's value is `user:password`. */
export type BasicScheme = {
  readonly kind: 'basic';
  readonly name: string;
  readonly credential: CredentialDescriptor;
  readonly refusals: Refusals;
};

/** A token that a login operation hands out. */
export type SessionScheme = {
  readonly kind: 'session';
  readonly name: string;
  readonly carriers: readonly Carrier[];
  /** operationIds of logins; the first is the default. */
  readonly operations: readonly string[];
  /** Where the login's answer body (the whole body, not the envelope's data) holds the token. */
  readonly token: JsonPointer;
  readonly expired: readonly { readonly code: Code; readonly status?: number }[];
  /** Seconds. */
  readonly maxAge?: number;
  readonly refusals: Refusals;
};

/**
 * `iso`: with milliseconds; `iso-seconds`: without; `iso-basic`: `20260131T120000Z`; `datetime`: `2026-01-31 12:00:00` in the
 * scheme's zone; `http`: an HTTP date.
 */
export type TimestampUnit = 's' | 'ms' | 'iso' | 'iso-seconds' | 'iso-basic' | 'datetime' | 'http';

/** Where a scheme's timestamp travels, its units, and its tolerance in seconds. */
export type TimestampDescriptor = Carrier & {
  readonly units: readonly TimestampUnit[];
  readonly tolerance: number;
  /** Minutes east of UTC, for `datetime`. */
  readonly zone?: number;
  /** The request states its own tolerance there, in milliseconds or seconds; `value` is what a client sends. */
  readonly window?: Carrier & { readonly unit: 's' | 'ms'; readonly value: number; readonly max: number };
};

/** A value that is made up. `counter`: a number that grows with each. */
export type MadeForm = 'hex' | 'uuid' | 'counter';

/** A security scheme with `x-cs-signing`: credentials, timestamp, nonce and signature, and where each travels. */
export type SignatureScheme = {
  readonly kind: 'signature';
  readonly name: string;
  /** Export of the provider's signing plugin. */
  readonly signer: string;
  readonly algorithm: string;
  readonly signature: Carrier;
  /** The client sends the first unit; a server accepts all. Tolerance in seconds, both ways. */
  readonly timestamp?: TimestampDescriptor;
  /** New for each attempt, used up when it is seen. */
  readonly nonce?: Carrier & { readonly bytes: number; readonly form?: MadeForm };
  /** The same for all attempts of a call, used up when its handler succeeded. */
  readonly id?: Carrier & { readonly form?: MadeForm };
  readonly credentials: readonly CredentialDescriptor[];
  /** The header that holds several of these values. */
  readonly packed?: PackedDescriptor;
  /** Without it, the provider's plugin signs. */
  readonly recipe?: RecipeDescriptor;
  readonly replay: 'nonce' | 'signature' | 'id' | 'none';
  /** The message can be cut in two ways: a receiver that remembers nonces also remembers signatures. */
  readonly ambiguous?: true;
  readonly challenge?: ChallengeDescriptor;
  /** How answers are signed; a recipe with the credentials of the scheme. */
  readonly answers?: Omit<SignatureScheme, 'refusals' | 'answers' | 'challenge'>;
  readonly refusals: Refusals;
};

/** A client certificate: nothing travels in the request, and the connection or a trusted proxy says who calls. */
export type MutualTlsScheme = {
  readonly kind: 'mutualTLS';
  readonly name: string;
  readonly refusals: Refusals;
};

/** A security scheme of any kind. */
export type SecuritySchemeDescriptor =
  | KeyScheme
  | BearerScheme
  | BasicScheme
  | SessionScheme
  | SignatureScheme
  | MutualTlsScheme;

/** One named code of the envelope: what it means, and whether the call may be sent again. */
export type ErrorDescriptor = {
  /** PascalCase without `Error`: `TokenExpired`. */
  readonly name: string;
  readonly description?: string;
  /** HTTP status that this code travels with, where it is not the envelope's. */
  readonly status?: number;
  readonly retry: boolean;
  /** A text that the message contains when the cause is a wrong clock. */
  readonly clockSkew?: string;
};

/** Where responses carry code, message and data (`x-cs-envelope`), and which codes mean success. */
export type EnvelopeDescriptor = {
  /** `status`: the HTTP status is the code. Else a pointer into the body. */
  readonly code: 'status' | JsonPointer;
  /** Empty with `status`: 2xx is success. */
  readonly success: readonly Code[];
  /** Where the message is; without it, responses have none. */
  readonly message?: JsonPointer;
  /** Where a successful body's value is; without it, the whole body. */
  readonly data?: JsonPointer;
  /** HTTP status of in-band failures. Meaningless with `status`. */
  readonly status: number;
  /** Members that a server adds to each success. */
  readonly ok: { readonly [member: string]: Json };
  /** Members that a server adds to each failure. */
  readonly failure: { readonly [member: string]: Json };
  /** By code, as text. */
  readonly errors: { readonly [code: string]: ErrorDescriptor };
  readonly faults: Faults;
};

/** The code that a generated server answers for what it refuses itself. */
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
  /** `dicey-fun`. */
  readonly provider: string;
  readonly title: string;
  readonly version: string;
  /** First server's URL with its variables' defaults in place, without a trailing slash; '' if none. */
  readonly baseUrl: string;
  /** The first server, where its URL has variables. */
  readonly server?: ServerDescriptor;
  /** Every document has one: without x-cs-envelope it is `{ code: 'status', … }` with no named errors. */
  readonly envelope: EnvelopeDescriptor;
  readonly securitySchemes: { readonly [name: string]: SecuritySchemeDescriptor };
  /** Names of parameters and properties whose values no log may show, wherever they stand in a request. */
  readonly secretNames?: readonly string[];
  readonly timeout?: TimeoutDescriptor;
};

/** Standard Schema 1 (zod 4 speaks it), the only thing that client and server ask of a validator. */
export type Validator<Output = unknown> = {
  readonly '~standard': {
    readonly version: 1;
    readonly vendor: string;
    readonly validate: (value: unknown) => ValidationResult<Output> | Promise<ValidationResult<Output>>;
    readonly types?: { readonly input: unknown; readonly output: Output } | undefined;
  };
};

/** Result of a validator: the value, or what is wrong with it. */
export type ValidationResult<Output> =
  | { readonly value: Output; readonly issues?: undefined }
  | {
      readonly issues: readonly {
        readonly message: string;
        readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
      }[];
    };

/** The validators of one operation. A request part that is absent takes no input. */
export type OperationValidators = {
  readonly path?: Validator;
  readonly query?: Validator;
  readonly headers?: Validator;
  readonly cookies?: Validator;
  /** By media type. */
  readonly body?: { readonly [mediaType: string]: Validator };
  /** By declared status, then media type. */
  readonly responses: { readonly [status: string]: { readonly [mediaType: string]: Validator } };
  /** By declared status: the headers that the contract declares. */
  readonly responseHeaders?: {
    readonly [status: string]: {
      readonly read: (headers: Headers) => { readonly [name: string]: unknown };
      readonly write: (values: { readonly [name: string]: unknown }) => { readonly [name: string]: unknown };
      readonly validator: Validator;
    };
  };
  /** Where the JSON text of a response has numbers that JavaScript cannot hold and its schema does not round. */
  readonly digits?: (
    text: string,
    validator: Validator,
  ) => readonly { readonly path: readonly PropertyKey[]; readonly message: string }[];
  /** Set where integers of 64 bits are not numbers: they are numbers on the wire, and what the validators hold here. */
  readonly int64?: {
    /** @param text the JSON that the value was read from */
    readonly read: (value: unknown, validator: Validator, text?: string) => unknown;
    /** Integers of 64 bits become bigints, which `text` writes with all their digits. */
    readonly write: (value: unknown, validator: Validator) => unknown;
    readonly text: (value: unknown) => string;
  };
};
