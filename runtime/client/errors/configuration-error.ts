import { CountersignError, type ErrorContext, isKind } from './countersign-error.ts';

/** The client lacks something, or was given something that it may not have. Nothing was sent. */
export class ConfigurationError extends CountersignError<undefined> {
  override readonly name = 'ConfigurationError';
  readonly kind = 'configuration';

  constructor(message: string, context?: ErrorContext, cause?: unknown) {
    super(message, context, cause);
  }
}

export const isConfigurationError = (error: unknown): error is ConfigurationError => isKind(error, 'configuration');
