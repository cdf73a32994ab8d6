import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

type Ranges = { readonly [name: string]: string };
/** The fields of the repository's `package.json` that are used. */
export type RootManifest = {
  readonly name: string;
  readonly version: string;
  readonly description: string;
  readonly license: string;
  readonly engines: Ranges;
  readonly repository?: unknown;
  readonly dependencies?: Ranges;
  readonly devDependencies?: Ranges;
  readonly overrides?: Ranges;
};

/**
 * The version range of a package: the range in our package.json or, for an indirect dependency, the version that our
 * tests ran with.
 */
async function rangeOf(root: string, manifest: RootManifest, name: string): Promise<string> {
  const said = manifest.dependencies?.[name] ?? manifest.devDependencies?.[name];
  if (said !== undefined) return said;
  const installed = await readFile(join(root, 'node_modules', name, 'package.json'), 'utf8');
  return `^${(JSON.parse(installed) as { readonly version: string }).version}`;
}

/** The version ranges of packages, as the repository states or has installed them. */
export async function rangesOf(root: string, manifest: RootManifest, names: Iterable<string>): Promise<Ranges> {
  const sorted = [...new Set(names)].sort();
  return Object.fromEntries(
    await Promise.all(sorted.map(async (name) => [name, await rangeOf(root, manifest, name)] as const)),
  );
}

/** The fields that both packages share. */
export const headOf = ({ version, license, engines, repository }: RootManifest): object => ({
  version,
  license,
  type: 'module',
  engines,
  ...(repository !== undefined && { repository }),
});
