import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { eq, sql } from 'drizzle-orm';
import type { Token, TokenStore } from '../client/token-store.ts';
import type { Database } from './database.ts';
import { tokens } from './tables.ts';

/** Options of a token store. */
export type TokenStoreOptions = {
  /** The key that encrypts tokens (AES-256-GCM): 32 bytes as base64. Without it, tokens are readable in the database. */
  readonly encryptionKey?: string;
};

const ALGORITHM = 'aes-256-gcm';
const IV = 12;
const TAG = 16;

/** Encrypts and decrypts tokens. A token that was encrypted with a different key is ignored. */
type Codec = {
  readonly write: (text: string, key: string) => string;
  readonly read: (text: string, key: string) => string;
};

const plain: Codec = { write: (text) => text, read: (text) => text };

/**
 * Creates the encryption of tokens. The key of the row is authenticated, too, so a row that was copied to another key
 * cannot be read.
 */
function encrypting(encryptionKey: string): Codec {
  const secret = Buffer.from(encryptionKey, 'base64');
  if (secret.length !== 32)
    throw new TypeError(`encryptionKey must be 32 bytes as base64, received ${secret.length} bytes`);
  return {
    write(text, key) {
      const iv = randomBytes(IV);
      const cipher = createCipheriv(ALGORITHM, secret, iv).setAAD(Buffer.from(key));
      const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64');
    },
    read(text, key) {
      const bytes = Buffer.from(text, 'base64');
      const decipher = createDecipheriv(ALGORITHM, secret, bytes.subarray(0, IV)).setAAD(Buffer.from(key));
      decipher.setAuthTag(bytes.subarray(IV, IV + TAG));
      return decipher.update(bytes.subarray(IV + TAG), undefined, 'utf8') + decipher.final('utf8');
    },
  };
}

/**
 * Creates a token store in the database, so that all processes share the tokens of clients. A token never replaces a
 * newer one.
 *
 * @throws {TypeError} if `encryptionKey` is not 32 bytes as base64
 * @example
 * ```ts
 * const { db } = await openStore({ url: process.env.DATABASE_URL });
 * const tokenStore = createTokenStore(db, { encryptionKey: process.env.TOKEN_KEY ?? '' });
 * ```
 */
export function createTokenStore(db: Database, { encryptionKey }: TokenStoreOptions = {}): TokenStore {
  const codec = encryptionKey === undefined ? plain : encrypting(encryptionKey);
  return {
    async get(key) {
      const [found] = await db.select({ token: tokens.token }).from(tokens).where(eq(tokens.key, key));
      if (found === undefined) return undefined;
      try {
        return JSON.parse(codec.read(found.token, key)) as Token;
      } catch {
        // The token was encrypted with a different key, so the client gets a new token.
        return undefined;
      }
    },
    async set(key, token) {
      // A refresh token is valid longer than the access token that it was issued with.
      const isFinal = token.expiresAt !== undefined && token.refreshToken === undefined;
      const row = {
        token: codec.write(JSON.stringify(token), key),
        issuedAt: token.at,
        expiresAt: isFinal ? new Date(token.expiresAt) : null,
      };
      await db
        .insert(tokens)
        .values({ key, ...row })
        .onConflictDoUpdate({ target: tokens.key, set: row, setWhere: sql`${tokens.issuedAt} <= excluded.issued_at` });
    },
  };
}
