import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { importConfig } from './config/import-config.ts';
import type { Config } from './config/types.ts';
import { type Diagnostic, InputError } from './diagnostic.ts';
import { didYouMean, nearest } from './nearest.ts';

export const CONFIG_FILE = 'countersign.config.ts';

const KNOWN: { readonly [at: string]: readonly string[] } = {
  '': ['scope', 'folders', 'providers', 'release'],
  folders: ['specs', 'plugins', 'generated'],
  release: ['registry', 'access', 'tag', 'provenance', 'test'],
};
const OF_PROVIDER = ['role', 'atLeast', 'hooks', 'unknownKeys'];

type Problem = { readonly path: readonly PropertyKey[]; readonly message: string; readonly help: string };

/**
 * The repository's configuration; `{}` where it has none. The file is run: it is the user's own code.
 * @throws {InputError} with every mistake, each with its place
 */
export async function loadConfig(root: string): Promise<Config> {
  const path = join(root, CONFIG_FILE);
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (text === undefined) return {};
  const sources = new Map([[CONFIG_FILE, text]]);
  const imported = await importConfig(path, CONFIG_FILE, text);
  if (imported.kind === 'failed') throw new InputError([imported.problem], sources);

  const { configSchema } = await import('./config/schema.ts');
  const result = configSchema.safeParse(imported.exported);
  const problems = result.success
    ? await misspeltProviders(root, result.data as Config)
    : result.error.issues.flatMap((issue) =>
        issue.code === 'unrecognized_keys'
          ? issue.keys.map((key) => unknownSetting(issue.path, key))
          : [wrongValue(issue.path, issue.message)],
      );
  if (problems.length === 0) return result.data as Config;
  const { locateMember } = await import('./config/locate.ts');
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

function wrongValue(path: readonly PropertyKey[], said: string): Problem {
  const message = `${path.length === 0 ? 'The default export' : `\`${path.join('.')}\``}: ${said}.`;
  if (path.length === 0) return { path, message, help: 'Write `export default defineConfig({ … });`.' };
  const help =
    path[0] === 'providers' && path.length === 2
      ? 'Write an object with `role` or `atLeast`.'
      : 'Change it, or leave it out: every setting has a default.';
  return { path, message, help };
}

function unknownSetting(at: readonly PropertyKey[], key: string): Problem {
  const known = at[0] === 'providers' ? OF_PROVIDER : (KNOWN[at.join('.')] ?? []);
  const near = nearest(key, known);
  const help =
    near === undefined ? `There is ${known.map((name) => `\`${name}\``).join(', ')}.` : `Did you mean \`${near}\`?`;
  return { path: [...at, key], message: `\`${[...at, key].join('.')}\` is no setting.`, help };
}

/** A provider that is not there yet may have settings; one whose name is nearly that of another was misspelt. */
async function misspeltProviders(root: string, { providers = {}, folders }: Config): Promise<readonly Problem[]> {
  const specs = folders?.specs ?? 'specs';
  const known = await readdir(join(root, specs)).catch((): string[] => []);
  return Object.keys(providers).flatMap((name) => {
    if (known.includes(name) || nearest(name, known) === undefined) return [];
    const message = `\`providers.${name}\`: there is no ${specs}/${name}.`;
    return [{ path: ['providers', name], message, help: didYouMean(name, known).trim() }];
  });
}
