import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { appendFile, cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';

const run = promisify(execFile);
const repository = join(import.meta.dirname, '../..');

/** Prints how many modules of the toolkit the main thread loads from their sources. */
const COUNT = `
  import { registerHooks } from 'node:module';
  import { isMainThread } from 'node:worker_threads';
  let sources = 0;
  registerHooks({ load: (url, context, next) => { sources += /[/]scripts[/].*[.]ts$/.test(url); return next(url, context); } });
  if (isMainThread) process.on('exit', () => console.error('sources ' + sources));
`;

let copy: string;
let cache: string;
let workspace: string;

type Ran = { readonly code: number; readonly out: string; readonly sources: number };

async function generate(...more: readonly string[]): Promise<Ran> {
  const hook = `data:text/javascript,${encodeURIComponent(COUNT)}`;
  const args = ['--import', hook, join(copy, 'scripts/start.js'), 'generate', ...more];
  const { code, stdout, stderr } = await run(process.execPath, args, { cwd: workspace }).then(
    (done) => ({ code: 0, ...done }),
    (error: { code: number; stdout: string; stderr: string }) => error,
  );
  return { code, out: stdout + stderr, sources: Number(/sources (\d+)/.exec(stderr)?.[1]) };
}

const writeBundle = () => run(process.execPath, [join(copy, 'scripts/commands/build/own/write.ts')]);

async function isBundled(): Promise<boolean> {
  const find = JSON.stringify(join(copy, 'scripts/commands/build/own/find.js'));
  const print = `console.log((await import(${find})).findBundle() !== undefined)`;
  const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', print]);
  return stdout.trim() === 'true';
}

/**
 * Files that were changed within the last two seconds are not bundled. No run starts another process that writes, and
 * an earlier one has ended.
 */
async function untilBundled(): Promise<void> {
  await expect
    .poll(async () => {
      await writeBundle();
      return (await isBundled()) && !existsSync(join(cache, 'lock'));
    })
    .toBe(true);
}

beforeAll(async () => {
  copy = await mkdtemp(join(tmpdir(), 'countersign-own-'));
  cache = join(copy, 'node_modules/.cache/countersign/toolkit');
  workspace = join(copy, 'workspace');
  for (const path of ['scripts', 'runtime', 'templates', 'specs/x-cs.schema.json', 'package.json', 'package-lock.json'])
    await cp(join(repository, path), join(copy, path), { recursive: true });
  await cp(join(repository, 'specs/hive'), join(workspace, 'specs/hive'), { recursive: true });
  const installed = join(repository, 'node_modules');
  await mkdir(join(copy, 'node_modules/@countersign'), { recursive: true });
  for (const name of await readdir(installed)) {
    if (name === '@countersign' || name === '.cache') continue;
    await symlink(join(installed, name), join(copy, 'node_modules', name));
  }
  await symlink(join(copy, 'runtime'), join(copy, 'node_modules/@countersign/runtime'));
});
beforeEach(async () => {
  await rm(cache, { recursive: true, force: true });
  await mkdir(cache, { recursive: true });
});
afterAll(() => rm(copy, { recursive: true, force: true }));

it('is written after a run, and gives the same files as the sources', async () => {
  await rm(join(copy, 'node_modules/.cache'), { recursive: true, force: true });
  const first = await generate();
  expect(first).toMatchObject({ code: 0, out: expect.stringContaining('files written.') });
  expect(first.sources).toBeGreaterThan(100);
  // No process writes it, except those that the runs start.
  await expect.poll(async () => (await generate()).sources).toBe(0);
  expect(await generate()).toMatchObject({ code: 0, out: expect.stringContaining('generated/ is up to date.') });
  const forced = await generate('--force');
  expect(forced).toMatchObject({ code: 0, sources: 0, out: expect.stringContaining('generated/ is up to date.') });
});

it('contains the first module of each thread', async () => {
  await untilBundled();
  const threads = await readdir(join(repository, 'scripts/generate/workers'));
  const [folder = ''] = (await readdir(cache)).filter((name) => /^\d/.test(name));
  const bundled = await readdir(join(cache, folder));
  expect(bundled).toEqual(expect.arrayContaining(threads.map((name) => name.replace(/\.ts$/, '.mjs'))));
});

it('is not used once a source has changed, and stack traces name the sources', async () => {
  await untilBundled();
  const file = join(copy, 'scripts/emit/readme/emit-readme.ts');
  const text = await readFile(file, 'utf8');
  const place = /export (?:async )?function emitReadme\([^)]*\)[^{]*\{\n/;
  try {
    await writeFile(
      file,
      text.replace(place, (start) => `${start}if (true) throw new Error('of a test');\n`),
    );
    const line = (await readFile(file, 'utf8')).split('\n').findIndex((each) => each.includes('of a test')) + 1;
    const want = new RegExp(`hive: Error: of a test\\n.*scripts/emit/readme/emit-readme\\.ts:${line}:\\d+`);
    const fresh = await generate('--force');
    expect(fresh.sources).toBeGreaterThan(100);
    expect(fresh).toMatchObject({ code: 2, out: expect.stringMatching(want) });
    await untilBundled();
    expect(await generate('--force')).toMatchObject({ code: 2, sources: 0, out: expect.stringMatching(want) });
  } finally {
    await writeFile(file, text);
  }
});

const filesOf = async (folder: string): Promise<readonly string[]> =>
  (await readdir(folder, { recursive: true })).map((name) => join(folder, name));

it.each([
  ['a chunk is shorter', (path: string) => /later.*\.mjs$/.test(path), (path: string) => truncate(path, 100)],
  ['a chunk is missing', (path: string) => /\/inject-.*\.mjs$/.test(path), (path: string) => rm(path)],
  ['the manifest is damaged', (path: string) => /manifest\.json$/.test(path), (path: string) => appendFile(path, ']')],
])('is ignored and written again if %s', async (_, isDamaged, damage) => {
  await untilBundled();
  for (const path of (await filesOf(cache)).filter(isDamaged)) await damage(path);
  const ran = await generate();
  expect(ran.code).toBe(0);
  expect(ran.sources).toBeGreaterThan(0);
  await expect.poll(async () => (await generate()).sources).toBe(0);
});

it('is not needed: a run succeeds if it cannot be written', async () => {
  await rm(cache, { recursive: true });
  await writeFile(cache, 'not a folder');
  expect((await generate('--force')).code).toBe(0);
  expect((await generate()).code).toBe(0);
  expect(await readFile(cache, 'utf8')).toBe('not a folder');
});

it('is written by one of several processes', async () => {
  await untilBundled();
  await rm(cache, { recursive: true });
  await mkdir(cache);
  await Promise.all([writeBundle(), writeBundle(), generate(), generate()]);
  await expect.poll(async () => (await generate()).sources).toBe(0);
  await expect.poll(() => existsSync(join(cache, 'lock'))).toBe(false);
  expect((await readdir(cache)).filter((name) => /^\d/.test(name))).toHaveLength(1);
});

it('is not shared by a copy with a link to node_modules', async () => {
  await untilBundled();
  const other = join(copy, 'other');
  await mkdir(other);
  for (const path of ['scripts', 'runtime', 'templates', 'specs', 'package.json', 'package-lock.json'])
    await cp(join(copy, path), join(other, path), { recursive: true });
  await symlink(join(copy, 'node_modules'), join(other, 'node_modules'));
  const find = "import('./scripts/commands/build/own/find.js').then((m) => console.log(m.findBundle()))";
  expect((await run(process.execPath, ['-e', find], { cwd: other })).stdout).toBe('undefined\n');
  expect((await run(process.execPath, ['-e', find], { cwd: copy })).stdout).toMatch(/^file:.*main\.mjs\n$/);
});
