import { chmod, cp, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SIGNINGS } from '../../init/signings.ts';
import { headOf, type RootManifest } from './manifests.ts';

const SOURCE = fileURLToPath(new URL('create/', import.meta.url));

/** The package `create-countersign`, which `npm create countersign` runs. */
export async function buildCreate(root: string, manifest: RootManifest, folder: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  await cp(SOURCE, folder, { recursive: true });
  await cp(join(root, 'LICENSE'), join(folder, 'LICENSE'));
  await chmod(join(folder, 'create.js'), 0o755);
  await writeFile(join(folder, 'signings.json'), `${JSON.stringify(SIGNINGS)}\n`);
  const made = {
    name: 'create-countersign',
    description: 'Create a workspace of Countersign: npm create countersign',
    ...headOf(manifest),
    engines: { node: '>=20.19' },
    bin: { 'create-countersign': './create.js' },
    files: ['create.js', 'signings.json'],
  };
  await writeFile(join(folder, 'package.json'), `${JSON.stringify(made, undefined, 2)}\n`);
  return folder;
}
