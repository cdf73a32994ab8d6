import { type ExecFileException, execFile } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { InputError } from '../../common/diagnostics/diagnostic.ts';
import { refusal } from '../../common/diagnostics/troubleshooting.ts';
import type { Recorded } from '../build/manifest.ts';
import { readIfThere } from '../init/plan.ts';

/** What a package was when it was last published, unpacked. */
export type Published = {
  readonly version: string;
  readonly folder: string;
  readonly document: unknown;
  /** Less was kept by earlier releases of the toolkit. */
  readonly recorded: Partial<Recorded>;
  readonly manifest: { readonly exports?: { readonly [entry: string]: unknown } };
  readonly changelog: string;
};

/** What a registry has of a package. */
export type Found = {
  /** The version that the dist-tag leads to, else `latest`; undefined when the package was never published. */
  readonly last: string | undefined;
  /** Every version that was ever published: none can be published again. */
  readonly taken: readonly string[];
};

/** An npm registry. */
export type Registry = {
  readonly find: (name: string) => Promise<Found>;
  /** Downloads and unpacks one version. */
  readonly fetch: (name: string, version: string, into: string) => Promise<Published>;
  /** @throws {RegistryError} with npm's own words */
  readonly publish: (folder: string) => Promise<void>;
};

/** The registry could not be reached, or rejected a request. */
export class RegistryError extends Error {
  override readonly name = 'RegistryError';
}

/** What to do about npm's codes. */
const HELPS: { readonly [code: string]: string } = {
  E401: 'Log in with `npm login`, or configure a token for the registry.',
  ENEEDAUTH: 'Log in with `npm login`, or configure a token for the registry.',
  EOTP: 'The account requires a second factor. Publish from CI with trusted publishing, or use a token that does not require one.',
  E403: 'Check that the account may publish to this scope. An existing version cannot be published again.',
  EUSAGE: 'Provenance is only available in CI. Publish from CI, or set `provenance: false`.',
  E404: 'Check the URL of the registry, and that the account may publish to the scope.',
};

/** What to do about npm's words. */
export const helpFor = (message: string): string =>
  HELPS[message.split(':')[0] ?? ''] ?? 'Check the URL and the network, then run the release again.';

/** A failure of the registry as one problem, told like the others. */
export function registryProblem({ message }: RegistryError, registry = "npm's registry"): InputError {
  return refusal('registry', message, helpFor(message), registry);
}

/** Which registry to use, and from which folder. */
export type RegistryOptions = {
  readonly root: string;
  readonly registry?: string | undefined;
  readonly tag?: string | undefined;
  readonly access?: 'public' | 'restricted' | undefined;
  readonly provenance?: boolean | undefined;
  /** Milliseconds for one command of npm, which by itself waits for a silent registry for a quarter of an hour. */
  readonly timeout?: number;
};

/** The npm registry by npm itself, so that its settings, proxies and logins are the user's own. */
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
          /** One alone may be no list. */
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

/** The name of the file that `npm pack --json` made: in a list, or by the package's name. */
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

/** npm's code and summary, from its JSON or its log; never its whole log, which may quote settings. */
function wordsOf(stdout: string, stderr: string): string {
  try {
    const { error } = JSON.parse(stdout) as { readonly error?: { readonly code?: string; readonly summary?: string } };
    if (error?.code !== undefined) return `${error.code}: ${error.summary ?? ''}`.trim();
  } catch {
    // Not JSON: npm failed before it knew what to print.
  }
  const code = /npm (?:error|ERR!) code (\S+)/.exec(stderr)?.[1] ?? 'npm failed';
  const line = stderr.split('\n').find((text) => /^npm (error|ERR!) (?!code)/.test(text)) ?? '';
  return `${code}: ${line.replace(/^npm (error|ERR!) /, '')}`.trim();
}
