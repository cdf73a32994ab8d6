import { closeSync, openSync, readSync, statSync, writeFileSync } from 'node:fs';

/** UTF-16 units that are encoded at once, so that the bytes of a large text are never in memory as a whole. */
const PART = 2 ** 18;
/** Most bytes of a UTF-16 unit in UTF-8. */
const WIDEST = 3;

/** Whether a file has this text. A file that cannot be read counts as different. */
export function hasText(path: string, text: string): boolean {
  try {
    return isEqual(path, text);
  } catch {
    return false;
  }
}

function isEqual(path: string, text: string): boolean {
  const there = statSync(path, { throwIfNoEntry: false });
  // Without reading it, in most cases.
  if (there?.isFile() !== true || there.size !== Buffer.byteLength(text)) return false;
  const file = openSync(path, 'r');
  try {
    const found = Buffer.allocUnsafe(sizeOfParts(text));
    for (const part of partsOf(text)) if (!isNext(file, part, found)) return false;
    return true;
  } finally {
    closeSync(file);
  }
}

/** Creates a file with this text, or replaces the file. */
export function writeText(path: string, text: string): void {
  const file = openSync(path, 'w');
  try {
    for (const part of partsOf(text)) writeFileSync(file, part);
  } finally {
    closeSync(file);
  }
}

const sizeOfParts = (text: string): number => WIDEST * Math.min(PART, text.length);

/** The UTF-8 bytes of a text, part by part. Each part is only valid until the next. */
function* partsOf(text: string): Generator<Buffer> {
  const bytes = Buffer.allocUnsafe(sizeOfParts(text));
  let at = 0;
  while (at < text.length) {
    let end = Math.min(at + PART, text.length);
    // Both halves of a surrogate pair are encoded together.
    if (end < text.length && isHighSurrogate(text.charCodeAt(end - 1))) end -= 1;
    yield bytes.subarray(0, bytes.write(text.slice(at, end)));
    at = end;
  }
}

const isHighSurrogate = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdbff;

/** Whether the next bytes of a file are these. A read may return fewer bytes than requested. */
function isNext(file: number, wanted: Buffer, found: Buffer): boolean {
  let length = 0;
  while (length < wanted.length) {
    const read = readSync(file, found, length, wanted.length - length, null);
    if (read === 0) return false;
    length += read;
  }
  return wanted.equals(found.subarray(0, length));
}
