const encoder = /* @__PURE__ */ new TextEncoder();

/** Compares texts by the bytes of UTF-8, like `sort` and PHP's `ksort`. */
export function byBytes(a: string, b: string): number {
  const [left, right] = [encoder.encode(a), encoder.encode(b)];
  const at = left.findIndex((byte, index) => byte !== right[index]);
  return at < 0 ? left.length - right.length : (left[at] as number) - (right[at] ?? -1);
}
