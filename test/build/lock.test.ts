import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { repository } from './make-workspace.ts';

const run = promisify(execFile);
const tidy = (lock: string) => run(process.execPath, [join(repository, 'scripts/commands/build/tidy-lock.js'), lock]);
const read = async (path: string) => JSON.parse(await readFile(join(repository, path), 'utf8'));

describe('the supported Node version', () => {
  it.each(['package.json', 'runtime/package.json'])('is declared as 20 in %s', async (path) => {
    expect((await read(path)).engines).toEqual({ node: '>=20' });
  });

  it('is not declared in the lock file, since dependencies run on the Node that is one of them', async () => {
    const text = await readFile(join(repository, 'package-lock.json'), 'utf8');
    expect(text).not.toMatch(/"resolved": "http/);
    const packages = Object.entries<{ engines?: object }>(JSON.parse(text).packages);
    const asking = packages.filter(([, { engines }]) => engines !== undefined).map(([path]) => path);
    expect(asking, 'Run `node scripts/commands/build/tidy-lock.js` and commit the result.').toEqual(['', 'runtime']);
  });

  it('is removed from the lock file after each install, with the registry hosts', async () => {
    expect((await read('package.json')).scripts.dependencies).toBe('node scripts/commands/build/tidy-lock.js');
    const settings = await readFile(join(repository, '.npmrc'), 'utf8');
    expect(settings).toContain('omit-lockfile-registry-resolved=true\n');
    expect(settings).not.toMatch(/:\/\//);
  });
});

describe('a lock file with a dependency that needs another Node', () => {
  let folder: string;
  const npm = (...args: readonly string[]) =>
    run('npm', [...args, '--no-audit', '--no-fund', '--offline'], { cwd: folder }).then(
      ({ stderr }) => ({ code: 0, stderr }),
      ({ code, stderr }) => ({ code: code as number, stderr: stderr as string }),
    );

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'countersign-lock-'));
    const dependency = join(folder, 'dependency');
    await mkdir(dependency);
    const manifest = { name: 'later', version: '1.0.0', engines: { node: '>=999' } };
    await writeFile(join(dependency, 'package.json'), JSON.stringify(manifest));
    await run('npm', ['pack', dependency, '--pack-destination', folder], { cwd: folder });
    const project = { name: 'clone', version: '1.0.0', dependencies: { later: 'file:later-1.0.0.tgz' } };
    await writeFile(join(folder, 'package.json'), JSON.stringify(project));
    await npm('install');
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('installs without a warning after the cleanup, even with engine-strict', async () => {
    expect((await npm('ci')).stderr).toContain('EBADENGINE');
    expect((await npm('ci', '--engine-strict')).code).not.toBe(0);
    await tidy(join(folder, 'package-lock.json'));
    expect(await npm('ci')).toEqual({ code: 0, stderr: '' });
    expect(await npm('ci', '--engine-strict')).toEqual({ code: 0, stderr: '' });
  });
});
