import type { PageDescriptor } from './page-descriptors.ts';
import type {
  FieldEncodings,
  ParameterDescriptor,
  ParameterShape,
  PartsByType,
  XmlRoots,
} from './parameter-descriptors.ts';
import type { Carrier, Code, HttpMethod, Json, JsonPointer } from './values.ts';

/**
 * One condition of a dispatch variant: a query parameter, a header, a field of a form, or a property of a JSON body
 * equals a value of its own type.
 */
export type Condition = (
  | { readonly query: string }
  | { readonly header: string }
  | { readonly form: string }
  | { readonly body: JsonPointer }
) &
  ({ readonly equals: Code } | { readonly present: true } | { readonly absent: true });

/** The response to an event without a handler (`x-cs-unhandled`): a status, or a code of the envelope. */
export type UnhandledDescriptor = {
  readonly status?: number;
  readonly body?: Json;
  readonly code?: Code;
};

/**
 * How a client looks up whether a call took effect that may have arrived: `confirm` of `x-cs-retry`. Pointers into
 * inputs begin with `/path`, `/query`, `/headers`, `/cookies` or `/body`.
 */
export type ConfirmDescriptor = {
  /** The operationId that lists completed calls. */
  readonly operation: string;
  /** By pointer into its input: where in the call's input the value is. */
  readonly input: { readonly [to: JsonPointer]: JsonPointer };
  /** By pointer into its input: values that are always the same. */
  readonly fixed?: { readonly [to: JsonPointer]: Json };
  /** The input parameter for the start time of the list. */
  readonly since?: JsonPointer;
  /** Where the rows are in its response body. */
  readonly rows: JsonPointer;
  /** As many rows in one response mean that there may be more. */
  readonly max?: number;
  /** By pointer into a row: where in the call's input the equal value is. */
  readonly match: { readonly [inRow: JsonPointer]: JsonPointer };
  /** By pointer into a row: the value of rows of a different kind. */
  readonly except?: { readonly [inRow: JsonPointer]: Json };
  /** Pointer to the time at which a row was created. */
  readonly time: JsonPointer;
  /** Of `since` and `time`. Default `s`. */
  readonly unit?: 's' | 'ms';
  /** Pointers to the id of a row, in a row and in the data of the call's own response. */
  readonly id: JsonPointer;
  /** Milliseconds after sending from which a call can no longer take effect. */
  readonly within: number;
};

/**
 * Whether a failed request may be retried: `x-cs-retry`. With a key, the same key is sent again. With `confirm`, it is
 * sent again if a lookup shows that it had no effect.
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

/** A server's URL, possibly with variables: `https://{region}.api.example/v2`. Without a trailing slash. */
export type ServerDescriptor = {
  readonly url: string;
  readonly variables?: { readonly [name: string]: { readonly default: string; readonly enum?: readonly string[] } };
  /** Servers of the same list that have a name, also this one. */
  readonly named?: { readonly [name: string]: Omit<ServerDescriptor, 'named'> };
};

/** How a repeated message is recognised (`x-cs-delivery`). */
export type DeliveryDescriptor = {
  /** The place of its id; without it, the id of the signing scheme is used. */
  readonly carrier?: Carrier;
  /** Seconds that a handled message is remembered. Default three days. */
  readonly remember?: number;
  /** Milliseconds after which the provider sends it again, one for each further attempt. */
  readonly retries?: readonly number[];
  /** Code of the response to a second delivery while the first is being handled. Default: `faults.timeout` of the envelope. */
  readonly busy?: Code;
};

/** The format of `data` of server-sent events: text, JSON, or JSON in some events and text in others. */
export type EventData = 'text' | 'json' | 'mixed';

/** One operation of a contract as data: what client, server, mock and hooks read. */
export type OperationDescriptor = {
  /** operationId. */
  readonly id: string;
  /** The base URL of the operation, if it or its path has its own server; relative to the API's base URL. */
  readonly server?: ServerDescriptor;
  readonly method: HttpMethod;
  /** Path template on the wire, without query: `/v1/mails/update/{id}`. */
  readonly path: string;
  /** Set for a webhook, which the provider sends to a URL of the receiver's choosing; `path` is then only the receiver's default route. */
  readonly webhook?: true;
  /** Dispatch: all conditions must match. The client sends an `equals` value itself; it is not part of the input. */
  readonly when?: readonly Condition[];
  /** Of the path: the response to an event without an operation or a handler. */
  readonly unhandled?: UnhandledDescriptor;
  readonly parameters: readonly ParameterDescriptor[];
  readonly body?: {
    readonly required: boolean;
    /** Media types; the client sends the first that the body can be. */
    readonly content: readonly string[];
    /**
     * By media type: how the fields of a form, or a text that is not a string, become typed values. Without it they stay
     * text.
     */
    readonly shapes?: { readonly [mediaType: string]: ParameterShape };
    /** By media type, for forms and multipart data, then by property: the serialization in the contract. */
    readonly encodings?: { readonly [mediaType: string]: FieldEncodings };
    /** Contents that are XML of a described object or list. */
    readonly xml?: XmlRoots;
    /** By media type: server-sent events that each have a schema. */
    readonly events?: { readonly [mediaType: string]: EventData };
    readonly parts?: PartsByType;
    /** JSON types and ranges whose schema is a file: its bytes are neither parsed nor decoded. */
    readonly files?: readonly string[];
  };
  /** `status` is `200`, `4XX` or `default`; `content` lists media types (empty: no body). */
  readonly responses: readonly {
    readonly status: string;
    readonly content: readonly string[];
    readonly xml?: XmlRoots;
    /** By media type: server-sent events that each have a schema. */
    readonly events?: { readonly [mediaType: string]: EventData };
    readonly parts?: PartsByType;
    /** Media types whose text is a number, a boolean, null or, as plain text, an object or a list. */
    readonly texts?: readonly string[];
    /** JSON types and ranges whose schema is a file: its bytes are neither parsed nor decoded. */
    readonly files?: readonly string[];
    /** Required headers. */
    readonly requiredHeaders?: readonly string[];
  }[];
  /**
   * The Accept header, unless it is `application/json`. JSON comes first among successes, and types of failures last.
   */
  readonly accept?: string;
  /**
   * Alternatives in order. Each contains the names of the schemes that are required together. Empty: no credentials.
   * With `[]` inside, credentials are optional.
   */
  readonly security: readonly (readonly string[])[];
  /** OAuth scopes or roles, in the order of `security`, by scheme. Absent if no alternative requires any. */
  readonly scopes?: readonly { readonly [scheme: string]: readonly string[] }[];
  /** Failure codes that the operation declares. */
  readonly codes: readonly Code[];
  /** False: its responses have no envelope, although the API has one. */
  readonly enveloped: boolean;
  readonly retry: RetryDescriptor;
  /** A receiver handles each message once. */
  readonly delivery?: DeliveryDescriptor;
  readonly timeout?: TimeoutDescriptor;
  readonly batch?: { readonly items: JsonPointer; readonly max: number };
  readonly page?: PageDescriptor;
};
