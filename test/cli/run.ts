import { cp, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Ran, runCli } from '../run/cli.ts';

const FIXTURE = join(import.meta.dirname, '../fixtures/workspace');

/** A copy of the fixture workspace that a test may change. */
export async function makeWorkspace(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'countersign-cli-'));
  await cp(FIXTURE, folder, { recursive: true });
  return folder;
}

/** The command line in a folder, its output in pipes. */
export const run = (args: readonly string[], cwd: string, env: NodeJS.ProcessEnv = {}): Promise<Ran> =>
  runCli({ args, cwd, env: { ...process.env, NO_COLOR: '1', ...env } });
