import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';

export const ROOT = join(import.meta.dirname, '../..');

/** A workspace with changed flows of Hive. Everything else is from this repository. */
export async function withFlows(change: (text: string) => string): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'countersign-flows-test-'));
  onTestFinished(() => rm(root, { recursive: true, force: true }));
  await cp(join(ROOT, 'specs/hive'), join(root, 'specs/hive'), { recursive: true });
  const file = join(root, 'specs/hive/flows.arazzo.yaml');
  const text = await readFile(file, 'utf8');
  const changed = change(text);
  expect(changed).not.toBe(text);
  await writeFile(file, changed);
  for (const folder of ['plugins', 'generated']) await symlink(join(ROOT, folder), join(root, folder));
  return root;
}
