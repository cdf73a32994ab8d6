/** RFC 6901: the pointer of a member below `pointer`. */
export function pointerTo(pointer: string, tokens: readonly string[]): string {
  return tokens.reduce((path, token) => `${path}/${token.replaceAll('~', '~0').replaceAll('/', '~1')}`, pointer);
}

/** The value at `pointer` (without `#`), own members only; undefined where there is none. */
export function valueAt(root: unknown, pointer: string): unknown {
  let value = root;
  for (const token of pointer.split('/').slice(1)) {
    const name = token.replaceAll('~1', '/').replaceAll('~0', '~');
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
    value = (value as { readonly [name: string]: unknown })[name];
  }
  return value;
}
