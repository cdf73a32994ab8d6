/** The error of a server that cannot be created, or of a lookup that returned unusable credentials. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';

  constructor(message: string) {
    // Names in a contract are untrusted, and messages are printed to terminals.
    super(message.replace(/\p{C}/gu, '\ufffd'));
  }
}

/** The type of a value for a message. The value itself may be secret. */
export const typeNameOf = (value: unknown): string =>
  value === null ? 'null' : Array.isArray(value) ? 'list' : typeof value;

/** The error of a handler whose response is not declared in the contract. */
export class UndeclaredResponseError extends Error {
  override readonly name = 'UndeclaredResponseError';
}

/** The application read the body before the server. The caller cannot change this, so that it is an internal error. */
export class BodyTakenError extends Error {
  override readonly name = 'BodyTakenError';

  constructor() {
    super('The body was already read. Mount the server before body parsers, such as `express.json()`.');
  }
}

/** The error of a call without a response before its deadline. */
export class DeadlineError extends Error {
  override readonly name = 'DeadlineError';
}
