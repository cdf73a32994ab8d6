import { statSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { refusal } from '../../common/diagnostics/troubleshooting.ts';

/** A file that init or add would write. An existing file is kept unchanged. */
export type PlannedFile = { readonly path: string; readonly text: string };
/** A file that was written or kept. */
export type WrittenFile = {
  readonly path: string;
  readonly kind: 'written' | 'kept';
  /** A note for the user of the command. */
  readonly note?: string;
};

/** One line of a command's output. */
export const toldFile = ({ path, kind, note }: WrittenFile): string =>
  `${kind.padEnd(7)} ${path}${note === undefined ? '' : `: ${note}`}`;

/**
 * Checks whether the folders of files exist or can be created.
 * @throws {InputError} if a file is in the way
 */
export function requireFolders(root: string, files: readonly PlannedFile[]): void {
  for (const { path } of files)
    for (let folder = dirname(path); folder !== '.'; folder = dirname(folder))
      if (statSync(join(root, folder), { throwIfNoEntry: false })?.isDirectory() === false)
        throw refusal('file-in-the-way', 'The path is a file. Expected a folder.', 'Move or rename the file.', folder);
}

/** Writes the missing files. Existing files are never replaced. */
export async function writeMissing(root: string, files: readonly PlannedFile[]): Promise<readonly WrittenFile[]> {
  requireFolders(root, files);
  const written: WrittenFile[] = [];
  for (const { path, text } of files) {
    const target = join(root, path);
    await mkdir(dirname(target), { recursive: true });
    const kind = await writeFile(target, text, { flag: 'wx' }).then(
      () => 'written' as const,
      (error: NodeJS.ErrnoException) => {
        if (error.code === 'EEXIST') return 'kept' as const;
        throw error;
      },
    );
    written.push({ path, kind });
  }
  return written;
}

/** The text of a file; undefined if there is none. */
export const readIfThere = (path: string): Promise<string | undefined> =>
  readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
