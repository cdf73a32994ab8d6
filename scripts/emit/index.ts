import { makeEach } from '../common/parts.ts';
import { makeAlways } from '../common/recall.ts';
import type { Api, ApiData, File } from '../model/types.ts';
import type { Emitter } from './emitter.ts';
import { type Framework, frameworksOf } from './framework.ts';
import { modelDigest } from './model-digest.ts';
import type { EmitSettings, GroupSettings, PackageSettings } from './settings.ts';

/** Groups of emitters that run together. `data` and `tools` may run in their own threads. */
type Group = 'tools' | 'data' | 'code';

type Registered = {
  readonly name: string;
  readonly group: Group;
  /** Without it, every package has the file. */
  readonly isUsed?: (settings: EmitSettings) => boolean;
  /** Whether its files only depend on `emittedModel` and the settings. */
  readonly isOfModel?: boolean;
  /** A run only loads the emitters that it uses. */
  readonly load: () => Promise<Emitter<EmitSettings>>;
};

const withHooks = ({ hooks }: EmitSettings): boolean => frameworksOf(hooks).length > 0;
const withHooksFor =
  (framework: Framework) =>
  ({ hooks }: EmitSettings): boolean =>
    frameworksOf(hooks).includes(framework);

/** Our own emitters, in the order of their dependencies. */
export const registry: readonly Registered[] = [
  { name: 'types', group: 'tools', load: async () => (await import('./types/index.ts')).types },
  {
    name: 'operations',
    group: 'data',
    isOfModel: true,
    load: async () => (await import('./operations/index.ts')).operations,
  },
  {
    name: 'validators',
    group: 'data',
    isOfModel: true,
    load: async () => (await import('./validators/index.ts')).validators,
  },
  { name: 'document', group: 'data', load: async () => (await import('./document/index.ts')).document },
  { name: 'errors', group: 'code', isOfModel: true, load: async () => (await import('./errors/index.ts')).errors },
  { name: 'plugins', group: 'code', isOfModel: true, load: async () => (await import('./plugins/index.ts')).plugins },
  { name: 'client', group: 'code', isOfModel: true, load: async () => (await import('./client/index.ts')).client },
  { name: 'server', group: 'code', isOfModel: true, load: async () => (await import('./server/index.ts')).server },
  {
    name: 'handlers',
    group: 'code',
    isOfModel: true,
    load: async () => (await import('./handlers/index.ts')).handlers,
  },
  {
    name: 'signatures',
    group: 'code',
    isOfModel: true,
    load: async () => (await import('./signatures/index.ts')).signatures,
  },
  { name: 'entry', group: 'code', isOfModel: true, load: async () => (await import('./entry/index.ts')).entry },
  {
    name: 'hooks',
    group: 'tools',
    isUsed: withHooksFor('react'),
    load: async () => (await import('./hooks/index.ts')).hooks,
  },
  {
    name: 'hooks-vue',
    group: 'tools',
    isUsed: withHooksFor('vue'),
    load: async () => (await import('./hooks/index.ts')).vue,
  },
  {
    name: 'hooks-svelte',
    group: 'tools',
    isUsed: withHooksFor('svelte'),
    load: async () => (await import('./hooks/index.ts')).svelte,
  },
  { name: 'msw', group: 'tools', isUsed: withHooks, load: async () => (await import('./msw/index.ts')).msw },
];

/** Emitters that need the output of all others run last. */
export const around: readonly { readonly name: string; readonly load: () => Promise<Emitter<PackageSettings>> }[] = [
  { name: 'package', load: async () => (await import('./package/index.ts')).packageFile },
  { name: 'readme', load: async () => (await import('./readme/index.ts')).readme },
];

const usedOf = (settings: EmitSettings, group?: Group): readonly Registered[] =>
  registry.filter((one) => (group === undefined || one.group === group) && (one.isUsed?.(settings) ?? true));

/** The names that external emitters may need, if a package has them. */
export const usedNames = (settings: EmitSettings): readonly string[] => usedOf(settings).map(({ name }) => name);

/** Takes over the files of one emitter before the next one runs, so that no text of a large package is kept. */
type Take = (files: readonly File[]) => Promise<void>;

async function emitGroup(
  group: Group,
  api: ApiData,
  { parts = makeEach, recallFiles = makeAlways, ...settings }: GroupSettings,
  take?: Take,
): Promise<readonly File[]> {
  const used = usedOf(settings, group);
  const emitters = await Promise.all(used.map(({ load }) => load()));
  const { recall: _, ...options } = settings;
  const files: File[] = [];
  // One after another: shared results are computed once. None of these emitters needs the positions of values in the
  // source.
  for (const [at, emitter] of emitters.entries()) {
    const make = async () => {
      const { recall: recallPart, save } = parts(emitter.name);
      const made = await emitter.emit(api as Api, { ...settings, recallPart });
      save();
      return made;
    };
    const isRecalled = recallFiles !== makeAlways && used[at]?.isOfModel === true;
    const emitted = await (isRecalled ? recallFiles(emitter.name, [modelDigest(api), options], make) : make());
    if (take === undefined) files.push(...emitted);
    else await take(emitted);
  }
  return files;
}

/** Types by openapi-typescript and, if enabled, hooks by orval. */
export const emitByTools = (api: ApiData, settings: GroupSettings = {}, take?: Take): Promise<readonly File[]> =>
  emitGroup('tools', api, settings, take);

/** Mostly data, and much of the work: descriptors, validators, the tests of their types, the document. */
export const emitData = (api: ApiData, settings: GroupSettings = {}, take?: Take): Promise<readonly File[]> =>
  emitGroup('data', api, settings, take);

/** Creates a client and a server from the data. */
export const emitCode = (api: ApiData, settings: GroupSettings = {}): Promise<readonly File[]> =>
  emitGroup('code', api, settings);

/**
 * Describes the output of all others: package.json and README.md.
 * @param files paths of the other files in the package
 */
export async function emitAround(
  api: Api,
  settings: EmitSettings,
  scope: string,
  files: ReadonlySet<string>,
  others: PackageSettings['emitters'] = [],
): Promise<readonly File[]> {
  const [last, own] = await Promise.all([
    Promise.all(around.map(({ load }) => load())),
    Promise.all(usedOf(settings).map(({ load }) => load())),
  ]);
  const known = { scope, files, emitters: [...own, ...others] };
  return (await Promise.all(last.map((emitter) => emitter.emit(api, known)))).flat();
}
