import { CountersignError, type ErrorContext, isKind } from './countersign-error.ts';

/** The input of a `ConnectionError`. */
export type ConnectionFailure = {
  readonly reason: string;
  readonly sent: boolean;
  readonly url: string;
  /** An additional sentence; may be empty. */
  readonly hint: string;
};

/** The error of a call without a response, because the connection could not be opened or was lost. */
export class ConnectionError extends CountersignError<undefined> {
  override readonly name = 'ConnectionError';
  readonly kind = 'connection';
  /** The engine's code for the failure, for example `ECONNREFUSED`. */
  declare readonly reason: string;
  /** False: no byte of the request was sent. True: the request may have arrived. */
  declare readonly sent: boolean;
  /** The URL that was called, without its query. */
  declare readonly url: string;
  declare readonly host: string;
  declare readonly port: number;

  constructor({ hint, ...about }: ConnectionFailure, context: ErrorContext) {
    const { reason, sent, url } = about;
    const [, tls, host = '', port = tls ? 443 : 80] = /^http(s?):\/\/(.*?)(?::(\d+))?(?:\/|$)/i.exec(url) ?? [];
    super(
      `${sent ? 'connection lost' : 'cannot connect'} to ${host} port ${port} for ${url} (${reason})${hint}`,
      context,
      { ...about, host, port: Number(port) },
    );
  }
}

/**
 * Whether a value is a `ConnectionError` of any package. Each package contains its own copy of the class.
 *
 * @example
 * ```ts
 * if (isConnectionError(error)) console.error('The provider was not reached after', error.attempts, 'attempts.');
 * ```
 */
export const isConnectionError = (error: unknown): error is ConnectionError => isKind(error, 'connection');
