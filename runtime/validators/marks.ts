/** Facts about zod schemas that zod does not keep. A module without zod, because a server reads them before any schema. */

/** Objects whose schema explicitly allows any property, `additionalProperties: true`. */
export const openObjects = /* @__PURE__ */ new WeakSet<object>();

/** What `without` removes, by its schema. */
export const droppedNames = /* @__PURE__ */ new WeakMap<object, readonly string[]>();
