import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { serialize } from 'node:v8';
import type { Recall } from '../common/recall.ts';
import { sha256 } from '../common/text/sha256.ts';

/** The location of an earlier run's results. */
export type EarlierFile = {
  readonly file: string;
  /** Digest of the toolkit: other code makes other results. */
  readonly toolkit: string;
  /** Only write results, and use none. */
  readonly ignored: boolean;
};

/** Results of an earlier run, and those of this one. */
type Earlier = {
  readonly recall: Recall;
  /** Stores the results that this run used, and no others. */
  readonly save: () => void;
};

/** Whether an earlier run left results. */
export const hasResults = ({ file, ignored }: EarlierFile): boolean => !ignored && existsSync(file);

/** Opens the results of an earlier run. They are optional: a missing or invalid file has none. */
export function openEarlier({ file, toolkit, ignored }: EarlierFile): Earlier {
  const known = ignored ? new Map<string, unknown>() : read(file);
  const used = new Map<string, unknown>();
  return {
    async recall<Value>(step: string, from: unknown, make: () => Promise<Value>): Promise<Value> {
      const key = `${step} ${sha256(serialize([toolkit, from]), 'base64')}`;
      const value = known.has(key) ? (known.get(key) as Value) : await make();
      used.set(key, value);
      return value;
    },
    save() {
      if (used.size === known.size && [...used.keys()].every((key) => known.has(key))) return;
      // Without them, the next run is only slower.
      try {
        mkdirSync(dirname(file), { recursive: true });
        const temporary = `${file}.${process.pid}`;
        writeFileSync(temporary, JSON.stringify([...used]));
        renameSync(temporary, file);
      } catch {}
    },
  };
}

function read(file: string): ReadonlyMap<string, unknown> {
  try {
    return new Map(JSON.parse(readFileSync(file, 'utf8')) as [string, unknown][]);
  } catch {
    return new Map();
  }
}
