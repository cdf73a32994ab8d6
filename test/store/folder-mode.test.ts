import { chmod, mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from '@countersign/runtime/store';
import { afterEach, beforeEach, expect, test } from 'vitest';

let above: string;
beforeEach(async () => {
  above = await mkdtemp(join(tmpdir(), 'countersign-mode-'));
});
afterEach(() => rm(above, { recursive: true, force: true }));

async function openToOthers(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  const paths = [folder, ...entries.map((entry) => join(entry.parentPath, entry.name))];
  const modes = await Promise.all(paths.map(async (path) => [path, (await stat(path)).mode & 0o077] as const));
  return modes.filter(([, mode]) => mode !== 0).map(([path]) => path);
}

test.each([
  ['that is new', undefined],
  ['of mode 755', 0o755],
  ['of mode 777', 0o777],
])(
  'a data folder %s is closed to other users with all its files',
  async (_, mode) => {
    const folder = join(above, 'data');
    if (mode !== undefined) {
      await mkdir(folder);
      await chmod(folder, mode);
    }
    await (await openStore({ folder })).close();
    expect(await openToOthers(folder)).toEqual([]);
  },
  180_000,
);

test('files of an earlier start that were open are closed by the next', async () => {
  const folder = join(above, 'data');
  await (await openStore({ folder })).close();
  await chmod(join(folder, 'pglite', 'PG_VERSION'), 0o666);
  await chmod(join(folder, 'pglite'), 0o755);
  await (await openStore({ folder })).close();
  expect(await openToOthers(folder)).toEqual([]);
});
