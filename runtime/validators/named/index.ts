import type { Validator } from '../../contract/index.ts';
import type { AnyZod } from '../node.ts';
import { keep, type UnknownKeys } from './keep.ts';
import { lookAt } from './look-at.ts';

export type { UnknownKeys } from './keep.ts';

/**
 * Removes from a value what its schema does not return: properties that the contract hides (`writeOnly` in a response)
 * and, with `strip`, properties that it does not name. In a union, the matching alternatives name the properties. An
 * object without named properties is open, and so is one with `additionalProperties: true`.
 *
 * @returns undefined if the schema has no named properties or is not a zod schema.
 */
export function keepNamed(validator: Validator, unknownKeys: UnknownKeys): ((value: unknown) => unknown) | undefined {
  if (!('_zod' in validator)) return undefined;
  const look = lookAt(validator as unknown as AnyZod);
  if (look === undefined) return undefined;
  const holdings = [{ look, dynamic: undefined }];
  return (value) => keep(value, holdings, unknownKeys);
}
