/** The tests of docs/testing.md, run as its readers would run them. */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');
const page = await readFile(join(root, 'docs/testing.md'), 'utf8');
const files = [...page.matchAll(/^```ts test\/(\S+)\n([\s\S]*?)^```$/gm)].map(([, name = '', code = '']) => [
  name,
  code,
]);
let folder: string;

beforeAll(async () => {
  // Below the root, where the runtime resolves; not below node_modules, where Node runs no TypeScript.
  await mkdir(join(root, 'dist'), { recursive: true });
  folder = await mkdtemp(join(root, 'dist/testing-'));
  await writeFile(
    join(folder, 'tsconfig.json'),
    JSON.stringify({ extends: join(root, 'tsconfig.json'), include: ['./*.ts'], exclude: [] }),
  );
  for (const [name = '', code = ''] of files) {
    const places = code.replaceAll(/'@countersign\/(plattr|moonpacket)(?:\/(\w+))?'/g, (_, provider, entry = 'index') =>
      JSON.stringify(pathToFileURL(join(root, `generated/${provider}/src/${entry}.ts`)).href),
    );
    await writeFile(join(folder, name), places);
  }
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('the tests of docs/testing.md', () => {
  it.each(files)('%s passes', async (name) => {
    // Its own environment, because the runner of these tests sets variables for child processes.
    const { NODE_TEST_CONTEXT: _, ...env } = process.env;
    const { stdout } = await promisify(execFile)(process.execPath, ['--test', join(folder, name ?? '')], { env });
    expect(stdout).toMatch(/\bpass 1\n/);
    expect(stdout).toMatch(/\bfail 0\n/);
  });

  it('type-check', async () => {
    // TypeScript reads paths, not URLs.
    for (const [name = ''] of files) {
      const text = await readFile(join(folder, name), 'utf8');
      await writeFile(join(folder, name), text.replaceAll('file://', ''));
    }
    const tsc = join(root, 'node_modules/typescript-7/bin/tsc');
    const { stdout } = await promisify(execFile)(process.execPath, [tsc, '--noEmit', '-p', folder]);
    expect(stdout).toBe('');
  });
});
