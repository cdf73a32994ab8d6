import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packedFile } from '../../scripts/release/registry.ts';
import { readPage } from './read-page.ts';

const run = promisify(execFile);
const repository = join(import.meta.dirname, '../..');
let folder: string;
let project: string;
/** By the name that the page installs, the tarball that it stands for: nothing of ours is published yet. */
const tarballs = new Map<string, string>();

// Node as the toolkit needs it, and nothing of this repository else.
const node = join(repository, 'node_modules/node/bin');
const env = {
  ...process.env,
  PATH: `${node}:${process.env.PATH?.split(':')
    .filter((path) => !path.startsWith(repository))
    .join(':')}`,
  CI: '1',
};
type Result = { readonly code: number; readonly stdout: string; readonly stderr: string };
/** What npm and npx say of their own settings is not said by what they run. */
const withoutNpm = (text: string): string => text.replace(/^npm warn .*\n/gm, '');
const shell = (command: string, more: NodeJS.ProcessEnv = {}): Promise<Result> =>
  run('sh', ['-c', command], { cwd: project, env: { ...env, ...more }, maxBuffer: 1 << 26 }).then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr: withoutNpm(stderr) }),
    ({ code, stdout, stderr }: Result) => ({ code, stdout, stderr: withoutNpm(stderr) }),
  );
const page = await readPage(join(repository, 'docs/add-a-provider.md'));

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'countersign-toolkit-'));
  project = join(folder, 'newcomer');
  await mkdir(project);
  await run(process.execPath, [join(repository, 'scripts/build/toolkit.ts'), join(folder, 'packages')], {
    cwd: repository,
  });
  for (const [name, from] of [
    ['countersign', 'countersign'],
    ['@countersign/runtime', 'runtime'],
  ] as const) {
    const { stdout } = await run(
      'npm',
      ['pack', join(folder, 'packages', from), '--json', '--pack-destination', folder],
      { cwd: folder, env },
    );
    tarballs.set(name, join(folder, packedFile(stdout)));
  }
}, 120_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('docs/add-a-provider.md, to the letter', () => {
  it('asks for five commands and sixty lines at most, the spec apart', () => {
    const lines = page.files
      .filter(({ path }) => !path.startsWith('specs/'))
      .flatMap(({ text }) => text.split('\n').filter((line) => line.trim() !== ''));
    expect(lines.length).toBeLessThanOrEqual(60);
    expect(page.commands.length).toBeLessThanOrEqual(5);
  });

  it('goes from an empty folder to tests that pass and a mock that answers', async () => {
    let mock: ChildProcess | undefined;
    try {
      for (const step of page.steps) {
        if (step.kind === 'file') {
          await mkdir(dirname(join(project, step.path)), { recursive: true });
          await writeFile(join(project, step.path), step.text);
        } else if (step.command.startsWith('npx countersign mock')) {
          mock = spawn('sh', ['-c', `exec ${step.command}`], {
            cwd: project,
            env,
            stdio: ['ignore', 'pipe', 'inherit'],
            detached: true,
          });
          await saysThatItListens(mock);
        } else {
          const command = step.command.replace(/(?<= )(@countersign\/runtime|countersign)(?= |$)/g, (name) =>
            step.command.startsWith('npm install') ? (tarballs.get(name) ?? name) : name,
          );
          const { code, stdout, stderr } = await shell(
            command.replace('npm install', 'npm install --no-audit --no-fund'),
          );
          expect({ command: step.command, code, said: code === 0 ? '' : stdout + stderr }).toEqual({
            command: step.command,
            code: 0,
            said: '',
          });
          if (step.command === 'npm test') expect(stdout).toMatch(/pass 2\n/);
        }
      }
      const demo = await shell('npx countersign mock env acme');
      const credentials = Object.fromEntries(
        demo.stdout
          .trim()
          .split('\n')
          .map((line) => line.split('=') as [string, string]),
      );
      const called = await shell('node example.ts', credentials);
      expect({ code: called.code, stdout: called.stdout }).toEqual({
        code: 0,
        stdout: expect.stringContaining("reference: 'A-1'"),
      });
      const refused = await shell('node example.ts', { ...credentials, ACME_SECRET: 'guessed' });
      expect(refused.stderr).toMatch(/HTTP 401/);
    } finally {
      if (mock !== undefined) await end(mock);
    }
  }, 240_000);

  it('leaves a project whose types hold, and that check and doctor find nothing wrong with', async () => {
    expect(await shell('npm run check')).toMatchObject({ code: 0 });
    expect(await shell('npx countersign doctor')).toMatchObject({ code: 0, stderr: '' });
  }, 60_000);
});

