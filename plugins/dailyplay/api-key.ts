import { createHash, randomBytes } from 'node:crypto';

/** 256 random bits: `dpk_` and 43 characters of base64url. */
export const makeApiKey = (): string => `dpk_${randomBytes(32).toString('base64url')}`;

/** The stored form of a key. The key is random and long, so that it cannot be guessed from a plain hash. */
export const hashApiKey = (key: string): string => createHash('sha256').update(key).digest('hex');

/** The part by which people recognize a key: the first 8 of its 43 characters. */
export const prefixOf = (key: string): string => key.slice(0, 12);
