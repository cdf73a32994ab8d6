import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { performance } from 'node:perf_hooks';
import { type Diagnostic, InputError } from '../../common/diagnostics/diagnostic.ts';
import { refusal } from '../../common/diagnostics/troubleshooting.ts';
import { jsonText } from '../../common/text/literal.ts';
import { settingsOf, type Workspace } from '../../config/workspace.ts';
import { readProjectManifest } from '../init/manifest.ts';
import { bundlePackage } from './bundle-package.ts';
import { typeProblem } from './compiler-errors.ts';
import { type Declarations, emitDeclarations } from './declarations.ts';
import { entriesOf, findMissing, type Missing, readManifest, type SourceManifest, withoutEntries } from './entries.ts';
import { fingerprintSigners, signatureSchemes } from './fingerprints.ts';
import { findIntruders } from './guard.ts';
import { publishedManifest } from './manifest.ts';
import { collectNotices } from './notices.ts';

/** The versions and changelogs that a build writes. */
export type BuildOptions = {
  /** By provider. A package without an entry keeps the version of its generated package.json. */
  readonly versions?: ReadonlyMap<string, string>;
  /** By provider, the text of its CHANGELOG.md. */
  readonly changelogs?: ReadonlyMap<string, string>;
  readonly onProvider?: (provider: string) => void;
};

/** The result of building one provider, with its size in bytes and its time in milliseconds. */
export type BuildReport = {
  readonly provider: string;
  readonly folder: string;
  /** Entry points that were omitted because their dependencies are not installed. */
  readonly missing: readonly Missing[];
  readonly files: number;
  readonly kilobytes: number;
  readonly ms: number;
};

/** The published folder: a complete package, which every build writes again. */
export const packageFolder = (workspace: Workspace, provider: string): string =>
  join(workspace.generated, provider, 'dist');

/**
 * Builds `generated/<provider>` into the separate package `generated/<provider>/dist`.
 * @throws {InputError} if there is nothing to build, if types are invalid, or if the package would contain logic or an
 * unexpected dependency
 */
export async function buildProviders(
  workspace: Workspace,
  providers: readonly string[],
  options: BuildOptions = {},
): Promise<readonly BuildReport[]> {
  // Not below node_modules: the bundler treats packages there as finished.
  const temporary = await mkdtemp(join(tmpdir(), 'countersign-build-'));
  try {
    const folders = providers.map((provider) => join(workspace.generated, provider));
    const manifests = await readManifests(workspace, folders);
    const entries = manifests.flatMap((manifest) => findMissing(workspace.root, manifest)).map(({ entry }) => entry);
    const declarations = await emitDeclarations(workspace.root, folders, temporary, new Set(entries));
    if (declarations.problems.length > 0) throw new InputError(declarations.problems.map(typeProblem));
    const reports: BuildReport[] = [];
    for (const provider of providers) {
      options.onProvider?.(provider);
      const start = performance.now();
      const missing = await buildPackage(workspace, provider, declarations, options);
      const folder = packageFolder(workspace, provider);
      const names = await readdir(folder);
      const sizes = await Promise.all(names.map(async (name) => (await stat(join(folder, name))).size));
      const kilobytes = Math.round(sizes.reduce((sum, size) => sum + size, 0) / 1024);
      reports.push({ provider, folder, missing, files: names.length, kilobytes, ms: performance.now() - start });
    }
    return reports;
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

async function readManifests(workspace: Workspace, folders: readonly string[]): Promise<readonly SourceManifest[]> {
  const found = await Promise.all(folders.map((folder) => readManifest(folder).catch(() => undefined)));
  const missing = folders.filter((_, index) => found[index] === undefined);
  if (missing.length > 0)
    throw new InputError(
      missing.flatMap((folder) => {
        const path = relative(workspace.root, join(folder, 'package.json'));
        return refusal('build-missing', 'The package does not exist.', 'Run `countersign generate`.', path).diagnostics;
      }),
    );
  return found.filter((manifest) => manifest !== undefined);
}

function intruderProblem(name: string, module: string): Diagnostic {
  const message = `${name} must not contain ${module}: a package contains only the client, the server and their signing.`;
  const help = 'In signing.ts and hooks.ts, import only the runtime and files of the same plugin.';
  return { severity: 'error', code: 'build-contents', message, help, at: { file: module, line: 1, column: 1 } };
}

async function buildPackage(
  workspace: Workspace,
  provider: string,
  declarations: Declarations,
  { versions, changelogs }: BuildOptions,
): Promise<readonly Missing[]> {
  const folder = join(workspace.generated, provider);
  const into = packageFolder(workspace, provider);
  const written = await readManifest(folder);
  const missing = findMissing(workspace.root, written);
  const source = withoutEntries(written, missing);
  await rm(into, { recursive: true, force: true });
  await mkdir(into, { recursive: true });

  const peers = Object.keys(source.peerDependencies);
  const task = { root: workspace.root, folder, entries: entriesOf(source), peers, declarations, into };
  const modules = await bundlePackage(task);
  const { root, generated, plugins } = workspace;
  const intruders = findIntruders({ root, provider, generated, plugins, modules });
  if (intruders.length > 0) {
    await rm(into, { recursive: true, force: true });
    throw new InputError(intruders.map((module) => intruderProblem(source.name, module)));
  }

  const signers = await fingerprintSigners(join(folder, 'src/plugins.ts'), await signatureSchemes(folder));
  const { unknownKeys = 'passthrough', int64 = 'number' } = settingsOf(workspace, provider);
  const manifest = publishedManifest(source, {
    version: versions?.get(provider) ?? source.version,
    recorded: { signers, unknownKeys, ...(int64 !== 'number' && { int64 }) },
    project: (await readProjectManifest(root)) ?? {},
    directory: relative(root, folder),
  });
  const license = await readFile(join(root, 'LICENSE'), 'utf8').catch(() => '');
  await writeFile(join(into, 'package.json'), `${jsonText(manifest, 2)}\n`);
  await writeFile(join(into, 'LICENSE'), license + (await collectNotices(modules)));
  await copyFile(join(folder, 'README.md'), join(into, 'README.md'));
  await copyFile(join(folder, 'openapi.json'), join(into, 'openapi.json'));
  const changelog = changelogs?.get(provider);
  if (changelog !== undefined) await writeFile(join(into, 'CHANGELOG.md'), changelog);
  return missing;
}
