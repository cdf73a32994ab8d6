import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeWorkspace, repository, type TestWorkspace } from '../build/make-workspace.ts';

const run = promisify(execFile);
const readme = await readFile(join(repository, 'README.md'), 'utf8');

/** A section's program with the name of its file, its commands and the output that it shows, in order. */
function readSection(title: string) {
  const [, section = ''] = new RegExp(`^## ${title}\\n([\\s\\S]*?)^## `, 'm').exec(readme) ?? [];
  const blocks = [...section.matchAll(/^```([^\n]*)\n([\s\S]*?)^```$/gm)].map(([, info = '', text = '']) => ({
    info,
    text,
  }));
  const { info = '', text: program = '' } = blocks.find(({ info }) => info.startsWith('ts ')) ?? {};
  return {
    file: info.replace('ts ', ''),
    program,
    commands: blocks.filter(({ info }) => info === 'sh').flatMap(({ text }) => text.trim().split('\n')),
    outputs: blocks.filter(({ info }) => info === '').map(({ text }) => text),
  };
}

const { file, program, commands, outputs } = readSection('Quick start');
const callOut = readSection('Call a provider');
const callIn = readSection('Receive calls');

let workspace: TestWorkspace;

beforeAll(async () => {
  // As after a clone: there are no results of earlier runs.
  workspace = await makeWorkspace(['dailyplay', 'dicey-fun', 'hive', 'moonpacket', 'naver', 'plattr']);
  for (const path of ['plugins', 'countersign.config.ts'])
    await cp(join(repository, path), join(workspace.root, path), { recursive: true });
  await symlink(join(repository, 'scripts'), join(workspace.root, 'scripts'));
  const { scripts } = JSON.parse(await readFile(join(repository, 'package.json'), 'utf8'));
  await writeFile(join(workspace.root, 'package.json'), JSON.stringify({ private: true, type: 'module', scripts }));
});
afterAll(() => workspace.remove());

const shell = (command: string) => run('sh', ['-c', command], { cwd: workspace.root }).then(({ stdout }) => stdout);
/** The page omits what npm prints before a script. */
const withoutBanner = (text: string): string => text.replace(/^\n?> .*\n(> .*\n)?\n?/gm, '');
/** Times differ; so does the width of their column. */
const withoutTimes = (text: string): string => text.replace(/ +(\d+ ms|\d+|ms)$/gm, '');

/** Starts a command in its own process group; resolves once it has printed `text`, with its whole output. */
async function start(command: string, text: string) {
  const child = spawn('sh', ['-c', command], {
    cwd: workspace.root,
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  });
  const end = async (): Promise<void> => {
    const exited = once(child, 'exit');
    if (child.pid !== undefined && child.exitCode === null) {
      process.kill(-child.pid, 'SIGKILL');
      await exited;
    }
  };
  let said = '';
  for await (const chunk of child.stdout) {
    said += chunk;
    if (said.includes(text)) break;
  }
  const [, port = ''] = /127\.0\.0\.1:(\d+)/.exec(said) ?? [];
  return { said, port, end };
}

describe('the quick start of README.md', () => {
  it('has four commands and a program', () => {
    expect(commands).toEqual([
      'npm ci',
      'npm run generate',
      'npm run mock -- dicey-fun',
      'env $(npm run --silent mock -- env dicey-fun) npx node first-call.ts',
    ]);
    expect(file).toBe('first-call.ts');
  });

  it('shows the output of generate', async () => {
    expect(withoutTimes(withoutBanner(await shell('npm run generate')))).toBe(withoutTimes(outputs[0] ?? ''));
  });

  it('shows the output of the mock and of a program that calls it, and so does the outgoing call', async () => {
    const mock = await start(`${commands[2]} --port 0`, 'Demo credentials');
    try {
      expect(withoutBanner(mock.said).replaceAll(`:${mock.port}`, ':4010')).toBe(outputs[1]);
      await writeFile(join(workspace.root, file), program.replace(':4010', `:${mock.port}`));
      expect(await shell(commands[3] ?? '')).toBe(outputs[2]);

      await writeFile(join(workspace.root, callOut.file), callOut.program.replace(':4010', `:${mock.port}`));
      expect(callOut.commands).toHaveLength(1);
      expect(await shell(callOut.commands[0] ?? '')).toBe(callOut.outputs[0]);
    } finally {
      await mock.end();
    }
  });
});

describe('the incoming call in README.md', () => {
  it('responds to the signed request of the mock', async () => {
    const [serve = '', fire = ''] = callIn.commands;
    expect(callIn.commands).toHaveLength(2);
    await writeFile(join(workspace.root, callIn.file), callIn.program.replace('port: 3000', 'port: 0'));
    const server = await start(serve, 'Listening');
    try {
      expect(server.said.replace(`:${server.port}`, ':3000')).toBe(callIn.outputs[0]);
      const fired = withoutBanner(await shell(fire.replace(':3000', `:${server.port}`)));
      expect(withoutTimes(fired)).toBe(withoutTimes(callIn.outputs[1] ?? ''));
    } finally {
      await server.end();
    }
  });
});
