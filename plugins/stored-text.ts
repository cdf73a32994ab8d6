import { createHash } from 'node:crypto';
import { customType } from 'drizzle-orm/pg-core';

/**
 * Encodes any JavaScript string as a text that PostgreSQL accepts, one to one. U+0000 and lone surrogates, which
 * PostgreSQL rejects or UTF-8 would lose, are stored as JSON. A text that begins with a quotation mark is JSON too, so
 * that both forms stay distinct.
 */
export function encodeText(text: string): string {
  return text.startsWith('"') || text.includes('\0') || !text.isWellFormed() ? JSON.stringify(text) : text;
}

/** The inverse of {@link encodeText}. */
export function decodeText(stored: string): string {
  return stored.startsWith('"') ? String(JSON.parse(stored)) : stored;
}

/** A text column that accepts any string. */
export const anyText = customType<{ data: string; driverData: string }>({
  dataType: () => 'text',
  toDriver: encodeText,
  fromDriver: decodeText,
});

const LONGEST = 500;
const HASHED = 'sha256:';

/**
 * A string as a key of an index, unique except for collisions of SHA-256. PostgreSQL's B-trees accept rows up to a
 * third of a page, so that a long text is stored as its hash.
 */
export function indexKey(text: string): string {
  const encoded = encodeText(text);
  if (Buffer.byteLength(encoded) <= LONGEST && !encoded.startsWith(HASHED)) return encoded;
  return HASHED + createHash('sha256').update(encoded).digest('hex');
}
