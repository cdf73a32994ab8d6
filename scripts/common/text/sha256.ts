/**
 * A SHA-256 digest. `node:crypto` is loaded for the first one. A run that has nothing to do computes none, and loading
 * would take a tenth of its time.
 */
export const sha256 = (data: Uint8Array | string, encoding: 'hex' | 'base64'): string =>
  process.getBuiltinModule('node:crypto').hash('sha256', data, encoding);
