import type { AnyZod } from '../node.ts';

type Validate = AnyZod['~standard']['validate'];

/**
 * Returns the same zod schema, with a Standard Schema interface that uses a compiled check first. A valid value is its
 * own output. For a value that the check rejects, zod decides and reports the issues. `parse` and similar methods of
 * zod are unchanged, and copy their input.
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
      // zod decides, also for values that are nested too deeply for the stack.
    }
    return decide(given);
  };
  Object.defineProperty(schema, '~standard', { value: { ...standard, validate }, configurable: true, writable: true });
  return schema;
}

const hasOwnMembersAlone = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
