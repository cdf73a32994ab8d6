import { core, ZodLazy } from 'zod';
import type { AnyZod } from './node.ts';

/**
 * Runs a validation that recurses as deep as the value. If the value is nested so deeply that the stack overflows, it
 * is rejected like any other invalid value: a sender must not be able to make a server throw.
 */
export function withoutOverflow<Value>(payload: core.ParsePayload, run: () => Value): Value | unknown {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    payload.issues.push({ code: 'custom', message: 'Invalid input: nested too deeply', input: payload.value });
    return payload.value;
  }
}

const Lazy = /* @__PURE__ */ core.$constructor<ZodLazy>('CountersignLazy', (inst, def) => {
  ZodLazy.init(inst, def);
  const { parse } = inst._zod;
  inst._zod.parse = (payload, context) => {
    const { value } = payload;
    const result = withoutOverflow(payload, () => parse({ value, issues: payload.issues }, context));
    if (result === value) return payload;
    return result as core.ParsePayload;
  };
});

/** A schema that is defined later, or recursively. */
export function lazy<Inner extends AnyZod>(get: () => Inner): ZodLazy<Inner> {
  return new Lazy({ type: 'lazy', getter: get } as unknown as core.$ZodLazyDef) as unknown as ZodLazy<Inner>;
}
