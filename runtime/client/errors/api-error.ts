import type { Code } from '../../contract/index.ts';
import { CountersignError, type ErrorContext, isKind } from './countersign-error.ts';

/** Details of a response. */
export type ResponseContext = {
  /** HTTP status. */
  readonly status: number;
  /** The provider's id of the request (`x-request-id` or `request-id`); undefined if it sends none. */
  readonly requestId: string | undefined;
  /** Milliseconds to wait before a retry, from the provider's `Retry-After`. */
  readonly retryAfter: number | undefined;
};

/** The input of an `ApiError`. */
export type ApiErrorInit<C extends Code = Code> = ErrorContext &
  ResponseContext & {
    readonly code: C;
    readonly providerMessage: string | undefined;
    /** The whole decoded body. */
    readonly body: unknown;
  };

/** The error of a call that the provider reported as failed. Each named code of the envelope has its own subclass. */
export class ApiError<C extends Code = Code> extends CountersignError<C> implements ResponseContext {
  override readonly name: string = 'ApiError';
  readonly kind = 'api';
  /** The code in the body, or the HTTP status if the envelope uses `status`. */
  declare readonly code: C;
  declare readonly status: number;
  declare readonly requestId: string | undefined;
  declare readonly retryAfter: number | undefined;
  /** The provider's message, with known secrets masked. */
  declare readonly providerMessage: string | undefined;
  readonly #body: unknown;

  constructor({ body, ...shown }: ApiErrorInit<C>) {
    const { code, providerMessage, status } = shown;
    super(`code ${code}${providerMessage ? ` "${providerMessage}"` : ''} (HTTP ${status})`, shown);
    this.#body = body;
  }

  /** The whole body as received. It may quote the request, so printing the error does not show it. */
  get body(): unknown {
    return this.#body;
  }
}

/**
 * Whether a value is an `ApiError` of any package. Each package contains its own copy of the class.
 *
 * @example
 * ```ts
 * if (isApiError(error)) console.error(error.code, error.status, error.requestId);
 * ```
 */
export const isApiError = (error: unknown): error is ApiError => isKind(error, 'api');
