/** Copies plain values, telling of each object that is made. Keeps own keys only, `__proto__` as an ordinary one. */
export function copyTree(value: unknown, tell: (copy: object, original: object) => void): unknown {
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

/** Like `object[key] = value`, also for `__proto__`. */
export function defineMember(object: { [key: string]: unknown }, key: string, value: unknown): void {
  if (key === '__proto__') {
    Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
  } else object[key] = value;
}
