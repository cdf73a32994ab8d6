import type { AnyZod } from '../node.ts';

type Validate = AnyZod['~standard']['validate'];

/**
 * The same zod schema, whose Standard Schema interface uses a compiled check first: a valid value is its own output.
 * For a value that the check rejects, zod decides and reports the issues. `parse` and similar methods remain zod's, and
 * copy their input.
 *
 * @param isValid whether zod accepts the value, with an output that equals it; throws if it cannot decide
 * @param defaults applies the defaults of the value's properties, if it has any
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
