/** The server cannot be created, or a lookup returned unusable credentials. */
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

/** The contract does not declare a handler's response. */
export class UndeclaredAnswerError extends Error {
  override readonly name = 'UndeclaredAnswerError';
}

/** No response before the deadline. */
export class DeadlineError extends Error {
  override readonly name = 'DeadlineError';
}
