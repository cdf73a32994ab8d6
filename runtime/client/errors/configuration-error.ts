import { CountersignError, isKind } from './countersign-error.ts';

/** The client lacks an option, or an option is invalid. Nothing was sent. */
export class ConfigurationError extends CountersignError<undefined> {
  override readonly name = 'ConfigurationError';
  readonly kind = 'configuration';
}

/**
 * Whether a value is a `ConfigurationError`, from any package: each one carries its own copy of the classes.
 *
 * @example
 * ```ts
 * if (isConfigurationError(error)) throw error; // A missing credential or feature: no retry will help.
 * ```
 */
export const isConfigurationError = (error: unknown): error is ConfigurationError => isKind(error, 'configuration');
