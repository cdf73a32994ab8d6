import { spawn } from 'node:child_process';
import { createServer } from 'node:net';

/** A server in a separate process. */
export type Running = { readonly url: string; readonly stop: () => Promise<void> };

/** A port of 127.0.0.1 that no process listens on. */
export function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
      server.close(() => resolve(port));
    });
  });
}

/**
 * Starts a server and waits for its first response.
 * @throws with all that it printed, when it ends before
 */
export async function start(
  program: string,
  args: readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv,
  port: number,
): Promise<Running> {
  // A separate group, because some servers start others.
  const child = spawn(program, args, { cwd, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (printed += String(data)));
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const url = `http://127.0.0.1:${port}`;
  while (child.exitCode === null) {
    const response = await fetch(url).catch(() => undefined);
    await response?.arrayBuffer();
    if (response)
      return {
        url,
        stop: async () => {
          if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGKILL');
          await ended;
        },
      };
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(printed);
}
