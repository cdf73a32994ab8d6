import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { File } from '../../scripts/model/types.ts';
import { writeFiles } from '../hostile/pipeline.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Packages in a separate folder, by name. The name of a package is its folder. */
export type Packages = { readonly [name: string]: readonly File[] };

const IMPORT_ALL = `
for (const module of process.argv.slice(2))
  await import(new URL(module, import.meta.url).href).catch((error) => console.log(module + ': ' + error));
`;

function run(folder: string, script: string, args: readonly string[]): readonly string[] {
  const { stdout, stderr } = spawnSync(process.execPath, [script, ...args], { cwd: folder, encoding: 'utf8' });
  return `${stdout}${stderr}`.split('\n').filter((line) => line !== '');
}

/** The errors of the compiler for the packages, and of a new process that imports all their modules. */
export function checkPackages(folder: string, packages: Packages): readonly string[] {
  mkdirSync(folder, { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  const options = { noEmit: true, paths: {} };
  const config = { extends: join(root, 'tsconfig.json'), compilerOptions: options, include: ['*/src'], exclude: [] };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config));
  writeFileSync(join(folder, 'import-all.js'), IMPORT_ALL);
  for (const [name, files] of Object.entries(packages)) writeFiles(join(folder, name), files);
  const modules = Object.keys(packages).flatMap((name) =>
    readdirSync(join(folder, name, 'src')).map((module) => `./${name}/src/${module}`),
  );
  return [
    ...run(folder, join(root, 'node_modules/typescript-7/bin/tsc'), ['-p', folder]),
    ...run(folder, join(folder, 'import-all.js'), modules),
  ];
}
