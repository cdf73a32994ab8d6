import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { asCode } from './as-code.ts';
import { readSurface, type SurfaceName } from './read-surface.ts';
import type { Both, Change } from './types.ts';
import { ts } from './typescript.ts';

type Entries = readonly { readonly entry: string; readonly module: string }[];

/** A built or unpacked package. */
export type PackageFolder = { readonly folder: string; readonly entries: Entries };

const keyOf = ({ entry, name }: SurfaceName): string => `${name} of ${entry}`;
const shown = ({ entry, name }: SurfaceName): string =>
  entry === '.' ? asCode(name) : `${asCode(name)} of ${asCode(entry)}`;

/**
 * Compares the exported TypeScript API. Removed names break programs. For a value of the runtime, the compiler tests
 * whether the new type is assignable to the old one. Types that are generated from the contract are not tested again,
 * because the differences of the contract are more precise.
 * @param root where the packages' peer dependencies are found
 */
export async function compareSurface({ before, after }: Both<PackageFolder>, root: string): Promise<readonly Change[]> {
  const changes: Change[] = [];
  const gone = before.entries.filter(({ entry }) => !after.entries.some((other) => other.entry === entry));
  const come = after.entries.filter(({ entry }) => !before.entries.some((other) => other.entry === entry));
  for (const { entry } of gone) changes.push({ bump: 'major', text: `The entry point ${asCode(entry)} was removed` });
  for (const { entry } of come) changes.push({ bump: 'minor', text: `The entry point ${asCode(entry)} is new` });

  const shared = (entries: Entries): Entries =>
    entries.filter(
      ({ entry }) => !gone.some((other) => other.entry === entry) && !come.some((other) => other.entry === entry),
    );
  const old = new Map(readSurface(before.folder, shared(before.entries)).map((name) => [keyOf(name), name]));
  const now = new Map(readSurface(after.folder, shared(after.entries)).map((name) => [keyOf(name), name]));
  const values: SurfaceName[] = [];
  for (const [key, was] of old) {
    const is = now.get(key);
    if (is === undefined) changes.push({ bump: 'major', text: `${shown(was)} is no longer exported` });
    else if (is.kind !== was.kind)
      changes.push({ bump: 'major', text: `${shown(was)} is a ${is.kind}, no longer a ${was.kind}` });
    else if (is.parameters !== was.parameters)
      changes.push({ bump: 'major', text: `${shown(was)} has different type parameters` });
    else if (is.kind.includes('value') && !is.fromContract && !was.fromContract) values.push(is);
  }
  for (const [key, is] of now) {
    if (old.has(key)) continue;
    // A schema that moved to the components adds a name. Other additions of the contract are reported there.
    changes.push({ bump: is.fromContract ? 'patch' : 'minor', text: `${shown(is)} is exported` });
  }
  for (const name of await findUnassignable({ before, after }, values, root))
    changes.push({
      bump: 'major',
      text: `${shown(name)} has a type that is incompatible with existing programs`,
    });
  return changes;
}

/** Uses the compiler to find values whose new type is not assignable to the old one. */
async function findUnassignable(
  { before, after }: Both<PackageFolder>,
  values: readonly SurfaceName[],
  root: string,
): Promise<readonly SurfaceName[]> {
  if (values.length === 0) return [];
  const folder = await mkdtemp(join(root, 'node_modules/.countersign-surface-'));
  try {
    await copyComparable(before.folder, join(folder, 'before'));
    await copyComparable(after.folder, join(folder, 'after'));
    const path = (side: 'before' | 'after', entry: string): string => {
      const { entries } = side === 'before' ? before : after;
      return `'./${side}/${entries.find((other) => other.entry === entry)?.module}.js'`;
    };
    const lines = values.map(
      ({ entry, name }, index) =>
        `export const v${index}: typeof import(${path('before', entry)}).${name} = null! as typeof import(${path('after', entry)}).${name};`,
    );
    const file = join(folder, 'check.ts');
    await writeFile(file, `${lines.join('\n')}\n`);
    const program = ts.createProgram([file], {
      target: ts.ScriptTarget.ES2022,
      lib: ['lib.es2023.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
      module: ts.ModuleKind.NodeNext,
      moduleResolution: ts.ModuleResolutionKind.NodeNext,
      strict: true,
      exactOptionalPropertyTypes: true,
      skipLibCheck: true,
      noEmit: true,
      types: [],
    });
    const source = program.getSourceFile(file);
    const lineNumbers = program
      .getSemanticDiagnostics(source)
      .flatMap(({ start }) =>
        source && start !== undefined ? [source.getLineAndCharacterOfPosition(start).line] : [],
      );
    return values.filter((_, index) => lineNumbers.includes(index));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * Copies declarations so that they are compared only by their structure: a unique symbol or a private member makes two
 * equal types incompatible.
 */
async function copyComparable(from: string, to: string): Promise<void> {
  await mkdir(to);
  for (const name of (await readdir(from)).filter((file) => file.endsWith('.d.ts'))) {
    const text = await readFile(join(from, name), 'utf8');
    const shape = text
      .replaceAll(/: unique symbol;/g, ": 'a symbol';")
      .replaceAll(/(?<=[\s{;])(#private|private [^;{}]*);/g, '');
    await writeFile(join(to, name), shape);
  }
}
