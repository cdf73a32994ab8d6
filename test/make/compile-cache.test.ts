import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { compileFolder } from '../../scripts/commands/build/toolkit/compile.ts';

const MODULE = join(import.meta.dirname, '../../scripts/common/compile-cache.ts');

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'countersign-compiled-'));
});
afterEach(() => rm(folder, { recursive: true }));

it.each([
  ['one project', 'project/node_modules/countersign', 'project/node_modules'],
  ['a store', 'node_modules/.pnpm/countersign@1.0.0/node_modules/countersign', '.pnpm/countersign@1.0.0/node_modules'],
])('is in the node_modules of the toolkit, which many workspaces share: %s', async (_, toolkit, want) => {
  const scripts = join(folder, toolkit, 'scripts');
  await compileFolder({
    from: join(MODULE, '..'),
    into: join(scripts, 'common'),
    skip: (path) => path !== 'compile-cache.ts',
  });
  await writeFile(join(folder, toolkit, 'package.json'), '{"type":"module"}');
  await writeFile(
    join(scripts, 'main.js'),
    `import { getCompileCacheDir } from 'node:module';
     import { cacheCompiledModules, compileCacheFolder } from './common/compile-cache.js';
     cacheCompiledModules(process.cwd());
     console.log(compileCacheFolder());
     await import('./later.js');`,
  );
  await writeFile(join(scripts, 'later.js'), 'export const later = 1;\n');
  const workspace = join(folder, 'workspace');
  await mkdir(workspace);
  const env = { ...process.env, NODE_COMPILE_CACHE: undefined, NODE_DISABLE_COMPILE_CACHE: undefined };
  const printed = execFileSync(process.execPath, [join(scripts, 'main.js')], { cwd: workspace, encoding: 'utf8', env });
  const cache = printed.trim();
  expect(cache.endsWith(join(want, '.cache/countersign/compile'))).toBe(true);
  expect((await readdir(cache, { recursive: true })).length).toBeGreaterThan(1);
  expect(existsSync(join(workspace, 'node_modules'))).toBe(false);
});
