import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { performance } from 'node:perf_hooks';
import type { Workspace } from '../workspace.ts';
import { bundlePackage } from './bundle-package.ts';
import { type Declarations, emitDeclarations } from './declarations.ts';
import { entriesOf, findMissing, type Missing, readManifest, withoutEntries } from './entries.ts';
import { fingerprintSigners, signatureSchemes } from './fingerprints.ts';
import { findIntruders } from './guard.ts';
import { publishedManifest, type Repository } from './manifest.ts';
import { collectNotices } from './notices.ts';

export type BuildOptions = {
  /** By provider; a package that is not named keeps the version of its generated package.json. */
  readonly versions?: ReadonlyMap<string, string>;
  /** By provider, what its CHANGELOG.md says. */
  readonly changelogs?: ReadonlyMap<string, string>;
  readonly onProvider?: (provider: string) => void;
};

export type BuildReport = {
  readonly provider: string;
  readonly folder: string;
  /** Entry points that were left out, since what they need is not installed. */
  readonly missing: readonly Missing[];
  readonly files: number;
  readonly kilobytes: number;
  readonly ms: number;
};

/** The packages cannot be built as they are; each problem says why. */
export class BuildError extends Error {
  override readonly name = 'BuildError';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.problems = problems;
  }
}

/** The folder that is published: a whole package, made anew by every build. */
export const packageFolder = (workspace: Workspace, provider: string): string =>
  join(workspace.generated, provider, 'dist');

/**
 * Builds `generated/<provider>` into `generated/<provider>/dist`, a package of its own.
 * @throws {BuildError} when types do not hold, or when logic or a dependency that nobody chose would be inside
 */
export async function buildProviders(
  workspace: Workspace,
  providers: readonly string[],
  options: BuildOptions = {},
): Promise<readonly BuildReport[]> {
  // Not below node_modules: the bundler takes what lies there for finished packages.
  const temporary = await mkdtemp(join(tmpdir(), 'countersign-build-'));
  try {
    const folders = providers.map((provider) => join(workspace.generated, provider));
    const manifests = await Promise.all(folders.map(readManifest));
    const entries = manifests.flatMap((manifest) => findMissing(workspace.root, manifest)).map(({ entry }) => entry);
    const declarations = await emitDeclarations(workspace.root, folders, temporary, new Set(entries));
    if (declarations.problems.length > 0) throw new BuildError(declarations.problems);
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
    throw new BuildError(
      intruders.map(
        (module) => `${source.name} must not contain ${module}: a package has no logic, store or stranger.`,
      ),
    );
  }

  const signers = await fingerprintSigners(join(folder, 'src/plugins.ts'), await signatureSchemes(folder));
  const manifest = publishedManifest(source, {
    version: versions?.get(provider) ?? source.version,
    signers,
    repository: await readRepository(root),
    directory: relative(root, folder),
  });
  const license = await readFile(join(root, 'LICENSE'), 'utf8').catch(() => '');
  await writeFile(join(into, 'package.json'), `${JSON.stringify(manifest, undefined, 2)}\n`);
  await writeFile(join(into, 'LICENSE'), license + (await collectNotices(modules)));
  await copyFile(join(folder, 'README.md'), join(into, 'README.md'));
  await copyFile(join(folder, 'openapi.json'), join(into, 'openapi.json'));
  const changelog = changelogs?.get(provider);
  if (changelog !== undefined) await writeFile(join(into, 'CHANGELOG.md'), changelog);
  return missing;
}

async function readRepository(root: string): Promise<Repository | undefined> {
  const manifest = await readFile(join(root, 'package.json'), 'utf8').catch(() => '{}');
  return (JSON.parse(manifest) as { readonly repository?: Repository }).repository;
}
