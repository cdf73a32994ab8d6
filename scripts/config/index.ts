import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Diagnostic, InputError } from '../common/diagnostics/diagnostic.ts';
import { didYouMean, nearest } from '../common/text/nearest.ts';
import { openAccepted } from './accepted.ts';
import type { ResolvedEmitters } from './emitters.ts';
import { importConfig } from './import-config.ts';
import type { Problem } from './problem.ts';
import type { Config } from './types.ts';
import { CONFIG_FILE } from './workspace.ts';

export { CONFIG_FILE };

/**
 * The repository's configuration; `{}` if it has none. The file is run: it is the user's own code.
 * @throws {InputError} with every error, each with its place
 */
export async function loadConfig(root: string, revision = 0): Promise<Config> {
  return (await readConfig(root, revision)).config;
}

/** The configuration and its emitters, which are functions. `text` and `file` serve to locate errors. */
export type LoadedConfig = {
  readonly config: Config;
  readonly emitters: ResolvedEmitters | undefined;
  readonly text: string;
};

/** @throws {InputError} with every mistake, each with its place */
export async function readConfig(root: string, revision = 0): Promise<LoadedConfig> {
  const path = join(root, CONFIG_FILE);
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (text === undefined) return { config: {}, emitters: undefined, text: '' };
  const sources = new Map([[CONFIG_FILE, text]]);
  const imported = await importConfig(path, CONFIG_FILE, text, revision);
  if (imported.kind === 'failed') throw new InputError([imported.problem], sources);

  const exported = await imported.exported;
  const accepted = openAccepted(root);
  const known = accepted.find(exported) as Config | undefined;
  const checked = known ? { config: known, problems: [] } : await checkShape(exported);
  if (!known && checked.config) accepted.add(exported);
  const { config } = checked;
  const emitters = config && (await emittersOf(root, config));
  const problems = config
    ? [...overlappingFolders(config), ...(await misspeltProviders(root, config)), ...(emitters?.problems ?? [])]
    : checked.problems;
  if (config && problems.length === 0) return { config, emitters, text };
  const { locateMember } = await import('./locate.ts');
  throw new InputError(
    problems.map(
      (problem): Diagnostic => ({
        severity: 'error',
        code: 'config-value',
        message: problem.message,
        help: problem.help,
        at: locateMember(text, CONFIG_FILE, problem.path),
      }),
    ),
    sources,
  );
}

type Checked = { readonly config: Config | undefined; readonly problems: readonly Problem[] };

async function checkShape(exported: unknown): Promise<Checked> {
  const [{ configSchema }, { knownSettings }] = await Promise.all([
    import('./schema.ts'),
    import('./known-settings.ts'),
  ]);
  const result = configSchema.safeParse(exported);
  if (result.success) return { config: result.data as Config, problems: [] };
  const problems = result.error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => unknownSetting(issue.path, key, knownSettings(configSchema, issue.path)))
      : [wrongValue(issue.path, issue.message)],
  );
  return { config: undefined, problems };
}

function wrongValue(path: readonly PropertyKey[], said: string): Problem {
  const message = `${path.length === 0 ? 'The default export' : `\`${path.join('.')}\``}: ${said}.`;
  if (path.length === 0) return { path, message, help: 'Write `export default defineConfig({ … });`.' };
  const help =
    path[0] === 'providers' && path.length === 2
      ? 'Write an object, for example `{ hooks: true }`.'
      : 'Correct the value, or remove the setting to use its default.';
  return { path, message, help };
}

function unknownSetting(at: readonly PropertyKey[], key: string, known: readonly string[]): Problem {
  const near = nearest(key, known);
  const help =
    near === undefined
      ? `Known settings: ${known.map((name) => `\`${name}\``).join(', ')}.`
      : `Did you mean \`${near}\`?`;
  return { path: [...at, key], message: `\`${[...at, key].join('.')}\` is not a known setting.`, help };
}

/** Nested folders: files of one would be treated as the other's, and removed. */
function overlappingFolders({ folders = {} }: Config): readonly Problem[] {
  const paths = (['specs', 'plugins', 'generated'] as const).map((name) => ({ name, path: folders[name] ?? name }));
  const within = (path: string, other: string): boolean => `${path}/`.startsWith(`${other.replace(/\/+$/, '')}/`);
  for (const one of paths) {
    for (const other of paths) {
      if (one === other || !within(one.path, other.path)) continue;
      const [named, rest] = folders[one.name] === undefined ? [other, one] : [one, other];
      const path = ['folders', named.name];
      return [wrongValue(path, `must not overlap the folder of ${rest.name}, \`${rest.path}\``)];
    }
  }
  return [];
}

/** Undefined if there are none: no code of emitters is loaded then. */
async function emittersOf(root: string, config: Config): Promise<ResolvedEmitters | undefined> {
  const lists = [config.emitters, ...Object.values(config.providers ?? {}).map(({ emitters }) => emitters)];
  if (lists.every((list) => list === undefined || list.length === 0)) return undefined;
  const { resolveEmitters } = await import('./emitters.ts');
  return resolveEmitters(config, await specFolders(root, config));
}

const specFolders = (root: string, { folders }: Config): Promise<readonly string[]> =>
  readdir(join(root, folders?.specs ?? 'specs')).catch((): string[] => []);

/** A provider that does not exist yet may have settings. A similar name is reported as misspelled. */
async function misspeltProviders(root: string, config: Config): Promise<readonly Problem[]> {
  const { providers = {}, folders } = config;
  const specs = folders?.specs ?? 'specs';
  const known = await specFolders(root, config);
  return Object.keys(providers).flatMap((name) => {
    if (known.includes(name) || nearest(name, known) === undefined) return [];
    const message = `\`providers.${name}\`: the folder ${specs}/${name} does not exist.`;
    return [{ path: ['providers', name], message, help: didYouMean(name, known).trim() }];
  });
}
