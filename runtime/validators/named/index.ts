import type { Validator } from '../../contract/index.ts';
import type { AnyZod } from '../node.ts';
import { addExtensions, type Extension } from './extensions.ts';
import { keep, type UnknownKeys } from './keep.ts';
import { lookAt } from './look-at.ts';

export type { UnknownKeys } from './keep.ts';

/**
 * Returns a copy of a value without the properties that its direction hides. If it has none, it returns the value
 * itself.
 */
export const withoutHidden = (value: unknown, validator?: Validator): unknown =>
  (validator && keepNamed(validator, 'passthrough')?.(value)) ?? value;

/**
 * Returns a function like `withoutHidden` for schemas that extend others. Clients and servers load them with the first
 * body.
 */
export function withoutHiddenOf(extensions: () => readonly Extension[]): typeof withoutHidden {
  let isKnown = false;
  return (value, validator) => {
    if (!isKnown) addExtensions(extensions());
    isKnown = true;
    return withoutHidden(value, validator);
  };
}

/**
 * Creates a function that removes properties from a value: those that the contract hides (`writeOnly` in a response)
 * and, with `strip`, those that it does not name. In a union, the matching alternatives name the properties. An object
 * without named properties is open, and so is one with `additionalProperties: true`.
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
