import { readFile, writeFile } from 'node:fs/promises';
import { applyEdits } from '../lint/fixes/index.ts';
import type { Checked } from './check-spec.ts';

/**
 * Writes the fixes that keep the meaning of a spec to its files.
 * @returns how many were applied; a file that was saved meanwhile is left alone
 */
export async function applyFixes({ diagnostics, sources }: Checked): Promise<number> {
  let count = 0;
  for (const [file, text] of sources) {
    const fixes = diagnostics.flatMap(({ at, fix }) => (at.file === file && fix?.automatic ? [fix] : []));
    if (fixes.length === 0 || (await readFile(file, 'utf8').catch(() => undefined)) !== text) continue;
    await writeFile(
      file,
      applyEdits(
        text,
        fixes.flatMap(({ edits }) => edits),
      ),
    );
    count += fixes.length;
  }
  return count;
}
