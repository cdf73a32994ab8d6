import { join, relative } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { type Cache, hashPaths, readCache, writeCache } from './cache.ts';
import type { ProviderConfig } from './config/types.ts';
import { type Diagnostic, InputError, type Sources } from './diagnostic.ts';
import type { File } from './model/types.ts';
import { chooseProviders, specFile, type Workspace } from './workspace.ts';
import { applyPlans, type Plan, planWrites } from './write.ts';

export type ProviderReport = {
  readonly provider: string;
  readonly operations: number;
  readonly files: number;
  /** Paths relative to the workspace that were written or removed (with `check`: that differ). */
  readonly changed: readonly string[];
  /** Operations that answer 501, since no plugin handles them. */
  readonly unhandled: readonly string[];
  readonly fresh: boolean;
  readonly ms: number;
};

export type GenerateOptions = {
  readonly providers?: readonly string[];
  /** Write nothing; report what differs. */
  readonly check?: boolean;
  /** Ignore what is remembered of earlier runs. */
  readonly force?: boolean;
  readonly onProvider?: (provider: string) => void;
};

export type GenerateResult = {
  readonly reports: readonly ProviderReport[];
  readonly warnings: readonly Diagnostic[];
  /** Texts that the warnings speak of. */
  readonly sources: Sources;
};

const TOOLKIT = fileURLToPath(new URL('../', import.meta.url));

/** What beside a provider's own files decides its output: the toolkit and the versions that it runs on. */
const hashToolkit = (): Promise<string> =>
  hashPaths(
    ['scripts', 'templates', 'specs/x-cs.schema.json', 'package-lock.json'].map((path) => join(TOOLKIT, path)),
    TOOLKIT,
  );

const settingsOf = (workspace: Workspace, provider: string): ProviderConfig =>
  workspace.config.providers?.[provider] ?? {};

type Made = {
  readonly files: readonly File[];
  readonly operations: number;
  readonly unhandled: readonly string[];
  readonly warnings: readonly Diagnostic[];
  readonly sources: Sources;
};

/** The whole pipeline for one provider; nothing is written here. Heavy libraries load only when something must be made. */
async function make(workspace: Workspace, provider: string): Promise<Made> {
  const [{ loadSpec }, { loadPlugins }, { lintSpec }, { bundleSpec }, { expandDocument }] = await Promise.all([
    import('./load.ts'),
    import('./load-plugins.ts'),
    import('./lint.ts'),
    import('./bundle.ts'),
    import('./expand.ts'),
  ]);
  const [{ buildApi }, { emit }, { emitHooks }, { inject }, { format }, { checkSchemas }] = await Promise.all([
    import('./model/build.ts'),
    import('./emit.ts'),
    import('./emit/hooks.ts'),
    import('./inject.ts'),
    import('./format.ts'),
    import('./emit/validators.ts'),
  ]);

  // 1. load: the spec with every file it refers to, and the plugins as text
  const spec = await loadSpec(specFile(workspace, provider));
  const plugins = await loadPlugins(join(workspace.plugins, provider), workspace.root);

  // 2. lint: Redocly's rules and ours, as written and expanded
  const problems = await lintSpec(spec);
  if (problems.some(({ severity }) => severity === 'error')) throw new InputError(problems, spec.texts);

  // 3. bundle: one document, dispatch and webhooks expanded
  const expanded = expandDocument(await bundleSpec(spec));

  // 4. model: plain data, the last to see OpenAPI
  const api = buildApi(expanded, provider);
  const schemaProblems = checkSchemas(api);
  if (schemaProblems.some(({ severity }) => severity === 'error'))
    throw new InputError([...problems, ...schemaProblems], spec.texts);

  // 5. emit: every file as text
  const { hooks = false, unknownKeys } = settingsOf(workspace, provider);
  const emitted = emit(api, {
    scope: workspace.scope,
    ...(hooks && { hooks: await emitHooks(api) }),
    ...(unknownKeys && { unknownKeys }),
  });

  // 6. inject: plugins into the composition files
  const injected = inject(api, emitted, plugins, join(workspace.generated, provider));
  if (injected.diagnostics.length > 0)
    throw new InputError(injected.diagnostics, new Map([...spec.texts, ...plugins.texts]));

  // 7. format; 8. write is the caller's, once all providers are made
  return {
    files: format(injected.files),
    operations: api.operations.length,
    unhandled: injected.unhandled,
    warnings: [...problems, ...schemaProblems],
    sources: spec.texts,
  };
}

/**
 * Makes the packages of all providers, or of those asked for. All are made before any is written: with one problem
 * anywhere, nothing in generated/ is touched.
 *
 * @throws {InputError} with the problems of all providers.
 */
export async function generate(workspace: Workspace, options: GenerateOptions = {}): Promise<GenerateResult> {
  const { providers: asked = [], check = false, force = false, onProvider } = options;
  const providers = await chooseProviders(workspace, asked);
  const cacheFile = join(workspace.cache, 'generate.json');
  const cache: Cache = force ? {} : await readCache(cacheFile);
  const toolkit = await hashToolkit();

  const reports: ProviderReport[] = [];
  const plans: Plan[] = [];
  const problems: Diagnostic[] = [];
  const warnings: Diagnostic[] = [];
  const sources = new Map<string, string>();
  const remembered = new Map<string, { readonly inputs: string; readonly report: ProviderReport }>();

  for (const provider of providers) {
    const start = performance.now();
    const folder = join(workspace.generated, provider);
    const folders = [join(workspace.specs, provider), join(workspace.plugins, provider)];
    const settings = JSON.stringify([workspace.scope, settingsOf(workspace, provider)]);
    const inputs = `${toolkit} ${settings} ${await hashPaths(folders, workspace.root)}`;
    const known = cache[provider];
    if (known?.inputs === inputs && known.outputs === (await hashPaths([folder], workspace.root))) {
      const { operations, files, unhandled } = known;
      const ms = performance.now() - start;
      reports.push({ provider, operations, files, unhandled, changed: [], fresh: true, ms });
      continue;
    }
    onProvider?.(provider);
    try {
      const made = await make(workspace, provider);
      const plan = await planWrites(folder, made.files);
      const changed = [...plan.changed.map(({ path }) => join(folder, path)), ...plan.stale];
      const report: ProviderReport = {
        provider,
        operations: made.operations,
        files: made.files.length,
        changed: changed.map((path) => relative(workspace.root, path)).sort(),
        unhandled: made.unhandled,
        fresh: false,
        ms: performance.now() - start,
      };
      warnings.push(...made.warnings);
      for (const [file, text] of made.sources) sources.set(file, text);
      plans.push(plan);
      reports.push(report);
      // A run that warned is made again next time, so that its warnings are seen again.
      if (made.warnings.length === 0) remembered.set(provider, { inputs, report });
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      problems.push(...error.diagnostics);
      for (const [file, text] of error.sources) sources.set(file, text);
    }
  }
  if (problems.length > 0) throw new InputError(problems, sources);
  if (check) return { reports, warnings, sources };

  await applyPlans(plans, workspace.generated);
  const entries = await Promise.all(
    [...remembered].map(async ([provider, { inputs, report }]) => {
      const { operations, files, unhandled } = report;
      const outputs = await hashPaths([join(workspace.generated, provider)], workspace.root);
      return [provider, { inputs, outputs, operations, files, unhandled }] as const;
    }),
  );
  if (entries.length > 0) await writeCache(cacheFile, { ...cache, ...Object.fromEntries(entries) });
  return { reports, warnings, sources };
}
