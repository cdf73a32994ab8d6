/** JSON Pointers (RFC 6901), written with or without the leading `#`. */

export function escapeToken(token: string): string {
  return token.includes('~') || token.includes('/') ? token.replaceAll('~', '~0').replaceAll('/', '~1') : token;
}

/** `/paths/~1a/get` → `['paths', '/a', 'get']`; the empty pointer, `#` and `#/` are the whole document. */
export function pointerTokens(pointer: string): string[] {
  const body = pointer.startsWith('#') ? pointer.slice(1) : pointer;
  if (body === '' || body === '/') return [];
  return body
    .slice(body.startsWith('/') ? 1 : 0)
    .split('/')
    .map((token) => (token.includes('~') ? token.replaceAll('~1', '/').replaceAll('~0', '~') : token));
}

/** The JSON Pointer (RFC 6901) of a list of tokens. */
export function toPointer(tokens: readonly (string | number)[]): string {
  return tokens.map((token) => `/${escapeToken(String(token))}`).join('');
}

/** The value of an own property. Nothing is read from a prototype. */
export function ownMember(value: unknown, token: string): unknown {
  if (Array.isArray(value)) return /^(0|[1-9]\d*)$/.test(token) ? value[Number(token)] : undefined;
  return isObject(value) && Object.hasOwn(value, token) ? value[token] : undefined;
}

/** The value at a JSON Pointer; undefined if there is none. */
export function valueAt(root: unknown, pointer: string): unknown {
  return pointerTokens(pointer).reduce<unknown>(ownMember, root);
}

/** More references in a row than any document needs. */
const LONGEST_CHAIN = 64;

/** The value behind any `$ref`s to other parts of the document; any other value unchanged. */
export function followRefs(value: unknown, document: unknown): unknown {
  let found = value;
  for (let hops = 0; isObject(found) && typeof found.$ref === 'string' && hops < LONGEST_CHAIN; hops++)
    found = valueAt(document, decodeURIComponent(found.$ref));
  return found;
}

/** The JSON Pointer of a reference within the document; undefined for any other value. */
export const localPointer = (ref: unknown): string | undefined =>
  typeof ref === 'string' && ref.startsWith('#/') ? decodeURIComponent(ref.slice(1)) : undefined;

/** A JSON object. */
export type JsonObject = { readonly [member: string]: unknown };

/** Whether a value is an object, and neither null nor a list. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
