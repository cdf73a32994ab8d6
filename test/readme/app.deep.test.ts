import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeWorkspace, repository, type TestWorkspace } from '../build/make-workspace.ts';

const run = promisify(execFile);
const readme = await readFile(join(repository, 'README.md'), 'utf8');
const [, section = ''] = /^## Use a client in your app\n([\s\S]*?)^## /m.exec(readme) ?? [];
const [, commands = ''] = /^```sh\n([\s\S]*?)^```$/m.exec(section) ?? [];
const [, program = ''] = /^```ts\n([\s\S]*?)^```$/m.exec(section) ?? [];

let workspace: TestWorkspace;
let app: string;

beforeAll(async () => {
  workspace = await makeWorkspace(['dicey-fun']);
  const { scripts } = JSON.parse(await readFile(join(repository, 'package.json'), 'utf8'));
  const build = scripts.build.replace('scripts/start.js', join(repository, 'scripts/start.js'));
  await writeFile(
    join(workspace.root, 'package.json'),
    JSON.stringify({ private: true, type: 'module', scripts: { build } }),
  );
  app = await mkdtemp(join(tmpdir(), 'countersign-app-'));
  await mkdir(join(app, 'src'));
  await writeFile(join(app, 'package.json'), JSON.stringify({ private: true, type: 'module' }));
}, 120_000);
afterAll(async () => {
  await workspace.remove();
  await rm(app, { recursive: true, force: true });
});

describe('an app', () => {
  it('installs an unpublished package by the commands of README.md', async () => {
    // The folders of this run stand for `countersign` and `my-app`.
    const script = commands.replace('../my-app', app).replace('../countersign', workspace.root);
    expect(script).not.toBe(commands);
    await run('sh', ['-ec', script], { cwd: workspace.root });
    await writeFile(
      join(app, 'src/main.js'),
      `${program}\nconsole.log(typeof createDiceyFunClient().setPlayerWallet);\n`,
    );
    const { stdout } = await run(process.execPath, ['src/main.js'], { cwd: app });
    expect(stdout).toBe('function\n');
  }, 240_000);
});
