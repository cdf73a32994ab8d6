import { access, chmod, constants, readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { type Diagnostic, type Fix, InputError } from '../common/diagnostics/diagnostic.ts';
import { applyEdits, withoutOverlaps } from '../lint/fixes/index.ts';
import type { Checked } from './check-spec.ts';

const BOM = '\uFEFF';

type Change = { readonly at: Diagnostic['at']; readonly path: string; readonly mode: number; readonly text: string };

/**
 * Writes the fixes that keep the meaning of a spec to its files. Every file is first written completely beside its
 * place, so that a failure leaves all files unchanged.
 * @returns how many errors were fixed; a file that was saved meanwhile is skipped
 * @throws {InputError} if a file cannot be written
 */
export async function applyFixes({ diagnostics, sources }: Checked): Promise<number> {
  const changes: Change[] = [];
  let count = 0;
  for (const [file, text] of sources) {
    const found = diagnostics.filter(({ at, fix }) => at.file === file && fix?.automatic);
    const [first] = found;
    if (first === undefined) continue;
    const there = await readFile(file, 'utf8').catch(() => undefined);
    // The text of a source has no byte order mark.
    const mark = there?.startsWith(BOM) ? BOM : '';
    if (there !== mark + text) continue;
    const fixes = withoutOverlaps(found.flatMap(({ fix }) => fix ?? []));
    const made = applyEdits(text, editsOf(fixes));
    if (made === text) continue;
    count += fixes.length;
    // A symbolic link stays one.
    const path = await realpath(file);
    changes.push({ at: first.at, path, mode: (await stat(path)).mode, text: mark + made });
  }
  await writeAll(changes);
  return count;
}

const editsOf = (fixes: readonly Fix[]): Fix['edits'] => fixes.flatMap(({ edits }) => edits);

async function writeAll(changes: readonly Change[]): Promise<void> {
  const beside = (path: string): string => `${path}.${process.pid}.tmp`;
  try {
    for (const change of changes) {
      try {
        await access(change.path, constants.W_OK);
        await writeFile(beside(change.path), change.text, { flag: 'wx' });
        await chmod(beside(change.path), change.mode);
      } catch (error) {
        throw unwritable(change, error);
      }
    }
    for (const { path } of changes) await rename(beside(path), path);
  } finally {
    for (const { path } of changes) await rm(beside(path), { force: true });
  }
}

function unwritable({ at }: Change, error: unknown): InputError {
  const reason = error instanceof Error ? error.message : String(error);
  return new InputError([
    {
      severity: 'error',
      code: 'fix-not-written',
      message: `The fixes of \`${at.file}\` cannot be written: ${reason}`,
      help: 'Make the file and its folder writable, check that the disk has space, and run `lint --fix` again. No file is half-written.',
      at: { file: at.file, line: 1, column: 1 },
    },
  ]);
}
