import type { Hash } from 'node:crypto';

/**
 * A SHA-256 digest. `node:crypto` is loaded for the first one. A run that has nothing to do computes none, and loading
 * would take a tenth of its time.
 */
export const sha256 = (data: Uint8Array | string, encoding: 'hex' | 'base64'): string =>
  process.getBuiltinModule('node:crypto').hash('sha256', data, encoding);

/** The same of data that arrives in parts. */
export const openSha256 = (): Hash => process.getBuiltinModule('node:crypto').createHash('sha256');
