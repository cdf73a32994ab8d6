import { z } from 'zod';

/** Separate from zod's own kinds, so that `z.compile` does not replace it. */
type Definition = z.core.$ZodNumberDef;

const Integer = /* @__PURE__ */ z.core.$constructor<z.ZodNumber>('CountersignInteger', (inst, def) => {
  z.ZodNumber.init(inst, def);
  inst._zod.parse = (payload) => {
    if (!Number.isInteger(payload.value)) {
      const { value: input } = payload;
      payload.issues.push({ code: 'invalid_type', expected: 'int', format: 'safeint', input, inst });
    }
    return payload;
  };
});

/** Whole numbers of any size, including `1.0`: `z.int()` rejects those above 2^53, JSON Schema accepts them. */
export function integer(): z.ZodNumber {
  return new Integer({ type: 'number', checks: [] } as unknown as Definition) as z.ZodNumber;
}
