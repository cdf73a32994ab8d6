/** A release from a machine without React, when the published version has `./react`. */
import { execFile } from 'node:child_process';
import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeWorkspace, type TestWorkspace } from '../build/make-workspace.ts';
import { openTestRegistry, removeStorage, type TestRegistry } from './open-registry.ts';

let workspace: TestWorkspace;
let registry: TestRegistry;
const path = (name: string): string => join(workspace.root, name);
const release = (...args: string[]) => workspace.run(['release', ...args], registry.env);
const published = async (): Promise<unknown> => {
  const args = ['view', '@countersign/naver', 'versions', '--json', '--prefer-online'];
  const { stdout } = await promisify(execFile)('npm', args, { cwd: workspace.root, env: registry.env });
  return [JSON.parse(stdout)].flat();
};
async function configure(hooks: boolean): Promise<void> {
  const settings = { providers: { naver: { hooks } }, release: { registry: registry.url, test: 'true' } };
  await writeFile(path('countersign.config.ts'), `export default ${JSON.stringify(settings)};\n`);
  expect(await workspace.run(['generate'])).toMatchObject({ code: 0 });
  const git = (...args: string[]) => promisify(execFile)('git', args, { cwd: workspace.root });
  await git('init', '-q');
  await git('add', '-A');
  await git('-c', 'user.name=Test', '-c', 'user.email=test@test.invalid', 'commit', '-q', '-m', 'Change');
}

beforeAll(async () => {
  registry = await openTestRegistry();
  workspace = await makeWorkspace(['naver']);
  await writeFile(path('.gitignore'), 'node_modules\ndist\n');
  await configure(true);
});
afterAll(async () => {
  await registry.close();
  await removeStorage(registry);
  await workspace.remove();
});

it('stops, and publishes nothing, until the library is installed or the entry point is switched off', async () => {
  expect(await release()).toMatchObject({ code: 0, stdout: expect.stringContaining('  published') });
  expect(await published()).toEqual(['0.1.0']);

  await rename(path('node_modules/react'), path('node_modules/.react'));
  await writeFile(path('LICENSE'), 'Changed, so that there is something to publish.\n');
  await configure(true);
  for (const args of [[], ['--dry-run']]) {
    const { code, stderr } = await release(...args);
    expect(code).toBe(1);
    expect(stderr).toContain(
      'error[release-entry]: The release of @countersign/naver would remove the entry point `./react`, which 0.1.0 has: it requires react, and this package is not installed.',
    );
    expect(stderr).toContain('help: Run `npm install --save-dev react`.');
    expect(stderr).toMatch(/1 error; nothing was published\.\n$/);
  }
  expect(await published()).toEqual(['0.1.0']);

  await configure(false);
  expect(await release('--dry-run')).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/0\.1\.0 → 0\.2\.0 \(major\)[\s\S]*The entry point `\.\/react` was removed/),
  });

  await configure(true);
  await rename(path('node_modules/.react'), path('node_modules/react'));
  expect(await release('--dry-run')).toMatchObject({ code: 0, stdout: expect.stringContaining('0.1.0 → 0.1.1') });
});
