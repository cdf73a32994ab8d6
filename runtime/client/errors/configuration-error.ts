import { CountersignError, isKind } from './countersign-error.ts';

/** The error of a missing or invalid option of the client. Nothing was sent. */
export class ConfigurationError extends CountersignError<undefined> {
  override readonly name = 'ConfigurationError';
  readonly kind = 'configuration';
}

/**
 * Whether a value is a `ConfigurationError` of any package. Each package contains its own copy of the class.
 *
 * @example
 * ```ts
 * if (isConfigurationError(error)) throw error; // A missing credential or feature: no retry will help.
 * ```
 */
export const isConfigurationError = (error: unknown): error is ConfigurationError => isKind(error, 'configuration');
