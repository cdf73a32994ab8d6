import type { AnyZod } from '../node.ts';

type Validate = AnyZod['~standard']['validate'];

/**
 * The same zod schema, whose Standard Schema interface asks a compiled check first: a valid value is its own output.
 * What the check rejects goes through zod, which decides and states the issues. `parse` and its kin are zod's alone,
 * and copy what they are given.
 *
 * @param isValid whether zod takes the value, with an output that equals it; throws where it cannot decide
 * @param defaults makes the defaults of the value's members, where it has some
 */
export function compiled<Schema extends AnyZod>(
  schema: Schema,
  isValid: (value: unknown) => boolean,
  defaults?: () => object,
): Schema {
  const standard = schema['~standard'];
  const { validate: decide } = standard as { readonly validate: Validate };
  const validate = (given: unknown): ReturnType<Validate> => {
    try {
      const value = defaults !== undefined && hasOwnMembersAlone(given) ? { ...defaults(), ...given } : given;
      if (isValid(value)) return { value };
    } catch {
      // zod decides, also on values that are nested more deeply than the stack reaches.
    }
    return decide(given);
  };
  Object.defineProperty(schema, '~standard', { value: { ...standard, validate }, configurable: true, writable: true });
  return schema;
}

const hasOwnMembersAlone = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
