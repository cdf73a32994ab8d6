import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { packedFile } from '../../scripts/commands/release/registry.ts';
import { shared } from '../run/shared.ts';

const run = promisify(execFile);
export const repository = join(import.meta.dirname, '../..');

export type Result = { readonly code: number; readonly stdout: string; readonly stderr: string };

/** An empty folder outside the repository, and the toolkit's tarballs beside it. */
export type PackedProject = {
  readonly root: string;
  /** Beside the project. */
  readonly folder: string;
  /** The folders that the tarballs were packed from. All test files share them. */
  readonly packages: string;
  /** The tarball of each installed package, by name, because our packages are not published yet. */
  readonly tarballs: ReadonlyMap<string, string>;
  /** Runs a command as a person types it there; never rejects. */
  readonly shell: (command: string, env?: NodeJS.ProcessEnv) => Promise<Result>;
  /** Starts the mock; resolves with its address once it listens. */
  readonly startMock: (command: string) => Promise<{ readonly url: string; readonly close: () => Promise<void> }>;
  readonly remove: () => Promise<void>;
};

// Node as the toolkit needs it, and no other package of this repository.
const env = {
  ...process.env,
  PATH: `${join(repository, 'node_modules/node/bin')}:${process.env.PATH?.split(':')
    .filter((path) => !path.startsWith(repository))
    .join(':')}`,
  CI: '1',
};

/** Removes the lines that npm and npx print about their own settings. */
const withoutNpm = (text: string): string => text.replace(/^npm (warn|notice) ?.*\n/gm, '');

type Packed = readonly (readonly [name: string, tarball: string])[];

/** Builds both packages of the toolkit and packs them into `folder`. */
export async function packToolkit(folder: string): Promise<Packed> {
  await run(process.execPath, [join(repository, 'scripts/commands/build/toolkit/index.ts'), join(folder, 'packages')], {
    cwd: repository,
  });
  const tarballs: [string, string][] = [];
  for (const [name, from] of [
    ['countersign', 'countersign'],
    ['@countersign/runtime', 'runtime'],
  ] as const) {
    const args = ['pack', join(folder, 'packages', from), '--json', '--pack-destination', folder];
    const { stdout } = await run('npm', args, { cwd: folder, env });
    tarballs.push([name, join(folder, packedFile(stdout))]);
  }
  return tarballs;
}

export async function packProject(name: string): Promise<PackedProject> {
  const folder = await mkdtemp(join(tmpdir(), 'countersign-toolkit-'));
  const root = join(folder, name);
  await mkdir(root);
  const packed = JSON.parse((await shared('toolkit')) ?? JSON.stringify(await packToolkit(folder))) as Packed;
  const tarballs = new Map(packed);
  const [[, first] = ['', folder]] = packed;
  return {
    root,
    folder,
    packages: join(dirname(first), 'packages'),
    tarballs,
    shell: (command, more = {}) =>
      run('sh', ['-c', command], { cwd: root, env: { ...env, ...more }, maxBuffer: 1 << 26 }).then(
        ({ stdout, stderr }) => ({ code: 0, stdout, stderr: withoutNpm(stderr) }),
        ({ code, stdout, stderr }: Result) => ({ code, stdout, stderr: withoutNpm(stderr) }),
      ),
    startMock: (command) => startMock(root, command),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

async function startMock(root: string, command: string): ReturnType<PackedProject['startMock']> {
  const mock = spawn('sh', ['-c', `exec ${command}`], {
    cwd: root,
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  });
  let said = '';
  const url = await new Promise<string>((resolve, reject) => {
    mock.stdout.on('data', (chunk: Buffer) => {
      said += chunk;
      const [found] = /http:\/\/127\.0\.0\.1:\d+/.exec(said) ?? [];
      if (found !== undefined) resolve(found);
    });
    mock.once('exit', () => reject(new Error(`The mock ended: ${said}`)));
  });
  return { url, close: () => end(mock) };
}

/** Ends the whole process group of each started process. */
async function end(child: ChildProcess): Promise<void> {
  const { pid, exitCode } = child;
  if (pid === undefined || exitCode !== null) return;
  const exited = once(child, 'exit');
  process.kill(-pid, 'SIGKILL');
  await exited;
}
