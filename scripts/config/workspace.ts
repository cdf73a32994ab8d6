import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { type Diagnostic, InputError } from '../common/diagnostics/diagnostic.ts';
import { isProviderName } from '../common/text/names.ts';
import { nearest } from '../common/text/nearest.ts';
import type { Config, ProviderConfig } from './types.ts';

/** The name of the configuration in a workspace. */
export const CONFIG_FILE = 'countersign.config.ts';

/** The folders that the pipeline reads and writes. All paths are absolute. */
export type Workspace = {
  readonly root: string;
  readonly specs: string;
  readonly plugins: string;
  readonly generated: string;
  readonly cache: string;
  /** npm scope of the generated packages: `@countersign`. */
  readonly scope: string;
  readonly config: PlainConfig;
  /**
   * Whether the configuration names emitters. They are functions, so that each thread that runs them loads them itself.
   */
  readonly hasEmitters: boolean;
  /** How often the configuration was loaded. Modules that were imported for an earlier load are not used again. */
  readonly revision: number;
};

/** The configuration as plain data, which can be sent to another thread. */
export type PlainConfig = Omit<Config, 'emitters' | 'providers'> & {
  readonly providers?: { readonly [provider: string]: Omit<ProviderConfig, 'emitters'> };
};

function toPlain({ emitters: _, providers, ...rest }: Config): PlainConfig {
  if (providers === undefined) return rest;
  const plain = Object.entries(providers).map(([name, { emitters: _, ...settings }]) => [name, settings]);
  return { ...rest, providers: Object.fromEntries(plain) };
}

/** The workspace in a folder, with its configuration. */
export function openWorkspace(root: string, config: Config = {}, revision = 0): Workspace {
  const { specs = 'specs', plugins = 'plugins', generated = 'generated' } = config.folders ?? {};
  return {
    root,
    specs: join(root, specs),
    plugins: join(root, plugins),
    generated: join(root, generated),
    scope: config.scope ?? '@countersign',
    config: toPlain(config),
    hasEmitters: [config, ...Object.values(config.providers ?? {})].some(({ emitters = [] }) => emitters.length > 0),
    revision,
    cache: join(root, 'node_modules/.cache/countersign'),
  };
}

/** `openapi.yaml`, or the `openapi.json` that replaces it. */
export function specFile(workspace: Workspace, provider: string): string {
  const [yaml, json] = ['openapi.yaml', 'openapi.json'].map((name) => join(workspace.specs, provider, name)) as [
    string,
    string,
  ];
  return !existsSync(yaml) && existsSync(json) ? json : yaml;
}

/** The settings of one provider in countersign.config.ts. */
export const settingsOf = (workspace: Workspace, provider: string): Omit<ProviderConfig, 'emitters'> =>
  workspace.config.providers?.[provider] ?? {};

const problem = (code: string, message: string, help: string): Diagnostic => ({
  severity: 'error',
  code,
  message,
  help,
  at: { file: 'specs', line: 1, column: 1 },
});

/** For a command in a subfolder: the sentence that names the workspace above it. */
function workspaceAbove({ root, specs }: Workspace): string | undefined {
  if (existsSync(specs)) return undefined;
  for (let folder = dirname(root); folder !== dirname(folder); folder = dirname(folder))
    if (existsSync(join(folder, CONFIG_FILE)) || existsSync(join(folder, 'specs')))
      return `Run the command in the workspace, \`${relative(root, folder)}\`.`;
  return undefined;
}

/**
 * The selected providers: all folders below specs/ with an openapi.yaml, or those that the user named.
 *
 * @throws {InputError} if a folder name cannot be a package name, or if a provider does not exist.
 */
export async function chooseProviders(workspace: Workspace, asked: readonly string[]): Promise<readonly string[]> {
  const entries = await readdir(workspace.specs, { withFileTypes: true }).catch(() => []);
  const known = entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
  const wanted = asked.length === 0 ? known : [...new Set(asked)];
  const unknown = wanted
    .filter((name) => !known.includes(name))
    .map((name) => {
      const near = nearest(name, known);
      const help =
        workspaceAbove(workspace) ??
        (near === undefined ? `Known providers: ${known.join(', ') || 'none'}.` : `Did you mean \`${near}\`?`);
      return problem(
        'provider-unknown',
        `The provider \`${name}\` does not exist: specs/${name}/openapi.yaml was not found.`,
        help,
      );
    });
  const misnamed = wanted
    .filter((name) => known.includes(name) && !isProviderName(name))
    .map((name) =>
      problem(
        'provider-name',
        `The folder name specs/${name} is not a valid package name.`,
        'Use lower-case words with hyphens, such as `dicey-fun`.',
      ),
    );
  if (known.length === 0 && asked.length === 0) {
    unknown.push(
      problem(
        'no-specs',
        'The folder specs/ contains no spec.',
        workspaceAbove(workspace) ?? 'Run `countersign add <provider>`, or write specs/<provider>/openapi.yaml.',
      ),
    );
  }
  if (unknown.length + misnamed.length > 0) throw new InputError([...unknown, ...misnamed]);
  return wanted;
}
