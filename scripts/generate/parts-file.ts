import { closeSync, mkdirSync, openSync, readFileSync, renameSync, writeFileSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { makeEach, type OpenParts, type Parts } from '../common/parts.ts';
import { openSha256, sha256 } from '../common/text/sha256.ts';
import type { EarlierRun } from './earlier.ts';

/** The keys of the parts, and the length of each in bytes, in the order of the contents. */
type Index = readonly (readonly [key: string, length: number])[];

const LINE_FEED = 0x0a;
/** Characters of a digest. */
const DIGEST = 64;

/** Opens the parts of each emitter, in a file of its own that is read when a part is first needed. */
export const partsOf = (run: EarlierRun | undefined): OpenParts =>
  run === undefined ? makeEach : (emitter) => openParts(run, emitter);

/**
 * Opens the parts of an earlier run. The file has three lines of ASCII (the digest of the rest, the toolkit, the index)
 * and then the parts without separators, so that only the used ones are decoded. A missing, incomplete or damaged file
 * has no parts.
 */
function openParts({ prefix, toolkit, ignored }: EarlierRun, emitter: string): Parts {
  const file = `${prefix}-${emitter}.parts`;
  let known: ReadonlyMap<string, Uint8Array> | undefined;
  const used = new Map<string, string | Uint8Array>();
  let isNew = false;
  return {
    recall(kind, from, make, holds = () => true) {
      // UTF-8 has one encoding for all lone surrogates.
      if (!from.isWellFormed()) return make();
      known ??= ignored ? new Map() : read(file, toolkit);
      const key = sha256(`${kind}\0${from}`, 'base64');
      // This run may have replaced the part of an earlier one.
      const before = used.get(key) ?? known.get(key);
      if (before !== undefined) {
        const text = typeof before === 'object' ? decode(before) : before;
        if (holds(text)) {
          used.set(key, before);
          return text;
        }
      }
      const text = make();
      if (!text.isWellFormed()) return text;
      used.set(key, text);
      isNew = true;
      return text;
    },
    save() {
      if (known === undefined || (!isNew && used.size === known.size)) return;
      // Without them, the next run is only slower.
      try {
        write(file, toolkit, used);
      } catch {}
    },
  };
}

const decode = (bytes: Uint8Array): string => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString();

/** Written at once: the contents of a large document are not copied as a whole. */
const CHUNK = 2 ** 20;

function write(file: string, toolkit: string, parts: ReadonlyMap<string, string | Uint8Array>): void {
  const index: Index = [...parts].map(([key, part]) => [key, Buffer.byteLength(part)]);
  mkdirSync(dirname(file), { recursive: true });
  const temporary = `${file}.${process.pid}`;
  const open = openSync(temporary, 'w');
  try {
    const digest = openSha256();
    let waiting: Uint8Array[] = [];
    let length = 0;
    const flush = (): void => {
      const bytes = Buffer.concat(waiting);
      digest.update(bytes);
      writeFileSync(open, bytes);
      waiting = [];
      length = 0;
    };
    // Replaced by the digest at the end.
    writeFileSync(open, `${' '.repeat(DIGEST)}\n`);
    for (const part of [`${toolkit}\n${JSON.stringify(index)}\n`, ...parts.values()]) {
      waiting.push(typeof part === 'string' ? Buffer.from(part) : part);
      length += part.length;
      if (length > CHUNK) flush();
    }
    flush();
    writeSync(open, digest.digest('hex'), 0);
  } finally {
    closeSync(open);
  }
  renameSync(temporary, file);
}

function read(file: string, toolkit: string): ReadonlyMap<string, Uint8Array> {
  const parts = new Map<string, Uint8Array>();
  try {
    const all = readFileSync(file);
    const lineFrom = (start: number): string => all.toString('latin1', start, all.indexOf(LINE_FEED, start));
    const digest = lineFrom(0);
    const rest = all.subarray(digest.length + 1);
    const madeBy = lineFrom(digest.length + 1);
    if (madeBy !== toolkit || sha256(rest, 'hex') !== digest) return parts;
    const index = lineFrom(digest.length + madeBy.length + 2);
    let at = digest.length + madeBy.length + index.length + 3;
    for (const [key, length] of JSON.parse(index) as Index) {
      parts.set(key, all.subarray(at, at + length));
      at += length;
    }
  } catch {}
  return parts;
}
