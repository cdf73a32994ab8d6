import { spawn } from 'node:child_process';
import { cp, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const MAIN = join(import.meta.dirname, '../../scripts/main.ts');
const FIXTURE = join(import.meta.dirname, '../fixtures/workspace');

/** A copy of the fixture workspace that a test may change. */
export async function makeWorkspace(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'countersign-cli-'));
  await cp(FIXTURE, folder, { recursive: true });
  return folder;
}

export type Ran = { readonly code: number | null; readonly out: string; readonly err: string };

/** The command line as a user runs it: a process of its own, its output in pipes. */
export async function run(args: readonly string[], cwd: string, env: NodeJS.ProcessEnv = {}): Promise<Ran> {
  const child = spawn(process.execPath, [MAIN, ...args], {
    cwd,
    env: { ...process.env, NO_COLOR: '1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  let err = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text;
  });
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { code, out, err };
}
