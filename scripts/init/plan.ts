import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** A file that init or add would write; one that is there already is kept as it is. */
export type PlannedFile = { readonly path: string; readonly text: string };
export type WrittenFile = {
  readonly path: string;
  readonly kind: 'written' | 'kept';
  /** What whoever runs the command should know of it. */
  readonly note?: string;
};

/** One line of what a command tells. */
export const toldFile = ({ path, kind, note }: WrittenFile): string =>
  `${kind.padEnd(7)} ${path}${note === undefined ? '' : `: ${note}`}`;

/** Writes what is missing. Nothing that somebody wrote is ever replaced. */
export async function writeMissing(root: string, files: readonly PlannedFile[]): Promise<readonly WrittenFile[]> {
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

export const readIfThere = (path: string): Promise<string | undefined> =>
  readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
