/** How schemas of integers of 64 bits hold them, where that is not as numbers. On the wire they are numbers. */
export const int64Kinds = /* @__PURE__ */ new WeakMap<object, 'bigint' | 'string'>();
