import type { Worker } from 'node:worker_threads';
import { type Diagnostic, InputError } from '../common/diagnostics/diagnostic.ts';
import type { Workspace } from '../config/workspace.ts';
import type { EarlierRun } from './earlier.ts';
import type { Made } from './make-provider.ts';
import { askWorker, endWorker, heapLimit, isOutOfMemory, startWorker } from './threads.ts';

/** A task for a worker thread. */
export type Question =
  | {
      readonly kind: 'provider';
      readonly workspace: Workspace;
      readonly provider: string;
      readonly staging: string | undefined;
      /** Whether another thread checks the document meanwhile. */
      readonly lintsBeside: boolean;
      /** Of the heap of that thread, in megabytes. */
      readonly limit: number;
      readonly earlier: EarlierRun | undefined;
    }
  | { readonly kind: 'lint'; readonly workspace: Workspace; readonly provider: string };

/** Worker threads, started when they are needed; each does one job at a time, so that memory is bounded by their number. */
export type Pool = {
  readonly makeProvider: (
    workspace: Workspace,
    provider: string,
    staging: string | undefined,
    lintsBeside?: boolean,
    earlier?: EarlierRun,
  ) => Promise<Made>;
  readonly lint: (workspace: Workspace, provider: string) => Promise<readonly Diagnostic[]>;
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

  const ask = async <Value>(question: Question): Promise<Value> => {
    const worker = await take();
    worker.ref();
    try {
      const value = await askWorker<Value>(worker, question);
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
    makeProvider: (workspace, provider, staging, lintsBeside = false, earlier) =>
      ask({ kind: 'provider', workspace, provider, staging, lintsBeside, limit, earlier }),
    lint: (workspace, provider) => ask({ kind: 'lint', workspace, provider }),
    close: async () => {
      closed = true;
      await Promise.all([...all].map(endWorker));
    },
  };
}
