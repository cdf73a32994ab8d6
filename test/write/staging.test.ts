import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { closeStaging, openStaging, removeAbandoned } from '../../scripts/write/staging.ts';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'countersign-staging-'));
});
afterEach(() => rm(root, { recursive: true }));

/** The folder of a run of this machine, with another process's number in its name. */
async function stagingOf(pid: number): Promise<string> {
  const own = basename(await openStaging(root));
  const name = own.replace(`-${process.pid}-`, `-${pid}-`);
  await rm(join(root, own), { recursive: true });
  await mkdir(join(root, name));
  return name;
}

/** A process that has ended. */
const deadPid = (): number => spawnSync(process.execPath, ['--version']).pid;
const old = new Date(Date.now() - 2 * 86_400_000);

it.each([
  ['of a process that exited', () => stagingOf(deadPid()), false],
  ['of a running process', () => stagingOf(process.ppid), true],
  ['of another machine', async () => '.staging-00000000-1-abcdef', true],
  ['without a process number', async () => '.staging-abcdef', true],
])('a folder %s', async (_title, make, stays) => {
  const name = await make();
  await mkdir(join(root, name), { recursive: true });
  await removeAbandoned(root);
  expect(await readdir(root)).toEqual(stays ? [name] : []);
  await mkdir(join(root, name), { recursive: true });
  await utimes(join(root, name), old, old);
  await removeAbandoned(root);
  expect(await readdir(root)).toEqual([]);
});

it('opening a folder deletes leftovers, and nothing else', async () => {
  const dead = await stagingOf(deadPid());
  await mkdir(join(root, 'acme'));
  const staging = await openStaging(root);
  expect((await readdir(root)).sort()).toEqual([basename(staging), 'acme'].sort());
  expect(basename(staging)).not.toBe(dead);
  await closeStaging(staging);
  expect(await readdir(root)).toEqual(['acme']);
});

it('a signal waits for the moves, and then the process exits', async () => {
  const script = `
    import { writeFile } from 'node:fs/promises';
    import { setTimeout } from 'node:timers/promises';
    import { closeStaging, guardStaging, openStaging } from ${JSON.stringify(import.meta.resolve('../../scripts/write/staging.ts'))};
    const staging = await openStaging('.');
    const guard = guardStaging(staging);
    await guard.finish(async () => {
      process.kill(process.pid, 'SIGTERM');
      await setTimeout(100);
      await writeFile('moved', 'whole');
    });
    await closeStaging(staging);
    guard.release();
    await setTimeout(60_000);
  `;
  const { signal } = spawnSync(process.execPath, ['--input-type=module', '--eval', script], { cwd: root });
  expect(signal).toBe('SIGTERM');
  expect(await readdir(root)).toEqual(['moved']);
  expect(await readFile(join(root, 'moved'), 'utf8')).toBe('whole');
});
