import { type FSWatcher, lstatSync, readdirSync, watch } from 'node:fs';
import { join, sep } from 'node:path';

/**
 * Calls `onChange` with the path, relative to `root`, of what was made, saved, renamed or removed below it, in folders
 * that come later too. Each folder has a watch of its own: a recursive one follows files, on Linux, and sees nothing
 * more of one that was replaced.
 *
 * @returns what ends it
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
  /** Watches a folder, then gives the files that are there already to `found`. What is no folder (any more) is left. */
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
  /** A folder that came may hold files already, and one that was replaced has the watch of the old one. */
  const reopen = (path: string): void => {
    forget(path);
    if (lstatSync(join(root, path), { throwIfNoEntry: false })?.isDirectory()) open(path, onChange);
  };

  open('', () => undefined);
  return () => {
    for (const watcher of watches.values()) watcher.close();
  };
}
