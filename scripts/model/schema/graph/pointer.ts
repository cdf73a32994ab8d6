/** The JSON Pointer (RFC 6901) of a value below `pointer`. */
export function pointerTo(pointer: string, tokens: readonly string[]): string {
  return tokens.reduce((path, token) => `${path}/${token.replaceAll('~', '~0').replaceAll('/', '~1')}`, pointer);
}
