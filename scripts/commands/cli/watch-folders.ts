import { type FSWatcher, lstatSync, readdirSync, watch } from 'node:fs';
import { join, sep } from 'node:path';

/**
 * Calls `onChange` with the path, relative to `root`, of each file below it that is created, saved, renamed or removed,
 * also in new folders. Each folder has its own watcher: on Linux, a recursive one watches files, and loses a file that
 * is replaced.
 *
 * @returns a function that stops watching
 */
export function watchFolders(root: string, onChange: (path: string) => void): () => void {
  const watches = new Map<string, FSWatcher>();

  const forget = (folder: string): void => {
    for (const [path, watcher] of watches) {
      if (path !== folder && !path.startsWith(`${folder}${sep}`)) continue;
      watcher.close();
      watches.delete(path);
    }
  };
  /** Watches a folder, then passes the existing files to `found`. Ignores a path that is not a folder. */
  const open = (folder: string, found: (path: string) => void): void => {
    try {
      const watcher = watch(join(root, folder), (event, name) => {
        const path = join(folder, name ?? '');
        onChange(path);
        if (event === 'rename' && name !== null) reopen(path);
      });
      watches.set(
        folder,
        watcher.on('error', () => forget(folder)),
      );
      for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
        const path = join(folder, entry.name);
        if (entry.isDirectory()) open(path, found);
        else found(path);
      }
    } catch (error) {
      if (!['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
      forget(folder);
    }
  };
  /** A new folder may already contain files, and a replaced one has the old folder's watcher. */
  const reopen = (path: string): void => {
    forget(path);
    if (lstatSync(join(root, path), { throwIfNoEntry: false })?.isDirectory()) open(path, onChange);
  };

  open('', () => undefined);
  return () => {
    for (const watcher of watches.values()) watcher.close();
  };
}
