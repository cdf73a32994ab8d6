/**
 * Facts about zod schemas that zod does not store. This module does not import zod, because a server reads it before
 * any schema.
 */

/** Objects whose schema explicitly allows any property, `additionalProperties: true`. */
export const openObjects = /* @__PURE__ */ new WeakSet<object>();

/** The names that `without` removes, by schema. */
export const droppedNames = /* @__PURE__ */ new WeakMap<object, readonly string[]>();
