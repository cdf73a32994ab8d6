import { CountersignError, type ErrorContext, isKind } from './countersign-error.ts';

/** No answer, because the connection could not be made or broke. */
export class ConnectionError extends CountersignError<undefined> {
  override readonly name = 'ConnectionError';
  readonly kind = 'connection';
  /** The engine's word for it, for example `ECONNREFUSED`. */
  declare readonly reason: string;
  /** False: not one byte of the request left this process. True: it may have arrived. */
  declare readonly sent: boolean;

  constructor(reason: string, sent: boolean, context: ErrorContext) {
    super(`${sent ? 'the connection broke' : 'no connection'} (${reason})`, context, { reason, sent });
  }
}

export const isConnectionError = (error: unknown): error is ConnectionError => isKind(error, 'connection');
