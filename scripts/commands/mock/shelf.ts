import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Shelf } from '@countersign/runtime/mock';
import type { Workspace } from '../../config/workspace.ts';

type Stored = NonNullable<ReturnType<Shelf['load']>>;

/** Milliseconds between a change and writing its file, so that many changes are written together. */
const SOON = 50;

/** The data of stateful mocks, one JSON file per provider in `.data/mock`. An unreadable file counts as empty. */
export function openShelf({ root }: Workspace): Shelf {
  const folder = join(root, '.data', 'mock');
  const fileOf = (provider: string): string => join(folder, `${provider}.items.json`);
  const waiting = new Map<string, Stored>();
  const write = (): void => {
    mkdirSync(folder, { recursive: true });
    for (const [provider, stored] of waiting) {
      const file = fileOf(provider);
      // The file is written completely or not at all.
      writeFileSync(`${file}.new`, JSON.stringify(stored, undefined, 2), { mode: 0o600 });
      renameSync(`${file}.new`, file);
    }
    waiting.clear();
  };
  return {
    load(provider) {
      try {
        return waiting.get(provider) ?? (JSON.parse(readFileSync(fileOf(provider), 'utf8')) as Stored);
      } catch {
        return undefined;
      }
    },
    save(provider, stored) {
      if (waiting.size === 0) setTimeout(write, SOON);
      waiting.set(provider, stored);
    },
  };
}
