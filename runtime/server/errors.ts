/** The server cannot be made, or a lookup gave it something that it cannot check against. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';

  constructor(message: string) {
    // Names of a contract are anybody's, and messages end in terminals.
    super(message.replace(/\p{C}/gu, '\ufffd'));
  }
}

/** The type of a value in a message; a value may be secret. */
export const typeNameOf = (value: unknown): string =>
  value === null ? 'null' : Array.isArray(value) ? 'list' : typeof value;

/** A handler's answer is none that the contract declares. */
export class UndeclaredAnswerError extends Error {
  override readonly name = 'UndeclaredAnswerError';
}

/** No answer by the deadline. */
export class DeadlineError extends Error {
  override readonly name = 'DeadlineError';
}
