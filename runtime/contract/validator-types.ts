// The interface of validators for client and server.

/** Standard Schema 1, which zod 4 implements: the only interface of a validator that client and server use. */
export type Validator<Output = unknown> = {
  readonly '~standard': {
    readonly version: 1;
    readonly vendor: string;
    readonly validate: (value: unknown) => ValidationResult<Output> | Promise<ValidationResult<Output>>;
    readonly types?: { readonly input: unknown; readonly output: Output } | undefined;
  };
};

/** Result of a validator: the value, or its errors. */
export type ValidationResult<Output> =
  | { readonly value: Output; readonly issues?: undefined }
  | {
      readonly issues: readonly {
        readonly message: string;
        readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
      }[];
    };

/** The validators of one operation. A missing part of a request accepts no input. */
export type OperationValidators = {
  readonly path?: Validator;
  readonly query?: Validator;
  readonly headers?: Validator;
  readonly cookies?: Validator;
  /** The validators of the body, by media type. */
  readonly body?: { readonly [mediaType: string]: Validator };
  /** The validators of responses, by declared status, then media type. */
  readonly responses: { readonly [status: string]: { readonly [mediaType: string]: Validator } };
  /** The headers that the contract declares, by declared status. */
  readonly responseHeaders?: {
    readonly [status: string]: {
      readonly read: (headers: Headers) => { readonly [name: string]: unknown };
      readonly write: (
        values: { readonly [name: string]: unknown },
        keep?: (declared: { readonly [name: string]: unknown }) => unknown,
      ) => { readonly [name: string]: unknown };
      readonly validator: Validator;
    };
  };
  /**
   * The places of numbers in the JSON text of a response that JavaScript cannot represent and whose schema does not
   * allow rounding.
   */
  readonly digits?: (
    text: string,
    validator: Validator,
  ) => readonly { readonly path: readonly PropertyKey[]; readonly message: string }[];
  /**
   * Removes properties that requests do not contain from a body or row: `readOnly` ones, and `writeOnly` ones of a
   * webhook. Set if the schema of a body has any.
   */
  readonly withoutHidden?: (value: unknown, validator?: Validator) => unknown;
  /**
   * Set if 64-bit integers are not numbers in TypeScript. They are numbers on the wire, and this type in validators.
   */
  readonly int64?: {
    /** @param text the JSON text of the value */
    readonly read: (value: unknown, validator: Validator, text?: string) => unknown;
    /** Converts 64-bit integers to bigints, which `text` writes with all their digits. */
    readonly write: (value: unknown, validator: Validator) => unknown;
    readonly text: (value: unknown) => string;
  };
};
