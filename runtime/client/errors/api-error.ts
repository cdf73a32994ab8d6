import type { Code } from '../../contract/index.ts';
import { CountersignError, type ErrorContext, isKind } from './countersign-error.ts';

export type ApiErrorInit<C extends Code = Code> = ErrorContext & {
  readonly code: C;
  readonly message: string;
  readonly status: number;
  readonly providerMessage?: string | undefined;
  readonly requestId?: string | undefined;
  readonly retryAfter?: number | undefined;
  readonly body?: unknown;
};

/** The provider answered that the call failed. Each named code of the envelope has a class of its own below this one. */
export class ApiError<C extends Code = Code> extends CountersignError<C> {
  override readonly name: string = 'ApiError';
  readonly kind = 'api';
  /** In-band code, or the HTTP status where the envelope says `status`. */
  override readonly code: C;
  /** HTTP status. */
  readonly status: number;
  /** What the provider said, with known secrets masked. */
  readonly providerMessage: string | undefined;
  readonly requestId: string | undefined;
  /** Milliseconds that the provider asks to wait. */
  readonly retryAfter: number | undefined;
  /** The whole answer, as it came; kept out of logs and JSON. */
  declare readonly body: unknown;

  constructor(init: ApiErrorInit<C>) {
    super(init.message, init);
    this.code = init.code;
    this.status = init.status;
    this.providerMessage = init.providerMessage;
    this.requestId = init.requestId;
    this.retryAfter = init.retryAfter;
    Object.defineProperty(this, 'body', { value: init.body });
  }
}

export const isApiError = (error: unknown): error is ApiError => isKind(error, 'api');
