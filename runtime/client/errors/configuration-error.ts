import { CountersignError, isKind } from './countersign-error.ts';

/** The client lacks something, or was given something that it may not have. Nothing was sent. */
export class ConfigurationError extends CountersignError<undefined> {
  override readonly name = 'ConfigurationError';
  readonly kind = 'configuration';
}

export const isConfigurationError = (error: unknown): error is ConfigurationError => isKind(error, 'configuration');
