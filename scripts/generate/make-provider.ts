import { statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { type Diagnostic, InputError, type Sources } from '../common/diagnostics/diagnostic.ts';
import { makeAlways, type Recall } from '../common/recall.ts';
import type { ProviderConfig } from '../config/types.ts';
import { settingsOf, specFile, type Workspace } from '../config/workspace.ts';
import type { Injected } from '../inject/index.ts';
import type { LoadedSpec, Parse } from '../load/types.ts';
import type { Api, ApiData, File } from '../model/types.ts';
import { type Output, openOutput, type Part, type StagedPlan } from '../write/index.ts';
import { type EarlierRun, openEarlier } from './earlier.ts';
import { formatEach } from './format-each.ts';
import { injectPlugins } from './inject-plugins.ts';
import { isKnown, withResults } from './known-tools.ts';
import { partsOf } from './parts-file.ts';
import type { Tools } from './tools.ts';

/** Bytes. For a larger document, threads are worth their start. */
const LARGE = 1_000_000;

/** Bytes. The parts of a larger document would take too much memory: 100 MiB for 50,000 operations. */
const WITH_PARTS = 20_000_000;

const sizeOf = (workspace: Workspace, provider: string): number =>
  statSync(specFile(workspace, provider), { throwIfNoEntry: false })?.size ?? 0;

/** Whether a provider has a large document. */
export const isLarge = (workspace: Workspace, provider: string): boolean => sizeOf(workspace, provider) > LARGE;

/** The result for one provider. */
export type Made = {
  readonly operations: number;
  readonly files: number;
  /** Operations that return 501 because no plugin handles them, without those that only others receive. */
  readonly unhandled: readonly string[];
  /** Paths relative to the workspace that will be written or removed. */
  readonly changed: readonly string[];
  readonly warnings: readonly Diagnostic[];
  /** Source texts of the warnings. */
  readonly sources: Sources;
  /** Undefined if nothing will be written. */
  readonly plan: StagedPlan | undefined;
};

/** What another thread does with the same document. */
export type Beside = {
  /** The warnings of the linter. Rejected if it finds errors. */
  readonly linted: Promise<readonly Diagnostic[]>;
  /** @throws once the linter has found errors, so that nothing more is made */
  readonly proceed: () => void;
  /** Types and hooks. Undefined if that thread failed. */
  readonly part: Promise<Part | undefined>;
};

/** Work of other threads and earlier runs. */
export type Elsewhere = {
  /** Then this thread does not wait for the linter: an invalid document may be emitted, and is thrown away. */
  readonly beside?: Beside;
  readonly tools?: Omit<Tools, 'close'>;
  /** Results of this provider's earlier run. */
  readonly earlier?: EarlierRun | undefined;
  /** Parsed files of earlier runs in this process. */
  readonly parse?: Parse | undefined;
};

/** The model of a document that was loaded. */
export async function buildModel(spec: LoadedSpec, provider: string, int64: ProviderConfig['int64']): Promise<Api> {
  const [{ bundleSpec }, { expandDocument }, { buildApi }] = await Promise.all([
    import('../bundle/index.ts'),
    import('../expand/index.ts'),
    import('../model/index.ts'),
  ]);
  const api = buildApi(expandDocument(await bundleSpec(spec)), provider, spec.file);
  return int64 === undefined || int64 === 'number' ? api : { ...api, int64 };
}

async function checkModel(api: Api): Promise<readonly Diagnostic[]> {
  const [{ checkSchemas }, { checkEncodings }, { checkSigning }, { checkCalls }] = await Promise.all([
    import('../model/schema/check/index.ts'),
    import('../model/check-encodings.ts'),
    import('../model/signing/check.ts'),
    import('../model/check-calls.ts'),
  ]);
  return [...checkSchemas(api), ...checkEncodings(api), ...(await checkSigning(api)), ...checkCalls(api)];
}

/** The same, without a check if an earlier run found nothing in an equal model. */
async function checkAgain(api: Api, recall: Recall): Promise<readonly Diagnostic[]> {
  let found: readonly Diagnostic[] = [];
  const { modelDigest } = await import('../emit/model-digest.ts');
  const check = async (): Promise<true> => {
    found = await checkModel(api);
    // Its places may be others in the next run, so nothing is stored.
    if (found.length > 0) throw new Found();
    return true;
  };
  await recall('check', modelDigest(api), check).catch((error: unknown) => {
    if (!(error instanceof Found)) throw error;
  });
  return found;
}

/** The check of a model reports something. */
class Found extends Error {}

function toData({ locate: _, ...data }: Api): ApiData {
  return data;
}

async function formatHere(files: readonly File[], earlier?: EarlierRun): Promise<readonly File[]> {
  const results = earlier && openEarlier(earlier, 'format');
  const format = async (unformatted: readonly File[]) => (await import('../format/index.ts')).format(unformatted);
  const formatted = await formatEach(files, results?.recall ?? makeAlways, format);
  results?.save();
  return formatted;
}

/**
 * The warnings of a spec.
 * @throws {InputError} with errors and warnings
 */
export async function lint(spec: LoadedSpec, profile: ProviderConfig['lint']): Promise<readonly Diagnostic[]> {
  const { lintSpec } = await import('../lint/index.ts');
  const problems = await lintSpec(spec, { profile: profile ?? 'strict' });
  if (problems.some(({ severity }) => severity === 'error')) throw new InputError(problems, spec.texts);
  return problems;
}

/** Emits types and hooks in this thread. */
export async function makeByTools(
  api: Api,
  hooks: ProviderConfig['hooks'],
  output: Output,
  earlier: EarlierRun | undefined,
): Promise<void> {
  const { emitByTools } = await import('../emit/index.ts');
  const settings = { hooks: hooks ?? false, parts: partsOf(earlier) };
  await emitByTools(api, settings, async (files) => output.add(await formatHere(files)));
}

/** Whether this workspace receives an operation. One that is only called needs no handler. */
const isReceived = ({ operations }: Api, name: string, role: ProviderConfig['role']): boolean =>
  role !== 'caller' || operations.some(({ identifier, descriptor }) => identifier === name && descriptor.webhook);

/** The tools, already being loaded if they are needed. Undefined if this thread makes everything. */
function openToolsFor(
  { tools, earlier }: Elsewhere,
  hooks: ProviderConfig['hooks'],
): Pick<Tools, 'emit' | 'format'> | undefined {
  if (tools !== undefined && earlier !== undefined && isKnown(tools, earlier)) return withResults(tools);
  tools?.load(hooks);
  return tools;
}

/**
 * The whole pipeline for one provider, up to files below `staging` (undefined: nothing is written). Heavy libraries are
 * loaded only if something must be generated.
 *
 * @param elsewhere runs part of the work
 * @throws {InputError} with every error in the input
 */
export async function makeProvider(
  workspace: Workspace,
  provider: string,
  staging: string | undefined,
  elsewhere: Elsewhere = {},
): Promise<Made> {
  const file = specFile(workspace, provider);
  const {
    hooks = false,
    lint: profile,
    allowHosts,
    role,
    unknownKeys,
    formats,
    int64,
  } = settingsOf(workspace, provider);
  const { earlier, beside, parse } = elsewhere;
  const tools = openToolsFor(elsewhere, hooks);
  const recalled = sizeOf(workspace, provider) > WITH_PARTS ? undefined : earlier;
  const parts = partsOf(recalled);
  // The digest of a large model takes longer than most emitters.
  const results = earlier === undefined || isLarge(workspace, provider) ? undefined : openEarlier(earlier, 'emit');
  const recallFiles = results?.recall;
  const [{ loadSpec, parseChecked }, { loadPlugins }] = await Promise.all([
    import('../load/index.ts'),
    import('../load/load-plugins.ts'),
  ]);

  // 1. load: the spec with every file it refers to, and the plugins as text
  const spec = await loadSpec(file, { allowHosts, parse: beside === undefined ? parse : parseChecked });
  const plugins = await loadPlugins(join(workspace.plugins, provider), workspace.root);

  // 2. lint: Redocly's rules and ours, before and after the expansion
  const linted = beside?.linted ?? (await lint(spec, profile));

  // 3. bundle and 4. model: one document, with dispatch and webhooks expanded; then plain data, without OpenAPI
  const api = await buildModel(spec, provider, int64);
  beside?.proceed();

  // 5. emit: types and hooks by other generators, in another thread if there is one
  const byTools = tools?.emit(toData(api), hooks, earlier);
  byTools?.catch(() => undefined);
  const folder = join(workspace.generated, provider);
  const output = openOutput(folder, staging, provider);
  const add = (files: readonly File[]): Promise<void> => {
    beside?.proceed();
    return output.add(files);
  };

  const compose = async (): Promise<Injected> => {
    const { emitCode } = await import('../emit/index.ts');
    const emitted = await emitCode(api, { unknownKeys, parts, recallFiles });
    try {
      return await injectPlugins(api, emitted, plugins, folder, earlier);
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      throw new InputError(error.diagnostics, new Map([...spec.texts, ...plugins.texts]));
    }
  };
  // Nothing is generated from invalid schemas.
  const checked = await (results === undefined ? checkModel(api) : checkAgain(api, results.recall));
  if (checked.some(({ severity }) => severity === 'error'))
    throw new InputError([...(await linted), ...checked], spec.texts);

  // 6. inject: plugins into the composition files; 7. format, while the data is emitted; 8. write, beside the final places
  const format = tools?.format ?? formatHere;
  const { files: composed, ...injected } = await compose();
  const code = format(composed, earlier).then(add);
  code.catch(() => undefined);
  // Without another thread, it is complete at this point: its texts are not kept while others are emitted.
  if (tools === undefined) await code;
  const { emitAround, emitData } = await import('../emit/index.ts');
  await emitData(api, { unknownKeys, formats, parts, recallFiles }, add);
  results?.save();
  await code;
  if (byTools !== undefined) await output.add(await byTools);
  else {
    const part = await beside?.part;
    if (part === undefined) await makeByTools(api, hooks, output, recalled);
    else output.join(part);
  }
  const others = workspace.hasEmitters
    ? await (await import('./other-emitters.ts')).emitByOthers(workspace, api, output.paths, format)
    : { files: [], emitters: [] };
  await output.add(others.files);
  await output.add(await emitAround(api, { hooks, unknownKeys }, workspace.scope, output.paths, others.emitters));

  const plan = await output.finish();
  const changed = [...plan.moves.map(({ to }) => to), ...plan.stale];
  const warnings = [...(await linted), ...checked, ...injected.warnings];
  return {
    operations: api.operations.length,
    files: output.paths.size,
    unhandled: injected.unhandled.filter((name) => isReceived(api, name, role)),
    changed: changed.map((path) => relative(workspace.root, path)).sort(),
    warnings,
    sources: warnings.length > 0 ? new Map([...spec.texts, ...plugins.texts]) : new Map(),
    plan: staging === undefined ? undefined : plan,
  };
}
