import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { ServedProvider } from '../../../scripts/commands/serve/describe.ts';

export type ProcessOptions = {
  readonly providers: readonly string[];
  /** The database is PostgreSQL at this URL, otherwise `folder`, otherwise memory. */
  readonly databaseUrl?: string;
  readonly folder?: string;
  /** 0: any free port. */
  readonly port?: number;
};

export type SandboxProcess = {
  readonly child: ChildProcess;
  readonly port: number;
  readonly url: string;
  readonly providers: readonly ServedProvider[];
  /** Milliseconds from spawning to listening. */
  readonly startedIn: number;
  /** Sends a signal to end, and waits. */
  stop(): Promise<number | null>;
  /** `kill -9`. */
  kill(): Promise<void>;
};

const ENTRY = fileURLToPath(new URL('./serve.ts', import.meta.url));
const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

/** Starts `serve` as a process, and waits until it listens. */
export async function startProcess(options: ProcessOptions): Promise<SandboxProcess> {
  const { providers, databaseUrl, folder, port = 0 } = options;
  const where = databaseUrl ? [] : folder ? ['--data', folder] : ['--memory'];
  const began = performance.now();
  const child = spawn(process.execPath, [ENTRY, ...providers, '--port', String(port), '--json', ...where], {
    cwd: ROOT,
    env: { ...process.env, DATABASE_URL: databaseUrl ?? '' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => {
    errors = `${errors}${chunk}`.slice(-10_000);
  });
  const line = await new Promise<string>((resolve, reject) => {
    let text = '';
    child.stdout.on('data', (chunk: Buffer) => {
      text += chunk;
      if (text.includes('\n')) resolve(text);
    });
    child.once('exit', (code) => reject(new Error(`serve ended with ${code}: ${errors}`)));
  });
  const startedIn = performance.now() - began;
  const { url, providers: served } = JSON.parse(line) as { url: string; providers: readonly ServedProvider[] };
  const end = async (signal: NodeJS.Signals): Promise<number | null> => {
    if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
    const ended = once(child, 'exit');
    child.kill(signal);
    const [code] = (await ended) as [number | null];
    return code;
  };
  return {
    child,
    port: Number(new URL(url).port),
    url,
    providers: served,
    startedIn,
    stop: () => end('SIGTERM'),
    kill: async () => void (await end('SIGKILL')),
  };
}

/** Several processes on one database, started at the same moment. */
export const startProcesses = (count: number, options: ProcessOptions): Promise<SandboxProcess[]> =>
  Promise.all(Array.from({ length: count }, () => startProcess(options)));
