import { z } from 'zod';
import type { AnyZod } from './node.ts';

/**
 * Runs a validation that follows a value's own depth. A value that is nested so deeply that the stack runs out is
 * refused like any other wrong value: whoever sent it must not be able to make a server throw.
 */
export function withoutOverflow<Value>(payload: z.core.ParsePayload, run: () => Value): Value | unknown {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    payload.issues.push({ code: 'custom', message: 'Invalid input: nested too deeply', input: payload.value });
    return payload.value;
  }
}

const Lazy = /* @__PURE__ */ z.core.$constructor<z.ZodLazy>('CountersignLazy', (inst, def) => {
  z.ZodLazy.init(inst, def);
  const { parse } = inst._zod;
  inst._zod.parse = (payload, context) => {
    const { value } = payload;
    const result = withoutOverflow(payload, () => parse({ value, issues: payload.issues }, context));
    if (result === value) return payload;
    return result as z.core.ParsePayload;
  };
});

/** A schema that is defined later, or by itself. */
export function lazy<Inner extends AnyZod>(get: () => Inner): z.ZodLazy<Inner> {
  return new Lazy({ type: 'lazy', getter: get } as unknown as z.core.$ZodLazyDef) as unknown as z.ZodLazy<Inner>;
}
