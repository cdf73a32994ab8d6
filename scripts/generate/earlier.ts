import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Recall } from '../common/recall.ts';
import { digestOf } from '../common/text/digest-of.ts';

/** Where the earlier run of a provider stored its results. */
export type EarlierRun = {
  /** Path of the files, without the name of a part of the work. */
  readonly prefix: string;
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

const fileOf = ({ prefix }: EarlierRun, part: string): string => `${prefix}-${part}.json`;

/** Whether an earlier run left results of a part of the work. */
export const hasResults = (run: EarlierRun, part: string): boolean => !run.ignored && existsSync(fileOf(run, part));

/** Opens the results of an earlier run. They are optional: a missing or invalid file has none. */
export function openEarlier(run: EarlierRun, part: string): Earlier {
  const { toolkit, ignored } = run;
  const file = fileOf(run, part);
  const known = ignored ? new Map<string, unknown>() : read(file);
  const used = new Map<string, unknown>();
  return {
    async recall<Value>(step: string, from: unknown, make: () => Promise<Value>): Promise<Value> {
      const key = `${step} ${digestOf([toolkit, from])}`;
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
