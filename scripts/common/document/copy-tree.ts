/** Copies plain values and reports each object that is created. Copies own keys only, `__proto__` like any other. */
export function copyTree(value: unknown, tell: (copy: object, original: object) => void = () => undefined): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    const copy = value.map((item) => copyTree(item, tell));
    tell(copy, value);
    return copy;
  }
  const copy: { [key: string]: unknown } = {};
  for (const [key, member] of Object.entries(value)) defineMember(copy, key, copyTree(member, tell));
  tell(copy, value);
  return copy;
}

/** Like `object[key] = value`, but also for `__proto__`. */
export function defineMember(object: { [key: string]: unknown }, key: string, value: unknown): void {
  if (key === '__proto__') {
    Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
  } else object[key] = value;
}
