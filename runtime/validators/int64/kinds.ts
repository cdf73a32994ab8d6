/** The types of 64-bit integers that are not JavaScript numbers. In JSON they are numbers. */
export const int64Kinds = /* @__PURE__ */ new WeakMap<object, 'bigint' | 'string'>();
