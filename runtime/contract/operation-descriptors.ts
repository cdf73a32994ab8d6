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
 * How a client looks up whether a call took effect (`confirm` of `x-cs-retry`). Pointers into inputs begin with
 * `/path`, `/query`, `/headers`, `/cookies` or `/body`.
 */
export type ConfirmDescriptor = {
  /** The operationId that lists completed calls. */
  readonly operation: string;
  /**
   * Inputs that are copied from the call. By pointer into the input of the lookup, a pointer into the input of the
   * call.
   */
  readonly input: { readonly [to: JsonPointer]: JsonPointer };
  /** Inputs that are always the same, by pointer into the input of the lookup. */
  readonly fixed?: { readonly [to: JsonPointer]: Json };
  /** The input parameter for the start time of the list. */
  readonly since?: JsonPointer;
  /** The location of the rows in the response body. */
  readonly rows: JsonPointer;
  /** Number of rows in one response from which there may be more rows. */
  readonly max?: number;
  /** Values of a row that equal those of the call. By pointer into the row, a pointer into the input of the call. */
  readonly match: { readonly [inRow: JsonPointer]: JsonPointer };
  /** Values of rows of a different kind, by pointer into the row. Such rows are ignored. */
  readonly except?: { readonly [inRow: JsonPointer]: Json };
  /** Pointer to the time at which a row was created. */
  readonly time: JsonPointer;
  /** The unit of `since` and `time`. Default `s`. */
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

/** Time limits in milliseconds. `response` is the limit of a receiver. */
export type TimeoutDescriptor = {
  readonly attempt?: number;
  readonly call?: number;
  readonly response?: number;
};

/** The URL of a server without a trailing slash. It may have variables: `https://{region}.api.example/v2`. */
export type ServerDescriptor = {
  readonly url: string;
  readonly variables?: { readonly [name: string]: { readonly default: string; readonly enum?: readonly string[] } };
  /** The servers of the same list that have a name, including this one. */
  readonly named?: { readonly [name: string]: Omit<ServerDescriptor, 'named'> };
};

/** How a repeated message is recognised (`x-cs-delivery`). */
export type DeliveryDescriptor = {
  /** The location of the message id. Without it, the id of the signing scheme is used. */
  readonly carrier?: Carrier;
  /** Seconds for which a handled message is remembered. Default: three days. */
  readonly remember?: number;
  /** The delays before the provider sends the message again, in milliseconds, one per additional attempt. */
  readonly retries?: readonly number[];
  /** Code of the response to a second delivery while the first is being handled. Default: `faults.timeout` of the envelope. */
  readonly busy?: Code;
};

/** The format of `data` of server-sent events: text, JSON, or JSON in some events and text in others. */
export type EventData = 'text' | 'json' | 'mixed';

/** One operation of a contract as data, for client, server, mock and hooks. */
export type OperationDescriptor = {
  /** The operationId. */
  readonly id: string;
  /** The base URL of the operation, if it or its path has its own server; relative to the API's base URL. */
  readonly server?: ServerDescriptor;
  readonly method: HttpMethod;
  /** Path template without query: `/v1/mails/update/{id}`. */
  readonly path: string;
  /**
   * Set for a webhook, which the provider sends to a URL that the receiver chooses. `path` is then only the default
   * route of the receiver.
   */
  readonly webhook?: true;
  /**
   * Conditions of dispatch, all of which must match. The client sends an `equals` value itself, so the input does not
   * contain it.
   */
  readonly when?: readonly Condition[];
  /** The response to an event on this path without an operation or a handler. */
  readonly unhandled?: UnhandledDescriptor;
  readonly parameters: readonly ParameterDescriptor[];
  readonly body?: {
    readonly required: boolean;
    /** Media types. The client sends the first one that fits the body. */
    readonly content: readonly string[];
    /**
     * How the fields of a form, or a text whose schema is not a string, are converted to typed values, by media type.
     * Without a shape they stay text.
     */
    readonly shapes?: { readonly [mediaType: string]: ParameterShape };
    /** The serialization of forms and multipart data, by media type and property. */
    readonly encodings?: { readonly [mediaType: string]: FieldEncodings };
    /** Media types whose content is XML of a described object or list. */
    readonly xml?: XmlRoots;
    /** Server-sent events that each have a schema, by media type. */
    readonly events?: { readonly [mediaType: string]: EventData };
    readonly parts?: PartsByType;
    /** JSON types and ranges whose schema is a file. Their bytes are neither parsed nor decoded. */
    readonly files?: readonly string[];
    /** Types of plain text that is JSON: an object or a list is declared, as ASP.NET does. */
    readonly jsonTexts?: readonly string[];
  };
  /** `status` is `200`, `4XX` or `default`; `content` lists media types (empty: no body). */
  readonly responses: readonly {
    readonly status: string;
    readonly content: readonly string[];
    readonly xml?: XmlRoots;
    /** Server-sent events that each have a schema, by media type. */
    readonly events?: { readonly [mediaType: string]: EventData };
    readonly parts?: PartsByType;
    /** Media types whose text is a number, a boolean, null or, as plain text, an object or a list. */
    readonly texts?: readonly string[];
    /** JSON types and ranges whose schema is a file. Their bytes are neither parsed nor decoded. */
    readonly files?: readonly string[];
    /** The names of required headers. */
    readonly requiredHeaders?: readonly string[];
  }[];
  /**
   * The value of the Accept header, unless it is `application/json`. Among successes, JSON comes first. Media types of
   * failures come last.
   */
  readonly accept?: string;
  /**
   * Alternatives in order. Each contains the names of the schemes that are required together. Empty: no credentials.
   * With `[]` inside, credentials are optional.
   */
  readonly security: readonly (readonly string[])[];
  /** OAuth scopes or roles by scheme, in the order of `security`. Undefined if no alternative requires any. */
  readonly scopes?: readonly { readonly [scheme: string]: readonly string[] }[];
  /** Failure codes that the operation declares. */
  readonly codes: readonly Code[];
  /** False if the responses of this operation have no envelope, although the API has one. */
  readonly enveloped: boolean;
  readonly retry: RetryDescriptor;
  /** Set if a receiver handles each message once. */
  readonly delivery?: DeliveryDescriptor;
  readonly timeout?: TimeoutDescriptor;
  readonly batch?: { readonly items: JsonPointer; readonly max: number };
  readonly page?: PageDescriptor;
};
