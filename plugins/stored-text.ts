import { createHash } from 'node:crypto';
import { customType } from 'drizzle-orm/pg-core';

/**
 * Any JavaScript string as a text that PostgreSQL takes, one to one. U+0000 and halves of surrogate pairs, which
 * PostgreSQL refuses or UTF-8 would lose, are kept as JSON; so is what begins with a quotation mark, to tell the two apart.
 */
export function encodeText(text: string): string {
  return text.startsWith('"') || text.includes('\0') || !text.isWellFormed() ? JSON.stringify(text) : text;
}

/** The inverse of {@link encodeText}. */
export function decodeText(stored: string): string {
  return stored.startsWith('"') ? String(JSON.parse(stored)) : stored;
}

/** A text column that takes any string. */
export const anyText = customType<{ data: string; driverData: string }>({
  dataType: () => 'text',
  toDriver: encodeText,
  fromDriver: decodeText,
});

const LONGEST = 500;
const HASHED = 'sha256:';

/**
 * A string as a key of an index, one to one but for collisions of SHA-256. B-trees of PostgreSQL take rows up to a third
 * of a page, so a long text is kept as its hash.
 */
export function indexKey(text: string): string {
  const encoded = encodeText(text);
  if (Buffer.byteLength(encoded) <= LONGEST && !encoded.startsWith(HASHED)) return encoded;
  return HASHED + createHash('sha256').update(encoded).digest('hex');
}
