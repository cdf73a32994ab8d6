import type { MessagePort, Worker } from 'node:worker_threads';
import { InputError } from '../common/diagnostics/diagnostic.ts';
import type { Workspace } from '../config/workspace.ts';
import type { EarlierRun } from './earlier.ts';
import type { Made } from './make-provider.ts';
import { askWorker, endWorker, heapLimit, isOutOfMemory, startWorker } from './threads.ts';

/** A task for a worker thread. */
export type Question = {
  readonly workspace: Workspace;
  readonly provider: string;
  readonly staging: string | undefined;
  readonly earlier: EarlierRun | undefined;
  /** Another thread that checks the same document, and makes its types. */
  readonly beside?: BesideLink;
};

/** The connection to the other thread. */
export type BesideLink = {
  /** Receives what it found and made. */
  readonly port: MessagePort;
  /** Not 0 once it has found errors. Shared, because a thread that is busy receives no message. */
  readonly stopped: Int32Array<SharedArrayBuffer>;
};

/** Worker threads, started when they are needed; each does one job at a time, so that memory is bounded by their number. */
export type Pool = {
  readonly makeProvider: (
    workspace: Workspace,
    provider: string,
    staging: string | undefined,
    earlier?: EarlierRun,
  ) => Promise<Made>;
  readonly close: () => Promise<void>;
};

/**
 * @param limit of the heap of each thread, in megabytes
 */
export function openPool(size: number, limit = heapLimit()): Pool {
  const idle: Worker[] = [];
  const all = new Set<Worker>();
  const waiting: (() => void)[] = [];
  let closed = false;
  const rest = (worker: Worker): void => {
    if (!closed) worker.unref();
    idle.push(worker);
  };

  const take = async (): Promise<Worker> => {
    for (;;) {
      const free = idle.pop();
      if (free !== undefined) return free;
      if (all.size < size) {
        const worker = startWorker('providers', limit);
        all.add(worker);
        return worker;
      }
      await new Promise<void>((resolve) => waiting.push(resolve));
    }
  };

  const ask = async (question: Question): Promise<Made> => {
    const worker = await take();
    worker.ref();
    try {
      const value = await askWorker<Made>(worker, question);
      rest(worker);
      return value;
    } catch (error) {
      if (error instanceof InputError) {
        rest(worker);
        throw error;
      }
      all.delete(worker);
      void worker.terminate();
      if (!isOutOfMemory(error)) throw error;
      const { tooLarge } = await import('./too-large.ts');
      throw new InputError([tooLarge(question, limit)]);
    } finally {
      waiting.shift()?.();
    }
  };

  return {
    makeProvider: (workspace, provider, staging, earlier) => ask({ workspace, provider, staging, earlier }),
    close: async () => {
      closed = true;
      await Promise.all([...all].map(endWorker));
    },
  };
}
