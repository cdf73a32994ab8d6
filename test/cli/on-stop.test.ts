import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';

const ON_STOP = fileURLToPath(new URL('../../scripts/commands/cli/on-stop.ts', import.meta.url));
const NODE = JSON.stringify(process.execPath);

/** A server like `serve` and `mock`: it prints its pid, listens, and closes on a signal. */
const SERVER = `
import { createServer } from 'node:http';
import { onStop } from ${JSON.stringify(ON_STOP)};
const server = createServer();
server.listen(0, '127.0.0.1', () => console.log('pid', process.pid));
onStop(() => server.close(() => console.log('closed')));
`;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'countersign-on-stop-'));
  await writeFile(join(folder, 'server.mjs'), SERVER);
  // The shell that npm starts does not exec its last command if another command follows.
  const scripts = { serve: `${NODE} server.mjs`, both: `${NODE} server.mjs; echo after` };
  await writeFile(join(folder, 'package.json'), JSON.stringify({ name: 'stopped', private: true, scripts }));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** The output of a process and its children, until all of them have exited. */
function collect(child: ChildProcess) {
  let text = '';
  let told: ((pid: number) => void) | undefined;
  const pid = new Promise<number>((resolve) => {
    told = resolve;
  });
  child.stdout?.on('data', (chunk: Buffer) => {
    text += chunk;
    const found = /pid (\d+)/.exec(text);
    if (found) told?.(Number(found[1]));
  });
  return { pid, text: () => text };
}

test.each<[string, NodeJS.Signals, string]>([
  ['SIGTERM to npm', 'SIGTERM', 'serve'],
  ['SIGTERM to npm, whose shell runs another command', 'SIGTERM', 'both'],
])('%s stops the server that it runs', async (_, signal, script) => {
  const npm = spawn('npm', ['run', '--silent', script], { cwd: folder, stdio: ['ignore', 'pipe', 'inherit'] });
  const output = collect(npm);
  await output.pid;
  // Also after the server has ended: it holds the same pipe. Without onStop it listens for ever, and the run's own time
  // limit ends the test.
  const closed = once(npm, 'close');
  npm.kill(signal);
  await closed;
  expect(output.text()).toContain('closed');
});

test.each<[NodeJS.Signals]>([['SIGTERM'], ['SIGINT']])('%s to the server itself stops it', async (signal) => {
  const child = spawn(process.execPath, ['server.mjs'], { cwd: folder, stdio: ['ignore', 'pipe', 'inherit'] });
  const output = collect(child);
  await output.pid;
  const gone = once(child, 'exit');
  child.kill(signal);
  expect(await gone).toEqual([0, null]);
  expect(output.text()).toContain('closed');
});
