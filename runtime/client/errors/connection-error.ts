import { CountersignError, type ErrorContext, isKind } from './countersign-error.ts';

/** The input of a `ConnectionError`. */
export type ConnectionFailure = {
  readonly reason: string;
  readonly sent: boolean;
  readonly url: string;
  /** A sentence more, or nothing. */
  readonly hint: string;
};

/** No response, because the connection could not be opened or was lost. */
export class ConnectionError extends CountersignError<undefined> {
  override readonly name = 'ConnectionError';
  readonly kind = 'connection';
  /** The engine's word for it, for example `ECONNREFUSED`. */
  declare readonly reason: string;
  /** False: not one byte of the request left this process. True: it may have arrived. */
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
 * Whether a value is a `ConnectionError`, from any package: each one carries its own copy of the classes.
 *
 * @example
 * ```ts
 * if (isConnectionError(error)) console.error('The provider was not reached after', error.attempts, 'attempts.');
 * ```
 */
export const isConnectionError = (error: unknown): error is ConnectionError => isKind(error, 'connection');
