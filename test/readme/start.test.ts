import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeWorkspace, repository, type TestWorkspace } from '../build/make-workspace.ts';

const run = promisify(execFile);
const readme = await readFile(join(repository, 'README.md'), 'utf8');
const [, start = ''] = /^## Sixty seconds\n([\s\S]*?)^## /m.exec(readme) ?? [];
const blocks = [...start.matchAll(/^```([^\n]*)\n([\s\S]*?)^```$/gm)].map(([, info = '', text = '']) => ({
  info,
  text,
}));
/** What the section shows of its commands, in its order. */
const outputs = blocks.filter(({ info }) => info === '').map(({ text }) => text);
const commands = blocks.filter(({ info }) => info === 'sh').flatMap(({ text }) => text.trim().split('\n'));
const { info = '', text: program = '' } = blocks.find(({ info }) => info.startsWith('ts ')) ?? {};
const file = info.replace('ts ', '');

let workspace: TestWorkspace;

beforeAll(async () => {
  // As after a clone: nothing is remembered of earlier runs.
  workspace = await makeWorkspace(['dailyplay', 'dicey-fun', 'hive', 'moonpacket', 'naver', 'plattr']);
  for (const path of ['plugins', 'countersign.config.ts'])
    await cp(join(repository, path), join(workspace.root, path), { recursive: true });
  await symlink(join(repository, 'scripts'), join(workspace.root, 'scripts'));
  const { scripts } = JSON.parse(await readFile(join(repository, 'package.json'), 'utf8'));
  await writeFile(join(workspace.root, 'package.json'), JSON.stringify({ private: true, type: 'module', scripts }));
});
afterAll(() => workspace.remove());

const shell = (command: string) => run('sh', ['-c', command], { cwd: workspace.root }).then(({ stdout }) => stdout);
/** What npm says before a script is not in the page. */
const withoutBanner = (text: string): string => text.replace(/^\n?> .*\n(> .*\n)?\n?/gm, '');
/** Times differ; so does the width of their column. */
const withoutTimes = (text: string): string => text.replace(/ +(\d+|ms)$/gm, '');

describe('the sixty seconds of README.md', () => {
  it('are four commands and a program', () => {
    expect(commands).toEqual([
      'npm ci',
      'npm run generate',
      'npm run mock -- dicey-fun',
      'env $(npm run --silent mock -- env dicey-fun) npx node first-call.ts',
    ]);
    expect(file).toBe('first-call.ts');
  });

  it('show what generate says', async () => {
    expect(withoutTimes(withoutBanner(await shell('npm run generate')))).toBe(withoutTimes(outputs[0] ?? ''));
  });

  it('show what the mock says, and what a program says that calls it', async () => {
    const mock = spawn('npm', ['run', 'mock', '--', 'dicey-fun', '--port', '0'], {
      cwd: workspace.root,
      stdio: ['ignore', 'pipe', 'inherit'],
      detached: true,
    });
    try {
      let said = '';
      for await (const chunk of mock.stdout) {
        said += chunk;
        if (said.includes('Demo credentials')) break;
      }
      const [, port = ''] = /127\.0\.0\.1:(\d+)/.exec(said) ?? [];
      expect(withoutBanner(said).replaceAll(`:${port}`, ':4010')).toBe(outputs[1]);
      await writeFile(join(workspace.root, file), program.replace(':4010', `:${port}`));
      expect(await shell(commands[3] ?? '')).toBe(outputs[2]);
    } finally {
      const exited = once(mock, 'exit');
      if (mock.pid !== undefined) process.kill(-mock.pid, 'SIGKILL');
      await exited;
    }
  });
});
