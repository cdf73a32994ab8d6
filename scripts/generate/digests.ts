import {
  closeSync,
  existsSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  readlinkSync,
  readSync,
  renameSync,
  type Stats,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { openSha256, sha256 } from '../common/text/sha256.ts';

/** Size, times of the last change of contents and of attributes in milliseconds, inode; then the digest of the contents. */
type Known = readonly [size: number, modified: number, changed: number, inode: number, digest: string];

/** The contents of files as digests. */
export type Digests = {
  readonly of: (path: string) => string;
  /** One digest of many, in hexadecimal. */
  readonly sum: (digests: string) => string;
  /** Stores the digests for the next run. */
  readonly save: () => void;
};

/** Milliseconds. A file that was changed this shortly before it was read may have changed again within the same tick. */
const RECENT = 2000;

/** Cached sums, of up to 50 kB each: that of the toolkit, and those of the inputs and outputs of many providers. */
const MOST_SUMS = 300;

/** Bytes. A larger file is read in parts of this size, so that it is not in memory as a whole. */
const PART = 2 ** 22;

/** The content of a file or a link. For a link, also its target, which may change without a change of a file. */
function read(path: string, stats: Stats): string {
  if (stats.isSymbolicLink()) return sha256(`link ${readlinkSync(path)}`, 'base64');
  return stats.size > PART ? readParts(path) : sha256(readFileSync(path), 'base64');
}

function readParts(path: string): string {
  const digest = openSha256();
  const part = Buffer.allocUnsafe(PART);
  const file = openSync(path, 'r');
  try {
    for (let length = readSync(file, part); length > 0; length = readSync(file, part))
      digest.update(part.subarray(0, length));
  } finally {
    closeSync(file);
  }
  return digest.digest('base64');
}

const sum = (digests: string): string => sha256(digests, 'hex');

/** Digests that are read from the files each time. */
export const readDigests: Digests = { of: (path) => read(path, lstatSync(path)), sum, save: () => undefined };

/**
 * Digests of files, cached while a file has the same size, inode and times, the last of which no program can set. git
 * works in the same way and therefore reads few files. Digests of digests are cached by their text.
 *
 * @param file the location of the cache; a missing or invalid one is empty
 */
export function openDigests(file: string): Digests {
  const known = readKnown<Known>(file);
  const sumsFile = file.replace(/(\.json)?$/, '-sums.json');
  const sums = new Map(readKnown<string>(sumsFile));
  const used = new Map<string, Known>();
  let isNew = false;
  let hasNewSums = false;
  return {
    of(path) {
      const stats = lstatSync(path);
      const { size, mtimeMs, ctimeMs, ino } = stats;
      const before = known.get(path);
      if (before && before[0] === size && before[1] === mtimeMs && before[2] === ctimeMs && before[3] === ino)
        return before[4];
      const now = Date.now();
      const digest = read(path, stats);
      if (Math.max(mtimeMs, ctimeMs) < now - RECENT) {
        used.set(path, [size, mtimeMs, ctimeMs, ino, digest]);
        isNew = true;
      }
      return digest;
    },
    sum(text) {
      const before = sums.get(text);
      const digest = before ?? sum(text);
      hasNewSums ||= before === undefined;
      // Entries are ordered by last use.
      sums.delete(text);
      sums.set(text, digest);
      return digest;
    },
    save() {
      if (isNew)
        isNew = !store(
          file,
          [...new Map([...known, ...used])].filter(([path]) => existsSync(path)),
        );
      if (hasNewSums) hasNewSums = !store(sumsFile, [...sums].slice(-MOST_SUMS));
    },
  };
}

/** Whether the entries were stored. Otherwise the next run reads the files again. */
function store(file: string, entries: readonly unknown[]): boolean {
  try {
    mkdirSync(dirname(file), { recursive: true });
    const temporary = `${file}.${process.pid}`;
    writeFileSync(temporary, JSON.stringify(entries));
    renameSync(temporary, file);
    return true;
  } catch {
    return false;
  }
}

function readKnown<Value>(file: string): ReadonlyMap<string, Value> {
  try {
    return new Map(JSON.parse(readFileSync(file, 'utf8')) as [string, Value][]);
  } catch {
    return new Map();
  }
}
