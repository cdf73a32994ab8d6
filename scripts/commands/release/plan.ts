import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { type Diagnostic, InputError } from '../../common/diagnostics/diagnostic.ts';
import { settingsOf, type Workspace } from '../../config/workspace.ts';
import { buildProviders, packageFolder } from '../build/build.ts';
import { entriesOf, type Missing, readManifest } from '../build/entries.ts';
import type { Recorded } from '../build/manifest.ts';
import { compareSurface } from '../diff/compare-surface.ts';
import { compareContracts, compareRecorded, readContract } from '../diff/index.ts';
import { type Bump, type Change, largest } from '../diff/types.ts';
import { lostEntries } from './lost-entries.ts';
import { isBelow, leavesZero, nextVersion } from './next-version.ts';
import type { Published, Registry } from './registry.ts';

/** What would be done for one package, and why; nothing is done yet. */
export type Plan = {
  readonly provider: string;
  readonly name: string;
  readonly last: string | undefined;
  /** Undefined: nothing changed since the last release. */
  readonly next: string | undefined;
  readonly bump: Bump;
  readonly changes: readonly Change[];
  readonly changelog: string;
  /** Entry points that are not in the package, because their libraries are not installed here. */
  readonly skipped: readonly Missing[];
};

/**
 * Builds each package, compares it with the registry, and computes its version.
 *
 * @throws {InputError} with the errors of all packages: a published entry point that is skipped here, or a package that
 * Countersign did not publish
 */
export async function planRelease(
  workspace: Workspace,
  providers: readonly string[],
  registry: Registry,
  temporary: string,
  onStep: (text: string) => void = () => undefined,
): Promise<readonly Plan[]> {
  const reports = await buildProviders(workspace, providers, {
    onProvider: (provider) => onStep(`building ${provider}`),
  });
  const plans: Plan[] = [];
  const problems: Diagnostic[] = [];
  for (const provider of providers) {
    onStep(`comparing ${provider} with the published package`);
    const skipped = reports.find((each) => each.provider === provider)?.missing ?? [];
    try {
      plans.push(await planPackage(workspace, provider, skipped, registry, temporary));
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      problems.push(...error.diagnostics);
    }
  }
  if (problems.length > 0) throw new InputError(problems);
  return plans;
}

async function planPackage(
  workspace: Workspace,
  provider: string,
  skipped: readonly Missing[],
  registry: Registry,
  temporary: string,
): Promise<Plan> {
  const { name } = await readManifest(join(workspace.generated, provider));
  const { role = 'caller', atLeast } = settingsOf(workspace, provider);
  const { last, taken } = await registry.find(name);
  if (last === undefined) {
    const first: Change = { bump: 'minor', text: 'The first release' };
    return {
      provider,
      name,
      last,
      next: nextVersion(undefined, 'none', { atLeast, taken }),
      bump: 'none',
      changes: [first],
      changelog: '',
      skipped,
    };
  }
  const published = await registry.fetch(name, last, join(temporary, provider));
  const file = relative(workspace.root, join(workspace.generated, provider, 'package.json'));
  const lost = lostEntries(skipped, { name, file, published });
  if (lost.length > 0) throw new InputError(lost);
  const built = packageFolder(workspace, provider);
  const changes = [...(await compareBuilt(workspace, provider, built, published, role))];
  if (
    largest(changes.map(({ bump }) => bump)) === 'none' &&
    (await hashPackage(built)) !== (await hashPackage(published.folder))
  )
    changes.push({ bump: 'patch', text: 'The contract is unchanged; the code of the package has changed' });
  if (atLeast !== undefined && isBelow(last, atLeast))
    changes.push({
      bump: 'patch',
      text: leavesZero(last, atLeast) ? 'The package leaves 0.x' : `Versions continue from ${atLeast}`,
    });
  const bump = largest(changes.map((change) => change.bump));
  const next = bump === 'none' ? undefined : nextVersion(last, bump, { atLeast, taken });
  return { provider, name, last, next, bump, changes, changelog: published.changelog, skipped };
}

async function compareBuilt(
  workspace: Workspace,
  provider: string,
  built: string,
  published: Published,
  role: 'caller' | 'receiver' | 'both',
): Promise<readonly Change[]> {
  const read = async (name: string): Promise<unknown> => JSON.parse(await readFile(join(built, name), 'utf8'));
  const manifest = (await read('package.json')) as { readonly countersign: Recorded };
  const entries = entriesOf(await readManifest(join(workspace.generated, provider)));
  const before = { folder: published.folder, entries: entriesOfPublished(published) };
  return [
    ...compareContracts(
      readContract(published.document, provider),
      readContract(await read('openapi.json'), provider),
      role,
    ),
    ...compareRecorded(published.recorded, manifest.countersign),
    ...(await compareSurface({ before, after: { folder: built, entries } }, workspace.root)),
  ];
}

function entriesOfPublished({ manifest }: Published): readonly { readonly entry: string; readonly module: string }[] {
  return Object.entries(manifest.exports ?? {}).flatMap(([entry, target]) => {
    const types =
      typeof target === 'object' && target !== null ? (target as { readonly types?: string }).types : undefined;
    const module = /^\.\/([\w-]+)\.d\.ts$/.exec(types ?? '')?.[1];
    return module === undefined ? [] : [{ entry, module }];
  });
}

/** Everything that users get, except what every release changes. */
async function hashPackage(folder: string): Promise<string> {
  const hash = createHash('sha256');
  for (const file of (await readdir(folder)).filter((name) => name !== 'CHANGELOG.md').sort()) {
    const text = await readFile(join(folder, file), 'utf8');
    hash.update(`${file}\0${file === 'package.json' ? JSON.stringify({ ...JSON.parse(text), version: '' }) : text}\0`);
  }
  return hash.digest('hex');
}
