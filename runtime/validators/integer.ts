import { core, ZodNumber } from 'zod';

/** A separate kind of number, so that `z.compile` does not replace it. */
type Definition = core.$ZodNumberDef;

const Integer = /* @__PURE__ */ core.$constructor<ZodNumber>('CountersignInteger', (inst, def) => {
  ZodNumber.init(inst, def);
  inst._zod.parse = (payload) => {
    if (!Number.isInteger(payload.value)) {
      const { value: input } = payload;
      payload.issues.push({ code: 'invalid_type', expected: 'int', format: 'safeint', input, inst });
    }
    return payload;
  };
});

/**
 * Creates the schema of whole numbers of any size, including `1.0`. `z.int()` rejects numbers above 2^53, which JSON
 * Schema accepts.
 */
export function integer(): ZodNumber {
  return new Integer({ type: 'number', checks: [] } as unknown as Definition) as ZodNumber;
}
