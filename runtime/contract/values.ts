/**
 * How a text is escaped. `path`: like `rfc3986`, but slashes stay. `form`: a space is `+`. `lower`, `upper`: only the
 * case changes.
 */
export type Escape =
  | 'none'
  | 'raw'
  | 'rfc3986'
  | 'path'
  | 'form'
  | 'lower'
  | 'upper'
  | 'base64'
  | 'base64url'
  | 'sorted-json';

/** Any JSON value. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** A JSON Pointer (RFC 6901). An empty pointer is the whole value. */
export type JsonPointer = string;

/** The HTTP methods that OpenAPI has a field for. */
export type FixedMethod = 'GET' | 'PUT' | 'POST' | 'DELETE' | 'OPTIONS' | 'HEAD' | 'PATCH' | 'TRACE' | 'QUERY';

/** Any HTTP method, as it is sent: methods are case-sensitive (RFC 9110, section 9.1). */
export type HttpMethod = FixedMethod | (string & Record<never, never>);

/** A code of the envelope: in-band (422, 'E_FUNDS', false) or an HTTP status. */
export type Code = number | string | boolean;

/** The location of a value in a request. In a body, `name` is a top-level property or a field of a form. */
export type Carrier = {
  readonly in: 'header' | 'query' | 'cookie' | 'body' | 'form';
  readonly name: string;
  /** Text before the value, such as `Bearer `. */
  readonly prefix?: string;
  readonly suffix?: string;
  /** The pointer to a nested property of a JSON body. */
  readonly pointer?: JsonPointer;
  /** Set if a JSON body contains a number instead of a text. */
  readonly number?: true;
  /** Separator of several values, any of which may match. */
  readonly list?: string;
  /** Set if the value is one of several in the header. */
  readonly part?: CarrierPart;
};

/** The name of one value in a header with several. */
export type CarrierPart =
  | {
      readonly kind: 'packed';
      /** The name of the value. Empty for a value without a name. */
      readonly key: string;
      readonly separator: string;
      /** Separator between several sets of values. */
      readonly groups?: string;
      readonly assign: string;
      readonly quote: string;
      readonly escaping: Escape;
      /** The texts before earlier values, such as `''` and `/` in `{a}/{b}:{signature}`. */
      readonly past?: readonly string[];
      /** The text before the value. `after` is the text after it. */
      readonly before: string;
      readonly after: string;
    }
  | { readonly kind: 'jwt'; readonly of: 'header' | 'claims'; readonly key: string };
