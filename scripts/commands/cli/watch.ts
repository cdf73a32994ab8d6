import { mkdir } from 'node:fs/promises';
import { sep } from 'node:path';
import type { Workspace } from '../../config/workspace.ts';
import { watchFolders } from './watch-folders.ts';

/** Editors save in several steps; what comes within this many milliseconds is one save. */
const SETTLE = 60;

/**
 * Calls `run` with the providers whose spec or plugin was saved. Runs never overlap; what is saved during one is made
 * in the next. Ends with the signal; without one, the process is ended from outside.
 */
export async function watch(
  workspace: Workspace,
  only: readonly string[],
  run: (providers: readonly string[]) => Promise<unknown>,
  signal?: AbortSignal,
  /** Called when what is saved from now on will be seen. */
  ready: () => void = () => undefined,
): Promise<void> {
  const touched = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  let running = false;

  const flush = async (): Promise<void> => {
    if (running || touched.size === 0) return;
    const providers = [...touched];
    touched.clear();
    running = true;
    await run(providers);
    running = false;
    await flush();
  };
  const onChange = (path: string): void => {
    const [provider] = path.split(sep);
    // A file at the top (a schema, an editor's temporary file) belongs to no provider.
    if (provider === undefined || provider === path) return;
    if (only.length > 0 && !only.includes(provider)) return;
    touched.add(provider);
    clearTimeout(timer);
    timer = setTimeout(() => void flush(), SETTLE);
  };
  const folders = [workspace.specs, workspace.plugins];
  for (const folder of folders) await mkdir(folder, { recursive: true });
  const ends = folders.map((folder) => watchFolders(folder, onChange));
  ready();
  await new Promise<void>((resolve) => {
    if (signal?.aborted) resolve();
    signal?.addEventListener('abort', () => resolve(), { once: true });
  });
  for (const end of ends) end();
  clearTimeout(timer);
}
