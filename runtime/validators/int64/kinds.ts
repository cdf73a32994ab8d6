/** The types of 64-bit integers other than numbers. In JSON they are numbers. */
export const int64Kinds = /* @__PURE__ */ new WeakMap<object, 'bigint' | 'string'>();
