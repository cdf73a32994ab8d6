import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { applyPlans, planWrites } from '../../scripts/write.ts';

let root: string;
let folder: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'countersign-write-'));
  folder = join(root, 'acme');
});
afterEach(() => rm(root, { recursive: true }));

const write = async (files: Readonly<Record<string, string>>): Promise<void> => {
  const plan = await planWrites(
    folder,
    Object.entries(files).map(([path, text]) => ({ path, text })),
  );
  await applyPlans([plan], root);
};

describe('write', () => {
  it('writes, leaves equal files alone, removes what is stale and empty folders with it', async () => {
    await write({ 'package.json': '{}', 'src/a.ts': 'a', 'src/old/b.ts': 'b' });
    const before = await stat(join(folder, 'src/a.ts'), { bigint: true });
    await write({ 'package.json': '{"v":1}', 'src/a.ts': 'a' });
    const after = await stat(join(folder, 'src/a.ts'), { bigint: true });
    expect(after.mtimeNs).toBe(before.mtimeNs);
    expect(after.ino).toBe(before.ino);
    expect(await readFile(join(folder, 'package.json'), 'utf8')).toBe('{"v":1}');
    expect(await readdir(join(folder, 'src'))).toEqual(['a.ts']);
    expect(await readdir(root)).toEqual(['acme']);
  });

  it('keeps what others put there', async () => {
    await mkdir(join(folder, 'dist'), { recursive: true });
    await writeFile(join(folder, 'dist/index.js'), 'built');
    await write({ 'a.ts': 'a' });
    expect(await readFile(join(folder, 'dist/index.js'), 'utf8')).toBe('built');
  });

  it.each(['../escape.ts', '/etc/passwd-like', 'src/../../x.ts', ''])('refuses the path %j', async (path) => {
    const isAbsolute = path.startsWith('/');
    if (isAbsolute) {
      // join() keeps an absolute path below the folder, so it is only a name there.
      await write({ [path]: 'x' });
      expect(await readdir(root)).toEqual(['acme']);
    } else {
      await expect(write({ [path]: 'x' })).rejects.toThrow('outside of its package');
      expect(await readdir(root)).toEqual([]);
    }
  });

  it('does not follow a symbolic link out of generated/', async () => {
    const elsewhere = await mkdtemp(join(tmpdir(), 'countersign-elsewhere-'));
    await mkdir(folder);
    await symlink(elsewhere, join(folder, 'src'));
    await expect(write({ 'src/a.ts': 'a' })).rejects.toThrow('symbolic link');
    expect(await readdir(elsewhere)).toEqual([]);
    expect(await readdir(root)).toEqual(['acme']);
    await rm(elsewhere, { recursive: true });
  });
});
