import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Config } from './config/types.ts';
import { type Diagnostic, InputError } from './diagnostic.ts';
import { nearest } from './nearest.ts';

export const CONFIG_FILE = 'countersign.config.ts';

const KNOWN: { readonly [at: string]: readonly string[] } = {
  '': ['scope', 'folders', 'providers', 'release'],
  folders: ['specs', 'plugins', 'generated'],
  release: ['registry', 'access', 'tag', 'provenance', 'test'],
};
const OF_PROVIDER = ['role', 'atLeast'];

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
  const fail = (diagnostics: readonly Diagnostic[]) => new InputError(diagnostics, new Map([[CONFIG_FILE, text]]));
  const problem = (message: string, help: string, at: Diagnostic['at']): Diagnostic => ({
    severity: 'error',
    code: 'config-value',
    message,
    help,
    at,
  });

  let exported: { readonly default?: unknown };
  try {
    exported = (await import(pathToFileURL(path).href)) as typeof exported;
  } catch (error) {
    const message = (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '';
    const at = { file: CONFIG_FILE, line: 1, column: 1 };
    throw fail([
      {
        ...problem(
          `The file does not run: ${message}`,
          'Mend what it says; `countersign init` writes one that works.',
          at,
        ),
        code: 'config-load',
      },
    ]);
  }
  const [{ configSchema }, { locateMember }] = await Promise.all([
    import('./config/schema.ts'),
    import('./config/locate.ts'),
  ]);
  const result = configSchema.safeParse(exported.default);
  if (result.success) return result.data as Config;
  throw fail(
    result.error.issues.flatMap((issue) => {
      const at = issue.path;
      if (issue.code !== 'unrecognized_keys') {
        const name = at.length === 0 ? 'The default export' : `\`${at.join('.')}\``;
        return [problem(`${name}: ${issue.message}.`, help(at, at.length === 0), locateMember(text, CONFIG_FILE, at))];
      }
      return issue.keys.map((key) => {
        const known = knownAt(at);
        const near = nearest(key, known);
        const mend =
          near === undefined
            ? `There is ${known.map((name) => `\`${name}\``).join(', ')}.`
            : `Did you mean \`${near}\`?`;
        return problem(
          `\`${[...at, key].join('.')}\` is no setting.`,
          mend,
          locateMember(text, CONFIG_FILE, [...at, key]),
        );
      });
    }),
  );
}

const knownAt = (at: readonly PropertyKey[]): readonly string[] =>
  at[0] === 'providers' ? OF_PROVIDER : (KNOWN[at.join('.')] ?? []);

function help(at: readonly PropertyKey[], whole: boolean): string {
  if (whole) return 'Write `export default defineConfig({ … });`.';
  return at[0] === 'providers' && at.length === 2
    ? 'Write an object with `role` or `atLeast`.'
    : 'Change it, or leave it out: every setting has a default.';
}
