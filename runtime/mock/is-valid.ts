import type { Validator } from '../contract/index.ts';

/** Whether a validator accepts a value. Without one, or if it is asynchronous, every value is accepted. */
export function isValid(validator: Validator | undefined, value: unknown): boolean {
  const result = validator?.['~standard'].validate(value);
  return result === undefined || !('issues' in result) || result.issues === undefined;
}
