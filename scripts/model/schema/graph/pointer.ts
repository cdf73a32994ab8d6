/** RFC 6901: the pointer of a member below `pointer`. */
export function pointerTo(pointer: string, tokens: readonly string[]): string {
  return tokens.reduce((path, token) => `${path}/${token.replaceAll('~', '~0').replaceAll('/', '~1')}`, pointer);
}
