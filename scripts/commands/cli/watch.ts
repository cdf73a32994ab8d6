import { statSync, watch as watchFile } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { basename, dirname, sep } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setImmediate, setTimeout as wait } from 'node:timers/promises';
import { CONFIG_FILE } from '../../config/index.ts';
import type { Workspace } from '../../config/workspace.ts';
import { OutdatedError } from '../../generate/outdated.ts';
import { watchFolders } from './watch-folders.ts';

/** Editors save in several steps. Events within this many milliseconds are one save. */
const SETTLE = 30;
/** Milliseconds from an event to the run. Most saves have two events at once: the file is emptied, then written. */
const START = 2;
/** Outdated runs in sequence. The next one is used, so that endless changes cannot prevent every result. */
const MOST_OUTDATED = 5;

/**
 * Waits for the steps of a save. A run begins with the first one, because most saves are complete by then, and calls
 * this before it uses its results.
 */
export type Settle = () => Promise<Settled>;

export type Settled = {
  /** There was another event meanwhile. Some file systems (network drives, mounts of containers) deliver events late. */
  readonly changed: boolean;
  /** A run with outdated files may be repeated. False after several in sequence, so that the results are used. */
  readonly repeatable: boolean;
};

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
 *
 * @param run called again if it throws an `OutdatedError`
 */
export async function watch(
  workspace: Workspace,
  only: readonly string[],
  run: (providers: readonly string[], settle: Settle) => Promise<unknown>,
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
  let events = 0;
  let lastEvent = 0;
  let outdated = 0;

  /** False if the run is outdated. */
  const attempt = async (providers: readonly string[]): Promise<boolean> => {
    const before = events;
    const settle: Settle = async () => {
      // Events that the system has already queued are delivered within two turns.
      await setImmediate();
      await setImmediate();
      while (events === before && performance.now() < lastEvent + SETTLE)
        await wait(lastEvent + SETTLE - performance.now());
      return { changed: events !== before, repeatable: outdated < MOST_OUTDATED };
    };
    try {
      await run(providers, settle);
      return true;
    } catch (error) {
      if (error instanceof OutdatedError) return false;
      throw error;
    }
  };
  const flush = async (): Promise<void> => {
    if (running || signal?.aborted || (touched.size === 0 && !configTouched)) return;
    const providers = configTouched ? only : [...touched];
    const isReadAnew = configTouched;
    configTouched = false;
    touched.clear();
    running = true;
    const isUsed = (isReadAnew && !(await config?.read())) || (await attempt(providers));
    running = false;
    if (signal?.aborted) return;
    if (isReadAnew) watchEmitters();
    outdated = isUsed ? 0 : outdated + 1;
    if (!isUsed) for (const provider of providers) touched.add(provider);
    if (!isUsed && isReadAnew) configTouched = true;
    if (isUsed) await flush();
    else soon(SETTLE);
  };
  const onChange = (path: string): void => {
    const [provider] = path.split(sep);
    // A file at the top level (a schema, an editor's temporary file) does not belong to a provider.
    if (provider === undefined || provider === path) return;
    if (only.length > 0 && !only.includes(provider)) return;
    touched.add(provider);
    onEvent();
    soon(configTouched ? SETTLE : START);
  };
  const onEvent = (): void => {
    events += 1;
    lastEvent = performance.now();
  };
  const soon = (milliseconds: number): void => {
    clearTimeout(timer);
    timer = setTimeout(() => void flush(), milliseconds);
  };
  const onConfig = (): void => {
    configTouched = true;
    onEvent();
    // A configuration is executed, so it must be complete.
    soon(SETTLE);
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
