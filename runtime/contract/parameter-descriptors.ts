// How parameters and bodies are written.

/** How a parameter's text becomes typed values; decided from its schema when generating. */
export type ParameterShape =
  | { readonly kind: 'primitive'; readonly types: readonly ('string' | 'number' | 'integer' | 'boolean' | 'null')[] }
  | {
      readonly kind: 'array';
      readonly items: ParameterShape;
      /** The schema also accepts a single value. */
      readonly single?: Extract<ParameterShape, { readonly kind: 'primitive' }>;
    }
  | {
      readonly kind: 'object';
      readonly properties: { readonly [name: string]: ParameterShape };
      readonly rest?: ParameterShape;
      /** The schema also accepts a single value. */
      readonly single?: Extract<ParameterShape, { readonly kind: 'primitive' }>;
    }
  /** A file among the fields of a form: `type: string, format: binary`. */
  | { readonly kind: 'file' }
  | { readonly kind: 'any' };

/** How OpenAPI serializes a parameter. */
export type ParameterStyle =
  | 'simple'
  | 'label'
  | 'matrix'
  | 'form'
  | 'spaceDelimited'
  | 'pipeDelimited'
  | 'deepObject'
  /** As `form`, and nothing is percent-encoded. */
  | 'cookie';

/** One parameter of an operation. */
export type ParameterDescriptor = {
  readonly name: string;
  /** `querystring`: its value is the whole query, so the operation has no `query` parameters. */
  readonly in: 'path' | 'query' | 'querystring' | 'header' | 'cookie';
  readonly required: boolean;
  readonly style: ParameterStyle;
  readonly explode: boolean;
  readonly allowReserved?: boolean;
  /** Media type, if the parameter has `content`: its value is sent serialized. */
  readonly content?: string;
  /** Of a query string that is a form. */
  readonly encodings?: FieldEncodings;
  readonly shape: ParameterShape;
  /** Masked in logs and errors, because its schema has `format: password`. */
  readonly secret?: true;
};

/** An element or attribute of XML with its content: OpenAPI's XML Object and its schema. */
export type XmlNode = {
  /** Without a prefix. */
  readonly name: string;
  readonly prefix?: string;
  readonly namespace?: string;
  readonly attribute?: true;
  /** The text of the element around it. */
  readonly text?: true;
  /** The text is a CDATA section. */
  readonly cdata?: true;
  /** An object without an element: its properties are in the element around it. */
  readonly none?: true;
  readonly shape: XmlShape;
};

/** How the text of an XML body becomes typed values. */
export type XmlShape =
  | { readonly kind: 'value'; readonly types: readonly ('string' | 'number' | 'integer' | 'boolean' | 'null')[] }
  | { readonly kind: 'object'; readonly properties: { readonly [property: string]: XmlNode } }
  /** `wrapped`: a separate element contains the items of the list. */
  | { readonly kind: 'list'; readonly wrapped: boolean; readonly item: XmlNode }
  | { readonly kind: 'any' };

/** By media type: the root of XML that the contract describes. */
export type XmlRoots = { readonly [mediaType: string]: XmlNode };

/** How one property of a form is serialized: OpenAPI's Encoding Object. Fields that the contract omits are absent. */
export type FieldEncoding = {
  /** One concrete media type. Ignored if there is a `style`. */
  readonly contentType?: string;
  /** With it, the property is serialized like a query parameter of that style. `explode` is then set, too. */
  readonly style?: ParameterStyle;
  readonly explode?: boolean;
  readonly allowReserved?: boolean;
  /** With `allowReserved`, percent-encoded characters of a value pass unchanged, too (OpenAPI 3.2). */
  readonly keepsEscapes?: true;
  /** Headers of the property's part: the constant of the contract, or null if only the caller knows the value. */
  readonly headers?: { readonly [name: string]: string | null };
  /** A part that is multipart itself, and whose parts have positions (OpenAPI 3.2). */
  readonly parts?: PartsDescriptor;
  /** A part that is multipart itself, and whose parts have names: their encodings, which may be none. */
  readonly fields?: FieldEncodings;
  /** A property that is a list is one such part. Otherwise, each of its items is one. */
  readonly whole?: true;
  /** A part that is XML of an object or a list. */
  readonly xml?: XmlNode;
};

/** One part of a multipart body, and what its text becomes. */
export type PartDescriptor = FieldEncoding & { readonly shape: ParameterShape };

/** A multipart body as a list of its parts: `itemSchema`, `prefixEncoding` and `itemEncoding` of OpenAPI 3.2. */
export type PartsDescriptor = {
  /** The schema is that of each part, and parts are read and written one by one. */
  readonly stream?: true;
  /** By position. */
  readonly prefix?: readonly PartDescriptor[];
  /** Each part after these. */
  readonly item: PartDescriptor;
};

/** By media type: multipart bodies that are lists of parts. */
export type PartsByType = { readonly [mediaType: string]: PartsDescriptor };

/** The encodings of a form's properties, by name. */
export type FieldEncodings = { readonly [name: string]: FieldEncoding };