describe('the packed toolkit', () => {
  it('makes of a spec what this repository makes of it', async () => {
    for (const path of ['specs/moonpacket', 'plugins/moonpacket'])
      await cp(join(repository, path), join(project, path), { recursive: true });
    const { code, stderr } = await shell('npx countersign generate moonpacket');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const made = join(project, 'generated/moonpacket');
    for (const name of await readdir(join(made, 'src'))) {
      const path = join('generated/moonpacket/src', name);
      expect(await readFile(join(project, path), 'utf8'), path).toBe(await readFile(join(repository, path), 'utf8'));
    }
  }, 60_000);

  it('lints, diffs and builds, and says where an error is explained', async () => {
    expect(await shell('npx countersign lint acme')).toMatchObject({ code: 0 });
    const old = join(folder, 'old.json');
    const document = await readFile(join(project, 'generated/acme/openapi.json'), 'utf8');
    await writeFile(old, document.replace('"maxLength": 40', '"maxLength": 60'));
    const { stdout } = await shell(`npx countersign diff acme --against ${old}`);
    expect(stdout).toContain('acme: major');
    expect(stdout).toContain('createOrder request: `reference` has another `maxLength`: `60` → `40`');

    const built = await shell('npx countersign build acme');
    expect({ code: built.code, stderr: built.stderr }).toEqual({ code: 0, stderr: '' });
    const manifest = JSON.parse(await readFile(join(project, 'generated/acme/dist/package.json'), 'utf8'));
    expect(manifest).toMatchObject({
      name: '@newcomer/acme',
      countersign: { signers: { acmeSignature: expect.any(String) } },
    });

    await writeFile(join(project, 'plugins/acme/signing.ts'), 'export const acmeSignatur = 1;\n');
    const wrong = await shell('npx countersign generate acme');
    expect(wrong.code).toBe(1);
    expect(wrong.stderr).toContain('docs: node_modules/countersign/docs/troubleshooting.md#signer-missing');
  }, 90_000);

  it('has the commands that it is said to have, and no test, plugin or provider', async () => {
    const { stdout } = await shell('npx countersign --help');
    for (const command of ['init', 'add', 'generate', 'lint', 'mock', 'docs', 'diff', 'release', 'doctor'])
      expect(stdout).toMatch(new RegExp(`^  ${command} `, 'm'));
    expect(stdout).not.toMatch(/^ {2}games/m);
    const files = await readdir(join(project, 'node_modules/countersign'), { recursive: true });
    expect(files.filter((file) => /^(test|bench|plugins|generated)\/./.test(file)).sort()).toEqual([
      'plugins/moonpacket',
      'plugins/moonpacket/rules.js',
    ]);
  }, 60_000);
});

/** Ends what was started, and what that started: its whole group. */
async function end(mock: ChildProcess): Promise<void> {
  const { pid, exitCode } = mock;
  if (pid === undefined || exitCode !== null) return;
  const exited = once(mock, 'exit');
  process.kill(-pid, 'SIGKILL');
  await exited;
}

async function saysThatItListens(mock: ChildProcess): Promise<void> {
  let said = '';
  await new Promise<void>((resolve, reject) => {
    mock.stdout?.on('data', (chunk: Buffer) => {
      said += chunk;
      if (said.includes('http://127.0.0.1:4010')) resolve();
    });
    mock.once('exit', () => reject(new Error(`The mock ended: ${said}`)));
  });
}
