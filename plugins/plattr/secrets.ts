import { createHash } from 'node:crypto';

/** Hashes app keys, device UUIDs and access tokens: a reader of the store cannot use them. */
export const hashSecret = (secret: string): string => createHash('sha256').update(secret).digest('hex');

/** 256 random bits. */
export const makeToken = (): string => Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString('base64url');

/** A UUID in upper case is the same UUID. */
export const hashDevice = (uuid: string): string => hashSecret(uuid.toLowerCase());
