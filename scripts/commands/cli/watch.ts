import { statSync, watch as watchFile } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { basename, dirname, sep } from 'node:path';
import { CONFIG_FILE } from '../../config/index.ts';
import type { Workspace } from '../../config/workspace.ts';
import { watchFolders } from './watch-folders.ts';

/** Editors save in several steps. Events within this many milliseconds are one save. */
const SETTLE = 30;

/** Files that affect all providers. */
export type WatchedConfig = {
  /** The files and folders of the configuration and its emitters. Called again after each reload. */
  readonly sources: () => readonly string[];
  /** Reloads the configuration; false if it is invalid, which was then reported. */
  readonly read: () => Promise<boolean>;
};

/**
 * Calls `run` with the providers whose spec or plugin was saved. Runs never overlap: a change during a run is handled
 * by the next one. The signal ends it. Without a signal, the process is ended from outside.
 */
export async function watch(
  workspace: Workspace,
  only: readonly string[],
  run: (providers: readonly string[]) => Promise<unknown>,
  signal?: AbortSignal,
  /** Called when all later changes will be detected. */
  ready: () => void = () => undefined,
  /** If present, a change of the configuration or of an emitter generates all providers, or all selected ones. */
  config?: WatchedConfig,
): Promise<void> {
  let configTouched = false;
  const touched = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  let running = false;

  const flush = async (): Promise<void> => {
    if (running || (touched.size === 0 && !configTouched)) return;
    const providers = configTouched ? only : [...touched];
    const isReadAnew = configTouched;
    configTouched = false;
    touched.clear();
    running = true;
    if (!isReadAnew || (await config?.read())) await run(providers);
    if (isReadAnew) watchEmitters();
    running = false;
    await flush();
  };
  const onChange = (path: string): void => {
    const [provider] = path.split(sep);
    // A file at the top level (a schema, an editor's temporary file) does not belong to a provider.
    if (provider === undefined || provider === path) return;
    if (only.length > 0 && !only.includes(provider)) return;
    touched.add(provider);
    soon();
  };
  const soon = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => void flush(), SETTLE);
  };
  const onConfig = (): void => {
    configTouched = true;
    soon();
  };
  /** Names in the root. */
  let files: ReadonlySet<string> = new Set();
  let emitterEnds: readonly (() => void)[] = [];
  const watchEmitters = (): void => {
    for (const end of emitterEnds) end();
    const sources = config?.sources() ?? [];
    const folders = sources.filter((path) => statSync(path, { throwIfNoEntry: false })?.isDirectory());
    emitterEnds = folders.map((folder) => watchFolders(folder, onConfig));
    files = new Set([
      CONFIG_FILE,
      ...sources.filter((path) => dirname(path) === workspace.root).map((path) => basename(path)),
    ]);
  };
  const folders = [workspace.specs, workspace.plugins];
  for (const folder of folders) await mkdir(folder, { recursive: true });
  const ends = folders.map((folder) => watchFolders(folder, onChange));
  watchEmitters();
  // The folder, not the files: an editor replaces files.
  const root = config && watchFile(workspace.root, (_, name) => files.has(name ?? '') && onConfig());
  ready();
  await new Promise<void>((resolve) => {
    if (signal?.aborted) resolve();
    signal?.addEventListener('abort', () => resolve(), { once: true });
  });
  for (const end of [...ends, ...emitterEnds]) end();
  root?.close();
  clearTimeout(timer);
}
