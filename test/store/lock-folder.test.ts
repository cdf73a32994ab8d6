import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { lockFolder } from '../../runtime/store/lock-folder.ts';

const MODULE = fileURLToPath(new URL('../../runtime/store/lock-folder.ts', import.meta.url));

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'countersign-lock-'));
});
const children: ChildProcess[] = [];
afterEach(async () => {
  // A process that a failed test does not end holds stderr, and the runner would wait for it forever.
  for (const child of children.splice(0)) child.kill('SIGKILL');
  await rm(folder, { recursive: true, force: true });
});

/** A process that takes the folder and then does nothing; `locked` or the error's name. */
async function holder() {
  const script = `
    import { lockFolder } from ${JSON.stringify(MODULE)};
    await lockFolder(${JSON.stringify(folder)}).then(() => console.log('locked'), (error) => console.log(error.name));
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  const [printed] = (await once(child.stdout, 'data')) as [Buffer];
  const kill = async () => {
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  };
  return { outcome: printed.toString().trim(), pid: child.pid, kill };
}

test('a folder in use is locked until its process exits, by any signal', async () => {
  const other = await holder();
  expect(other.outcome).toBe('locked');
  await expect(lockFolder(folder)).rejects.toThrow(`Process ${other.pid} uses ${folder}`);
  await other.kill();
  const release = await lockFolder(folder);
  await release();
  expect(await readdir(folder)).toEqual([]);
});

test('a process cannot lock a folder twice', async () => {
  const release = await lockFolder(folder);
  await expect(lockFolder(`${folder}/`)).rejects.toThrow('is already open in this process');
  await release();
  await (await lockFolder(folder))();
});

test('a lock whose process id belongs to another process is ignored', async () => {
  await writeFile(join(folder, `lock.${process.ppid}.1`), '');
  const release = await lockFolder(folder);
  await release();
  expect(await readdir(folder)).toEqual([]);
});

test('at most one of many parallel processes holds the lock', async () => {
  const all = await Promise.all(Array.from({ length: 4 }, holder));
  try {
    expect(all.filter(({ outcome }) => outcome === 'locked').length).toBeLessThanOrEqual(1);
    expect(
      all.filter(({ outcome }) => outcome !== 'locked').every(({ outcome }) => outcome === 'StoreLockedError'),
    ).toBe(true);
  } finally {
    for (const { kill } of all) await kill();
  }
});
