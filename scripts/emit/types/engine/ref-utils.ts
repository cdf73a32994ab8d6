/**
 * Replaces a module of Redocly in openapi-typescript's transforms, which would load a second version of Redocly with
 * its packages. They call its two functions for each part of each path.
 */

/** One token of a JSON Pointer, escaped. */
export const escapePointer = (token: string | number): string | number =>
  typeof token === 'number' ? token : token.replaceAll('~', '~0').replaceAll('/', '~1');

/** A reference in two parts: the address of a document, and the tokens of its JSON Pointer. */
export function parseRef(ref: string): { readonly uri: string | null; readonly pointer: readonly string[] } {
  const [address = '', pointer = ''] = ref.includes('#/') ? ref.split('#/') : [ref];
  const uri = address.endsWith('#') ? address.slice(0, -1) : address;
  const tokens = pointer === '' ? [] : pointer.split('/').map(unescaped);
  return { uri: uri === '' ? null : uri, pointer: tokens.filter((token) => token !== '') };
}

const unescaped = (token: string): string =>
  /[~%]/.test(token) ? decodeURIComponent(token.replaceAll('~1', '/').replaceAll('~0', '~')) : token;
