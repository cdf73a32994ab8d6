import { statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { type Diagnostic, InputError, type Sources } from '../common/diagnostics/diagnostic.ts';
import type { ProviderConfig } from '../config/types.ts';
import { settingsOf, specFile, type Workspace } from '../config/workspace.ts';
import type { Injected } from '../inject/index.ts';
import type { LoadedSpec } from '../load/types.ts';
import type { Api, ApiData, File } from '../model/types.ts';
import { planWrites, type StagedPlan, stagePlan } from '../write/index.ts';
import { type EarlierFile, hasResults } from './earlier.ts';
import { injectPlugins } from './inject-plugins.ts';
import type { Tools } from './tools.ts';

/** A larger document, in bytes, is worth a second thread. */
const LARGE = 1_000_000;

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

/** Work on a large document that may run in another thread: the data modules, and the check of its schemas. */
export type MadeData = { readonly files: readonly File[]; readonly problems: readonly Diagnostic[] };
/** Generates the data of one provider. */
export type DataMaker = (workspace: Workspace, provider: string) => Promise<MadeData>;

/** Work of other threads. */
export type Elsewhere = {
  /** For a large document. Sending its model would take as long as computing it again. */
  readonly makeData: DataMaker;
  /** For any other document. */
  readonly tools: Pick<Tools, 'load' | 'emit' | 'format'>;
  /** Results of this provider's earlier run. A part of the work stores its own in a file of that name. */
  readonly earlier: (part: string) => EarlierFile;
};

async function buildModel(spec: LoadedSpec, provider: string, int64: ProviderConfig['int64']): Promise<Api> {
  const [{ bundleSpec }, { expandDocument }, { buildApi }] = await Promise.all([
    import('../bundle/index.ts'),
    import('../expand/index.ts'),
    import('../model/index.ts'),
  ]);
  const api = buildApi(expandDocument(await bundleSpec(spec)), provider, spec.file);
  return int64 === undefined || int64 === 'number' ? api : { ...api, int64 };
}

async function emitDataOf(workspace: Workspace, api: Api): Promise<MadeData> {
  const [{ emitData }, { checkSchemas }, { checkEncodings }, { checkSigning }, { checkCalls }] = await Promise.all([
    import('../emit/index.ts'),
    import('../model/schema/check/index.ts'),
    import('../model/check-encodings.ts'),
    import('../model/signing/check.ts'),
    import('../model/check-calls.ts'),
  ]);
  const problems = [...checkSchemas(api), ...checkEncodings(api), ...(await checkSigning(api)), ...checkCalls(api)];
  if (problems.some(({ severity }) => severity === 'error')) return { files: [], problems };
  const { unknownKeys, formats } = settingsOf(workspace, api.provider);
  return { files: await emitData(api, { unknownKeys, formats }), problems };
}

function toData({ locate: _, ...data }: Api): ApiData {
  return data;
}

const formatHere = async (files: readonly File[]): Promise<readonly File[]> =>
  (await import('../format/index.ts')).format(files);

async function emitByToolsHere(api: Api, hooks: ProviderConfig['hooks']): Promise<readonly File[]> {
  const { emitByTools } = await import('../emit/index.ts');
  return formatHere(await emitByTools(api, { hooks }));
}

/**
 * Generates only the data modules, from the document.
 * @throws {InputError} if the document cannot be bundled
 */
export const makeData: DataMaker = async (workspace, provider) => {
  const { loadSpec } = await import('../load/index.ts');
  const spec = await loadSpec(specFile(workspace, provider), settingsOf(workspace, provider));
  return emitDataOf(workspace, await buildModel(spec, provider, settingsOf(workspace, provider).int64));
};

/** Whether this workspace receives an operation. One that is only called needs no handler. */
const isReceived = ({ operations }: Api, name: string, role: ProviderConfig['role']): boolean =>
  role !== 'caller' || operations.some(({ identifier, descriptor }) => identifier === name && descriptor.webhook);

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
  elsewhere?: Elsewhere,
): Promise<Made> {
  const file = specFile(workspace, provider);
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  const large = size > LARGE;
  const {
    hooks = false,
    lint: profile = 'strict',
    allowHosts,
    role,
    unknownKeys,
    int64,
  } = settingsOf(workspace, provider);
  // Starts immediately, so that the other thread loads its libraries while this one does.
  const parallel = large ? elsewhere?.makeData(workspace, provider) : undefined;
  const tools = large ? undefined : elsewhere?.tools;
  const earlier = large ? undefined : elsewhere?.earlier;
  // After an earlier run, what orval makes is known, unless an operation was added or renamed.
  tools?.load(earlier !== undefined && hasResults(earlier('tools')) ? false : hooks);
  // Awaited below. Until then, a failure must not be an unhandled rejection.
  parallel?.catch(() => undefined);
  const [{ loadSpec }, { loadPlugins }, { lintSpec }] = await Promise.all([
    import('../load/index.ts'),
    import('../load/load-plugins.ts'),
    import('../lint/index.ts'),
  ]);

  // 1. load: the spec with every file it refers to, and the plugins as text
  const spec = await loadSpec(file, { allowHosts });
  const plugins = await loadPlugins(join(workspace.plugins, provider), workspace.root);

  // 2. lint: Redocly's rules and ours, before and after the expansion
  const problems = await lintSpec(spec, { profile });
  if (problems.some(({ severity }) => severity === 'error')) throw new InputError(problems, spec.texts);

  // 3. bundle and 4. model: one document, with dispatch and webhooks expanded; then plain data, without OpenAPI
  const api = await buildModel(spec, provider, int64);

  // 5. emit: types and hooks by other generators, in another thread if there is one
  const byTools = tools?.emit(toData(api), hooks, earlier?.('tools'));
  byTools?.catch(() => undefined);
  const { emitAround, emitCode } = await import('../emit/index.ts');
  const emitDataOnce = (): Promise<MadeData> => parallel ?? emitDataOf(workspace, api);
  const refuseErrors = (data: MadeData): MadeData => {
    if (data.problems.some(({ severity }) => severity === 'error'))
      throw new InputError([...problems, ...data.problems], spec.texts);
    return data;
  };

  // 6. inject: plugins into the composition files; 7. format, while the data is emitted and every schema is checked
  const injectCode = async (): Promise<Injected> => {
    const emitted = await emitCode(api, { unknownKeys });
    const target = join(workspace.generated, provider);
    try {
      return await injectPlugins(api, emitted, plugins, target, earlier?.('inject'));
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      throw new InputError(error.diagnostics, new Map([...spec.texts, ...plugins.texts]));
    }
  };
  let injected: Injected;
  try {
    injected = await injectCode();
  } catch (error) {
    // Invalid schemas can make it fail. The thread that emits the data reports their errors.
    refuseErrors(await emitDataOnce());
    throw error;
  }
  const format = tools?.format ?? formatHere;
  const code = format(injected.files, earlier?.('format'));
  code.catch(() => undefined);
  // If another thread emits the data, this one generates the types. Otherwise, nothing is generated from invalid
  // schemas.
  const byToolsHere = parallel && emitByToolsHere(api, hooks);
  byToolsHere?.catch(() => undefined);
  const data = refuseErrors(await emitDataOnce());
  const own = [...(await code), ...(await (byTools ?? byToolsHere ?? emitByToolsHere(api, hooks))), ...data.files];
  const others = workspace.hasEmitters
    ? await (await import('./other-emitters.ts')).emitByOthers(workspace, api, own, format)
    : { files: [], emitters: [] };
  const modules = [...own, ...others.files];
  const files = [
    ...modules,
    ...(await emitAround(api, { hooks, unknownKeys }, workspace.scope, modules, others.emitters)),
  ];

  // 8. write: prepares the files, which are moved after all providers are generated
  const folder = join(workspace.generated, provider);
  const plan = await planWrites(folder, files);
  const changed = [...plan.changed.map(({ path }) => join(folder, path)), ...plan.stale];
  const warnings = [...problems, ...data.problems, ...injected.warnings];
  return {
    operations: api.operations.length,
    files: files.length,
    unhandled: injected.unhandled.filter((name) => isReceived(api, name, role)),
    changed: changed.map((path) => relative(workspace.root, path)).sort(),
    warnings,
    sources: warnings.length > 0 ? new Map([...spec.texts, ...plugins.texts]) : new Map(),
    plan: staging === undefined ? undefined : await stagePlan(plan, staging, provider),
  };
}
