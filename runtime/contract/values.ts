/** How a text is escaped. `path`: as rfc3986, except slashes. `form`: a space is `+`. `lower`, `upper`: only its case changes. */
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

/** JSON Pointer (RFC 6901); '' is the whole value. */
export type JsonPointer = string;

/** The HTTP methods that OpenAPI has a field for. */
export type FixedMethod = 'GET' | 'PUT' | 'POST' | 'DELETE' | 'OPTIONS' | 'HEAD' | 'PATCH' | 'TRACE' | 'QUERY';

/** Any HTTP method, as it is sent: methods are case-sensitive (RFC 9110, section 9.1). */
export type HttpMethod = FixedMethod | (string & Record<never, never>);

/** A code of the envelope: in-band (422, 'E_FUNDS', false) or an HTTP status. */
export type Code = number | string | boolean;

/** The place of a value in a request. In a body, `name` is a top-level property, or a field of a form. */
export type Carrier = {
  readonly in: 'header' | 'query' | 'cookie' | 'body' | 'form';
  readonly name: string;
  /** Text before the value, such as `Bearer `. */
  readonly prefix?: string;
  readonly suffix?: string;
  /** For a nested property of a JSON body. */
  readonly pointer?: JsonPointer;
  /** In a JSON body, a number and no text. */
  readonly number?: true;
  /** Separator of several values, any of which may match. */
  readonly list?: string;
  /** One of several values of the header. */
  readonly part?: CarrierPart;
};

/** The name of one value in a header with several. */
export type CarrierPart =
  | {
      readonly kind: 'packed';
      /** '' for a value without a name. */
      readonly key: string;
      readonly separator: string;
      /** Between several sets of values. */
      readonly groups?: string;
      readonly assign: string;
      readonly quote: string;
      readonly escaping: Escape;
      /** Texts before the values that stand before this one, as `''` and `/` of `{a}/{b}:{signature}`. */
      readonly past?: readonly string[];
      /** Text of the value before and after this one. */
      readonly before: string;
      readonly after: string;
    }
  | { readonly kind: 'jwt'; readonly of: 'header' | 'claims'; readonly key: string };
