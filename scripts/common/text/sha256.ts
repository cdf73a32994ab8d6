/**
 * A SHA-256 digest. `node:crypto` is loaded with the first one: that takes a tenth of a run that has nothing to do and
 * computes none.
 */
export const sha256 = (data: Uint8Array | string, encoding: 'hex' | 'base64'): string =>
  process.getBuiltinModule('node:crypto').createHash('sha256').update(data).digest(encoding);
