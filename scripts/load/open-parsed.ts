import { copyTree } from '../common/document/copy-tree.ts';
import type { Parsed } from './parsed.ts';
import { parseText } from './source-file.ts';
import type { Parse } from './types.ts';

type Known = { readonly text: string; readonly limits: string; readonly parsed: Parsed };

/** UTF-16 units of all files together: a parsed file takes many times the memory of its text. */
const MOST = 1_000_000;

/**
 * Keeps what was parsed, for a process that loads the same files repeatedly: after a save, it only parses the file that
 * was saved. Each load gets its own copy of the values, because loading includes other files in them, and the linter
 * renames keys while it runs.
 */
export function openParsed(): Parse {
  /** By path. The first one was not used for the longest time. */
  const known = new Map<string, Known>();
  let size = 0;
  const remove = (path: string): void => {
    size -= known.get(path)?.text.length ?? 0;
    known.delete(path);
  };
  return (path, text, limits) => {
    const before = known.get(path);
    const bounds = JSON.stringify(limits);
    const isSame = before?.text === text && before.limits === bounds;
    const parsed = isSame ? before.parsed : parseText(path, text, limits);
    remove(path);
    if (text.length > MOST) return parsed;
    known.set(path, { text, limits: bounds, parsed });
    size += text.length;
    for (const oldest of known.keys()) if (size > MOST) remove(oldest);
    return { ...parsed, value: copyTree(parsed.value) };
  };
}
