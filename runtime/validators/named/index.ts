import type { Validator } from '../../contract/index.ts';
import type { AnyZod } from '../node.ts';
import { keep, type UnknownKeys } from './keep.ts';
import { lookAt } from './look-at.ts';

export type { UnknownKeys } from './keep.ts';

/**
 * Of a value, what its schema lets out: without members that the contract keeps back (`writeOnly` in a response) and, with
 * `strip`, without those that it does not name. In a union, the alternatives that the value fits say what is named. An
 * object of which nothing is named is free, and so is one that says `additionalProperties: true`.
 *
 * @returns undefined where the schema has no members to name, or is no zod schema.
 */
export function keepNamed(validator: Validator, unknownKeys: UnknownKeys): ((value: unknown) => unknown) | undefined {
  if (!('_zod' in validator)) return undefined;
  const look = lookAt(validator as unknown as AnyZod);
  if (look === undefined) return undefined;
  const holdings = [{ look, dynamic: undefined }];
  return (value) => keep(value, holdings, unknownKeys);
}
