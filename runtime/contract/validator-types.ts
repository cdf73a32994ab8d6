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
      readonly write: (
        values: { readonly [name: string]: unknown },
        keep?: (declared: { readonly [name: string]: unknown }) => unknown,
      ) => { readonly [name: string]: unknown };
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
