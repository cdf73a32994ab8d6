import { escapeToken } from '../../../common/document/pointer.ts';

/** The JSON Pointer (RFC 6901) of a value below `pointer`. */
export function pointerTo(pointer: string, tokens: readonly string[]): string {
  let path = pointer;
  for (const token of tokens) path += `/${escapeToken(token)}`;
  return path;
}
