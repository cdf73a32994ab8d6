import { createHash } from 'node:crypto';

/** How app keys, devices' UUIDs and access tokens are kept: whoever reads the store can use none of them. */
export const hashSecret = (secret: string): string => createHash('sha256').update(secret).digest('hex');

/** 256 random bits. */
export const makeToken = (): string => Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString('base64url');

/** A UUID is the same in capitals. */
export const hashDevice = (uuid: string): string => hashSecret(uuid.toLowerCase());
