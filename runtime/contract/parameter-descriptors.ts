// How parameters and bodies are serialized.

/** How the text of a parameter is converted to typed values. It is derived from the schema when code is generated. */
export type ParameterShape =
  | { readonly kind: 'primitive'; readonly types: readonly ('string' | 'number' | 'integer' | 'boolean' | 'null')[] }
  | {
      readonly kind: 'array';
      readonly items: ParameterShape;
      /** Set if the schema also accepts a single value. */
      readonly single?: Extract<ParameterShape, { readonly kind: 'primitive' }>;
    }
  | {
      readonly kind: 'object';
      readonly properties: { readonly [name: string]: ParameterShape };
      readonly rest?: ParameterShape;
      /** Set if the schema also accepts a single value. */
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
  /** Like `form`, but nothing is percent-encoded. */
  | 'cookie';

/** One parameter of an operation. */
export type ParameterDescriptor = {
  readonly name: string;
  /** The location. With `querystring`, the value is the whole query, so the operation has no `query` parameters. */
  readonly in: 'path' | 'query' | 'querystring' | 'header' | 'cookie';
  readonly required: boolean;
  readonly style: ParameterStyle;
  readonly explode: boolean;
  readonly allowReserved?: boolean;
  /** The media type, if the parameter has `content`. Its value is then serialized in that type. */
  readonly content?: string;
  /** The encodings of a query string that is a form. */
  readonly encodings?: FieldEncodings;
  readonly shape: ParameterShape;
  /** Set if the value is masked in logs and errors, because its schema has `format: password`. */
  readonly secret?: true;
};

/** An element or attribute of XML with its content: OpenAPI's XML Object and its schema. */
export type XmlNode = {
  /** The name without a prefix. */
  readonly name: string;
  readonly prefix?: string;
  readonly namespace?: string;
  readonly attribute?: true;
  /** Set if the value is the text of the element around it. */
  readonly text?: true;
  /** Set if the text is a CDATA section. */
  readonly cdata?: true;
  /** Set if an object has no element, so its properties are in the element around it. */
  readonly none?: true;
  readonly shape: XmlShape;
};

/** How the text of an XML body is converted to typed values. */
export type XmlShape =
  | { readonly kind: 'value'; readonly types: readonly ('string' | 'number' | 'integer' | 'boolean' | 'null')[] }
  | { readonly kind: 'object'; readonly properties: { readonly [property: string]: XmlNode } }
  /** `wrapped`: a separate element contains the items of the list. */
  | { readonly kind: 'list'; readonly wrapped: boolean; readonly item: XmlNode }
  | { readonly kind: 'any' };

/** The roots of XML that the contract describes, by media type. */
export type XmlRoots = { readonly [mediaType: string]: XmlNode };

/** How one property of a form is serialized: OpenAPI's Encoding Object. Fields that the contract omits are absent. */
export type FieldEncoding = {
  /** One concrete media type. It is ignored if `style` is set. */
  readonly contentType?: string;
  /** The style, if the property is serialized like a query parameter. `explode` is then set, too. */
  readonly style?: ParameterStyle;
  readonly explode?: boolean;
  readonly allowReserved?: boolean;
  /**
   * Set if existing escapes of a value stay unchanged, in addition to the characters of `allowReserved` (OpenAPI 3.2).
   */
  readonly keepsEscapes?: true;
  /** Headers of the part: the constant in the contract, or null if only the caller knows the value. */
  readonly headers?: { readonly [name: string]: string | null };
  /** The parts by position, if the part is multipart itself (OpenAPI 3.2). */
  readonly parts?: PartsDescriptor;
  /** The encodings of named parts, if the part is multipart itself. May be empty. */
  readonly fields?: FieldEncodings;
  /** Set if a list is one part. Otherwise, each of its items is a part. */
  readonly whole?: true;
  /** The XML of an object or list, if the part is XML. */
  readonly xml?: XmlNode;
};

/** One part of a multipart body, and the type of its text. */
export type PartDescriptor = FieldEncoding & { readonly shape: ParameterShape };

/** A multipart body as a list of its parts: `itemSchema`, `prefixEncoding` and `itemEncoding` of OpenAPI 3.2. */
export type PartsDescriptor = {
  /** Set if the schema describes each part, so parts are read and written one by one. */
  readonly stream?: true;
  /** The first parts, by position. */
  readonly prefix?: readonly PartDescriptor[];
  /** Each part after `prefix`. */
  readonly item: PartDescriptor;
};

/** Multipart bodies that are lists of parts, by media type. */
export type PartsByType = { readonly [mediaType: string]: PartsDescriptor };

/** The encodings of a form's properties, by name. */
export type FieldEncodings = { readonly [name: string]: FieldEncoding };
