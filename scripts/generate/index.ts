import { lstat, readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import { performance } from 'node:perf_hooks';
import { type Diagnostic, type Fault, FaultError, InputError, type Sources } from '../common/diagnostics/diagnostic.ts';
import { chooseProviders, settingsOf, type Workspace } from '../config/workspace.ts';
import { openParsed } from '../load/open-parsed.ts';
import type { Parse } from '../load/types.ts';
import { applyStaged, closeStaging, openStaging, type StagedPlan } from '../write/index.ts';
import { type Guard, guardStaging, removeAbandoned } from '../write/staging.ts';
import { BUILT, type CacheEntry, hashPaths, listTree, readCache, writeCache } from './cache.ts';
import { type Digests, openDigests, readDigests } from './digests.ts';
import type { EarlierRun } from './earlier.ts';
import { type Large, openLarge } from './large.ts';
import { findLeftovers, type Leftover, removeLeftovers, toWarnings } from './leftovers.ts';
import { isLarge, type Made, makeProvider } from './make-provider.ts';
import { OutdatedError } from './outdated.ts';
import { openPool } from './pool.ts';
import { heapLimit } from './threads.ts';
import { hashToolkit } from './toolkit-digest.ts';
import { openTools, type Tools } from './tools.ts';

/** The result for one provider. */
export type ProviderReport = {
  readonly provider: string;
  readonly operations: number;
  readonly files: number;
  /** Paths relative to the workspace that were written or removed (with `check`: that differ). */
  readonly changed: readonly string[];
  /** Operations that return 501 because no plugin handles them, without those that only others receive. */
  readonly unhandled: readonly string[];
  readonly fresh: boolean;
  readonly ms: number;
};

/** Options of a run. */
export type GenerateOptions = {
  readonly providers?: readonly string[];
  /** Write nothing, and report differences. */
  readonly check?: boolean;
  /** Ignore the cache of earlier runs. */
  readonly force?: boolean;
  /** Write the valid providers even if others have errors. The errors are in the result. */
  readonly keepGoing?: boolean;
  /** Only the providers whose content hash falls into part `index` (from 1) of `count`. */
  readonly shard?: { readonly index: number; readonly count: number };
  readonly onProvider?: (provider: string) => void;
  /** The state of earlier runs in this process. */
  readonly kept?: Kept;
  /** Awaited before anything is written or reported. False if the results are used even if a file changed meanwhile. */
  readonly settle?: () => Promise<boolean>;
};

/** Kept by a process that generates repeatedly: libraries in threads, the hash of the running toolkit, parsed files. */
export type Kept = {
  readonly tools: Tools;
  readonly large: Large;
  readonly toolkit: string;
  readonly parse: Parse;
};

/** Opens the state that runs of one process share. */
export const openKept = (): Kept => ({
  tools: openTools(),
  large: openLarge(true),
  toolkit: hashToolkit(readDigests),
  parse: openParsed(),
});

/** The result of a run. */
export type GenerateResult = {
  readonly reports: readonly ProviderReport[];
  /** Folders without a spec. Ours were removed (with `check`: would be removed). */
  readonly leftovers: readonly Leftover[];
  readonly warnings: readonly Diagnostic[];
  /** With `keepGoing`: the errors of the providers that were not generated. */
  readonly problems: readonly Diagnostic[];
  /** With `keepGoing`: providers that failed because of a bug in the toolkit. */
  readonly faults: readonly Fault[];
  /** Source texts of the warnings and errors. */
  readonly sources: Sources;
};

/** Bytes of specs. A smaller total is processed in this thread, because a worker must load the libraries again. */
const MUCH = 2_000_000;

type Task = {
  readonly provider: string;
  /** Digest of the toolkit. */
  readonly toolkit: string;
  /** Digest of everything that determines the output. */
  readonly inputs: string;
  /** Digest of the files of spec and plugin. */
  readonly contents: string;
  readonly known: CacheEntry | undefined;
};

/** Bytes of all files below a folder. */
async function sizeOf(folder: string): Promise<number> {
  const sizes = await Promise.all(listTree(folder).map(async (file) => (await lstat(file)).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** The cached result of a provider, if neither its inputs nor its outputs have changed. */
function findFresh(workspace: Workspace, { provider, inputs, known }: Task, digests: Digests): CacheEntry | undefined {
  if (known?.inputs !== inputs) return undefined;
  const outputs = hashPaths([join(workspace.generated, provider)], workspace.root, digests, BUILT);
  return known.outputs === outputs ? known : undefined;
}

async function readTexts(warnings: readonly Diagnostic[]): Promise<Sources> {
  const files = [...new Set(warnings.map(({ at }) => at.file))];
  const texts = await Promise.all(
    files.map(async (file) => [file, await readFile(resolve(file), 'utf8').catch(() => undefined)] as const),
  );
  return new Map(texts.filter((pair): pair is [string, string] => pair[1] !== undefined));
}

/** Runs `work` for each item with limited concurrency. */
async function forEach<Item>(items: readonly Item[], at: number, work: (item: Item) => Promise<void>): Promise<void> {
  const rest = items.values();
  const worker = async (): Promise<void> => {
    for (const item of rest) await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(at, items.length) }, worker));
}

const hashContents = (workspace: Workspace, provider: string, digests: Digests): string =>
  hashPaths([join(workspace.specs, provider), join(workspace.plugins, provider)], workspace.root, digests);

/** The providers of this part, with a hash of everything that determines their output. */
async function findTasks(
  workspace: Workspace,
  providers: readonly string[],
  { force = false, shard, kept }: GenerateOptions,
  digests: Digests,
): Promise<readonly Task[]> {
  const cache = force ? {} : await readCache(join(workspace.cache, 'generate.json'));
  const toolkit = kept?.toolkit ?? hashToolkit(digests);
  const hashOthers = workspace.hasEmitters
    ? await (await import('./emitter-sources.ts')).hashEmitters(workspace)
    : () => '';
  const tasks: Task[] = [];
  for (const provider of providers) {
    const contents = hashContents(workspace, provider, digests);
    // Depends only on the contents: every machine computes the same parts.
    if (shard !== undefined && Number.parseInt(contents.slice(0, 8), 16) % shard.count !== shard.index - 1) continue;
    const settings = JSON.stringify([workspace.scope, settingsOf(workspace, provider)]);
    tasks.push({
      provider,
      toolkit,
      inputs: `${toolkit} ${settings} ${contents} ${hashOthers(provider)}`,
      contents,
      known: cache[provider],
    });
  }
  return tasks;
}

const faultOf = (provider: string, error: unknown): Fault => ({
  provider,
  message: error instanceof Error ? (error.stack ?? error.message) : String(error),
});

/**
 * Generates the packages of all providers, or of the selected ones. All are generated before any is written: after one
 * error, nothing in generated/ is changed (unless `keepGoing`).
 *
 * @throws {InputError} with the errors of all providers.
 * @throws {FaultError} for a bug in the toolkit, after all providers were processed.
 * @throws {OutdatedError} with `settle`, if a spec or plugin changed meanwhile. Then nothing was written.
 */
export async function generate(workspace: Workspace, options: GenerateOptions = {}): Promise<GenerateResult> {
  const { check = false, force = false, keepGoing = false, onProvider, kept } = options;
  const { providers: asked = [], shard } = options;
  const providers = await chooseProviders(workspace, asked);
  const digests = openDigests(join(workspace.cache, 'digests.json'));
  const tasks = await findTasks(workspace, providers, options, digests);
  // A folder without a spec belongs to no part: the first part looks for it.
  const leftovers =
    asked.length > 0 || (shard !== undefined && shard.index !== 1) ? [] : await findLeftovers(workspace, providers);
  const reports = new Map<string, ProviderReport>();
  const plans: StagedPlan[] = [];
  const found = new Map<string, readonly Diagnostic[]>();
  const failed = new Map<string, Fault>();
  const warned = new Map<string, readonly Diagnostic[]>();
  // Reported in the order of the providers, regardless of which finished first.
  const inOrder = (told: ReadonlyMap<string, readonly Diagnostic[]>): readonly Diagnostic[] =>
    tasks.flatMap(({ provider }) => told.get(provider) ?? []);
  const sources = new Map<string, string>();
  const entries = new Map<string, Omit<CacheEntry, 'outputs'>>();
  const addSources = (texts: Sources): void => {
    for (const [file, text] of texts) sources.set(file, text);
  };

  const stale: Task[] = [];
  for (const task of tasks) {
    const start = performance.now();
    const fresh = findFresh(workspace, task, digests);
    if (fresh === undefined) stale.push(task);
    else {
      const { operations, files, unhandled } = fresh;
      warned.set(task.provider, fresh.warnings);
      addSources(await readTexts(fresh.warnings));
      const ms = performance.now() - start;
      reports.set(task.provider, {
        provider: task.provider,
        operations,
        files,
        unhandled,
        changed: [],
        fresh: true,
        ms,
      });
    }
  }

  digests.save();

  const sizes = await Promise.all(stale.map(({ provider }) => sizeOf(join(workspace.specs, provider))));
  let guard: Guard | undefined;
  const staging =
    check || stale.length === 0
      ? undefined
      : await openStaging(workspace.generated, (path) => {
          guard = guardStaging(path);
        });
  // `openStaging` removes abandoned folders as well.
  if (!check && staging === undefined) await removeAbandoned(workspace.generated);
  const limit = heapLimit(Math.max(0, ...sizes));
  const pool = openPool(availableParallelism(), limit);
  const large = kept?.large ?? openLarge();
  const tools = kept?.tools ?? openTools();
  try {
    const many = stale.length > 1 && sizes.reduce((sum, size) => sum + size, 0) > MUCH;
    // If everything runs in this thread, a second provider uses the time in which the first waits for the tools.
    await forEach(stale, many ? availableParallelism() : 2, async ({ provider, toolkit, inputs }) => {
      const start = performance.now();
      onProvider?.(provider);
      const earlier: EarlierRun = { prefix: join(workspace.cache, 'steps', provider), toolkit, ignored: force };
      try {
        const made: Made = many
          ? await pool.makeProvider(workspace, provider, staging, earlier)
          : isLarge(workspace, provider)
            ? await large.make(workspace, provider, staging, limit, earlier)
            : await makeProvider(workspace, provider, staging, { tools, earlier, parse: kept?.parse });
        const { operations, files, unhandled, changed } = made;
        const ms = performance.now() - start;
        reports.set(provider, { provider, operations, files, unhandled, changed, fresh: false, ms });
        entries.set(provider, { inputs, operations, files, unhandled, warnings: made.warnings });
        if (made.plan !== undefined) plans.push(made.plan);
        warned.set(provider, made.warnings);
        addSources(made.sources);
      } catch (error) {
        // Rethrowing it would end the run while others still write to the staging folder.
        if (!(error instanceof InputError)) failed.set(provider, faultOf(provider, error));
        else {
          found.set(provider, error.diagnostics);
          addSources(error.sources);
        }
      }
    });
    const isOutdated = ({ provider, contents }: Task): boolean =>
      hashContents(workspace, provider, digests) !== contents;
    if ((await options.settle?.()) && tasks.some(isOutdated)) throw new OutdatedError();
    const problems = inOrder(found);
    const faults = tasks.flatMap(({ provider }) => failed.get(provider) ?? []);
    if (faults.length > 0 && !keepGoing) throw new FaultError(faults, problems, sources);
    if (problems.length > 0 && !keepGoing) throw new InputError(problems, sources);
    const ordered = tasks.flatMap(({ provider }) => reports.get(provider) ?? []);
    const warnings = [...inOrder(warned), ...toWarnings(leftovers)];
    const result = { reports: ordered, leftovers, warnings, problems, faults, sources };
    if (check) return result;

    const apply = async (): Promise<void> => {
      await applyStaged(plans, workspace.generated);
      await removeLeftovers(workspace, leftovers);
      await remember(workspace, entries);
    };
    await (guard === undefined ? apply() : guard.finish(apply));
    return result;
  } finally {
    await Promise.all([pool.close(), kept === undefined && large.close(), kept === undefined && tools.close()]);
    if (staging !== undefined) await closeStaging(staging);
    guard?.release();
  }
}

async function remember(
  workspace: Workspace,
  entries: ReadonlyMap<string, Omit<CacheEntry, 'outputs'>>,
): Promise<void> {
  if (entries.size === 0) return;
  const cacheFile = join(workspace.cache, 'generate.json');
  const complete: [string, CacheEntry][] = [];
  for (const [provider, entry] of entries) {
    const outputs = hashPaths([join(workspace.generated, provider)], workspace.root, undefined, BUILT);
    complete.push([provider, { ...entry, outputs }]);
  }
  // Read again, because another run may have written it meanwhile.
  await writeCache(cacheFile, { ...(await readCache(cacheFile)), ...Object.fromEntries(complete) });
}
