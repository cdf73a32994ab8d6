import { type ExecFileException, execFile } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { InputError } from '../../common/diagnostics/diagnostic.ts';
import { refusal } from '../../common/diagnostics/troubleshooting.ts';
import type { Recorded } from '../build/manifest.ts';
import { readIfThere } from '../init/plan.ts';

/** The last published version of a package, unpacked. */
export type Published = {
  readonly version: string;
  readonly folder: string;
  readonly document: unknown;
  /** Earlier releases of the toolkit stored less. */
  readonly recorded: Partial<Recorded>;
  readonly manifest: { readonly exports?: { readonly [entry: string]: unknown } };
  readonly changelog: string;
};

/** The state of a package in a registry. */
export type Found = {
  /** The version of the dist-tag, or `latest`; undefined if the package was never published. */
  readonly last: string | undefined;
  /** Every version that was ever published. None can be published again. */
  readonly taken: readonly string[];
};

/** An npm registry. */
export type Registry = {
  readonly find: (name: string) => Promise<Found>;
  /** Downloads and unpacks one version. */
  readonly fetch: (name: string, version: string, into: string) => Promise<Published>;
  /** @throws {RegistryError} with npm's message */
  readonly publish: (folder: string) => Promise<void>;
};

/** The registry could not be reached, or rejected a request. */
export class RegistryError extends Error {
  override readonly name = 'RegistryError';
}

/** Fixes for npm's error codes. */
const HELPS: { readonly [code: string]: string } = {
  E401: 'Log in with `npm login`, or configure a token for the registry.',
  ENEEDAUTH: 'Log in with `npm login`, or configure a token for the registry.',
  EOTP: 'The account requires a second factor. Publish from CI with trusted publishing, or use a token that does not require one.',
  E403: 'Check that the account may publish to this scope. An existing version cannot be published again.',
  EUSAGE: 'Provenance is only available in CI. Publish from CI, or set `provenance: false`.',
  E404: 'Check the URL of the registry, and that the account may publish to the scope.',
};

/** Fixes for npm's messages. */
export const helpFor = (message: string): string =>
  HELPS[message.split(':')[0] ?? ''] ?? 'Check the URL and the network, then run the release again.';

/** A failure of the registry as a diagnostic, printed like the others. */
export function registryProblem({ message }: RegistryError, registry = "npm's registry"): InputError {
  return refusal('registry', message, helpFor(message), registry);
}

/** The registry to use, and the working folder. */
export type RegistryOptions = {
  readonly root: string;
  readonly registry?: string | undefined;
  readonly tag?: string | undefined;
  readonly access?: 'public' | 'restricted' | undefined;
  readonly provenance?: boolean | undefined;
  /** Timeout of one npm command in milliseconds. npm itself waits 15 minutes for a registry that does not respond. */
  readonly timeout?: number;
};

/** The npm registry, accessed with npm, so that its settings, proxies and logins apply. */
export function openRegistry({
  root,
  registry,
  tag = 'latest',
  access = 'public',
  provenance = false,
  timeout = 300_000,
}: RegistryOptions): Registry {
  const where = registry === undefined ? [] : ['--registry', registry];
  const npm = async (args: readonly string[]): Promise<string> => {
    try {
      const options = { cwd: root, maxBuffer: 1 << 26, timeout };
      const { stdout } = await promisify(execFile)('npm', [...args, ...where], options);
      return stdout;
    } catch (error) {
      const { stdout = '', stderr = '', killed } = error as ExecFileException;
      const late = `ETIMEDOUT: npm did not finish within ${timeout / 1000} s`;
      throw new RegistryError(killed ? late : wordsOf(stdout, stderr));
    }
  };
  return {
    find: async (name) => {
      try {
        const said = JSON.parse((await npm(['view', name, 'dist-tags', 'versions', '--json'])) || '{}') as {
          readonly 'dist-tags'?: { readonly [tag: string]: string };
          /** For a single version, npm may print a value instead of a list. */
          readonly versions?: string | readonly string[];
        };
        const tags = said['dist-tags'] ?? {};
        return { last: tags[tag] ?? tags.latest, taken: [said.versions ?? []].flat() };
      } catch (error) {
        if (error instanceof RegistryError && error.message.startsWith('E404')) return { last: undefined, taken: [] };
        throw error;
      }
    },
    fetch: async (name, version, into) => {
      await mkdir(into, { recursive: true });
      const made = await npm(['pack', `${name}@${version}`, '--pack-destination', into, '--ignore-scripts', '--json']);
      const file = packedFile(made);
      await promisify(execFile)('tar', ['-xzf', join(into, file), '-C', into]);
      return readPublished(join(into, 'package'), name, version);
    },
    publish: async (folder) => {
      const flags = [
        '--access',
        access,
        '--tag',
        tag,
        '--ignore-scripts',
        '--json',
        ...(provenance ? ['--provenance'] : []),
      ];
      await npm(['publish', folder, ...flags]);
    },
  };
}

/** The name of the file that `npm pack --json` created. Its output is a list or an object by package name. */
export function packedFile(stdout: string): string {
  const made = JSON.parse(stdout) as
    | readonly { readonly filename: string }[]
    | { readonly [name: string]: { readonly filename: string } };
  const [first] = Array.isArray(made) ? made : Object.values(made);
  return (first?.filename ?? '').replace('@', '').replace('/', '-');
}

async function readPublished(folder: string, name: string, version: string): Promise<Published> {
  const read = (file: string): Promise<string | undefined> => readIfThere(join(folder, file));
  const document = await read('openapi.json');
  if (document === undefined) {
    const message = `${name}@${version} was not published by Countersign: openapi.json is missing in the package.`;
    throw refusal('registry', message, 'Choose another scope, or rename the folder below specs/.', name);
  }
  const manifest = JSON.parse((await read('package.json')) ?? '{}') as Published['manifest'] & {
    readonly countersign?: Partial<Recorded>;
  };
  return {
    version,
    folder,
    document: JSON.parse(document),
    recorded: manifest.countersign ?? {},
    manifest,
    changelog: (await read('CHANGELOG.md')) ?? '',
  };
}

/** npm's code and summary, from its JSON or its log. Never the whole log, which may quote settings. */
function wordsOf(stdout: string, stderr: string): string {
  try {
    const { error } = JSON.parse(stdout) as { readonly error?: { readonly code?: string; readonly summary?: string } };
    if (error?.code !== undefined) return `${error.code}: ${error.summary ?? ''}`.trim();
  } catch {
    // Not JSON: npm failed before it wrote its output.
  }
  const code = /npm (?:error|ERR!) code (\S+)/.exec(stderr)?.[1] ?? 'npm failed';
  const line = stderr.split('\n').find((text) => /^npm (error|ERR!) (?!code)/.test(text)) ?? '';
  return `${code}: ${line.replace(/^npm (error|ERR!) /, '')}`.trim();
}
