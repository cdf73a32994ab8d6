/** Runtime expressions of OpenAPI, in braces. Other names in braces are path parameters. */
const EXPRESSION = /\{\$(?:url|method|statusCode|(?:request|response)\.[^{}]*)\}/g;

/** Of a URL before its path: scheme and host. */
const ORIGIN = /^[a-z][a-z0-9+.-]*:\/\/[^/]*/i;

/** The names in braces of a path template. */
export const namesInPath = (path: string): readonly string[] =>
  [...path.matchAll(/\{([^{}]+)\}/g)].map(([, name = '']) => name);

/**
 * The path with parameters that a callback's key adds to the URL of the receiver; '' if it has no parameters. A runtime
 * expression within it is a parameter without a declaration.
 * @see https://spec.openapis.org/oas/v3.1.1.html#key-expression
 *
 * @example callbackPath('{$request.body#/url}/items/{id}?a=b') // '/items/{id}'
 */
export function callbackPath(key: string): string {
  const url = key.replace(EXPRESSION, '\0').replace(/[?#].*$/s, '');
  const path = url.startsWith('\0') ? url.slice(1) : url.replace(ORIGIN, '');
  if (namesInPath(path).length === 0) return '';
  let count = 0;
  const named = path.replaceAll('\0', () => {
    count += 1;
    return `{value${count}}`;
  });
  return named.startsWith('/') ? named : `/${named}`;
}
