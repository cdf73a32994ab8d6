import { createHash } from 'node:crypto';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  type Stats,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';

/** Size, times of the last change of contents and of attributes in milliseconds, inode; then the digest of the contents. */
type Known = readonly [size: number, modified: number, changed: number, inode: number, digest: string];

/** The contents of files as digests. */
export type Digests = {
  readonly of: (path: string) => string;
  /** Stores what was read, for the next run. */
  readonly save: () => void;
};

/** Milliseconds. A file that was changed this shortly before it was read may have changed again within the same tick. */
const RECENT = 2000;

const digestOf = (bytes: Buffer | string): string => createHash('sha256').update(bytes).digest('base64');

/** The content of a file or a link. For a link, also its target, which may change without a change of a file. */
const read = (path: string, stats: Stats): string =>
  digestOf(stats.isSymbolicLink() ? `link ${readlinkSync(path)}` : readFileSync(path));

/** Digests that are read from the files each time. */
export const readDigests: Digests = { of: (path) => read(path, lstatSync(path)), save: () => undefined };

/**
 * Digests of files, cached while a file has the same size, inode and times, the last of which no program can set. git
 * works in the same way and therefore reads few files.
 *
 * @param file the location of the cache; a missing or invalid one is empty
 */
export function openDigests(file: string): Digests {
  const known = readKnown(file);
  const used = new Map<string, Known>();
  let isNew = false;
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
    save() {
      if (!isNew) return;
      try {
        mkdirSync(dirname(file), { recursive: true });
        const temporary = `${file}.${process.pid}`;
        writeFileSync(
          temporary,
          JSON.stringify([...new Map([...known, ...used])].filter(([path]) => existsSync(path))),
        );
        renameSync(temporary, file);
        isNew = false;
      } catch {
        // Without it, the next run reads the files again.
      }
    },
  };
}

function readKnown(file: string): ReadonlyMap<string, Known> {
  try {
    return new Map(JSON.parse(readFileSync(file, 'utf8')) as [string, Known][]);
  } catch {
    return new Map();
  }
}
