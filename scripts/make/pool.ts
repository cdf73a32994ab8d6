import { Worker } from 'node:worker_threads';
import { type Diagnostic, InputError, type Sources } from '../diagnostic.ts';
import type { DataMaker, Made, MadeData } from '../make.ts';
import type { Workspace } from '../workspace.ts';

export type Question = {
  readonly kind: 'provider' | 'data';
  readonly workspace: Workspace;
  readonly provider: string;
  readonly staging: string | undefined;
};
export type Answer =
  | { readonly kind: 'made'; readonly value: Made | MadeData }
  | { readonly kind: 'refused'; readonly diagnostics: readonly Diagnostic[]; readonly sources: Sources }
  | { readonly kind: 'failed'; readonly message: string };

/** Worker threads, started when they are needed; each does one job at a time, so that memory is bounded by their number. */
export type Pool = {
  readonly makeProvider: (workspace: Workspace, provider: string, staging: string | undefined) => Promise<Made>;
  readonly makeData: DataMaker;
  readonly close: () => Promise<void>;
};

/** As this module is: TypeScript in the repository, JavaScript in the package. */
const WORKER = new URL(`./worker${/\.[jt]s$/.exec(import.meta.url)?.[0] ?? '.js'}`, import.meta.url);

/** A document of some megabytes makes objects that live long: a small young generation would copy them over and over. */
const RESOURCES = { maxYoungGenerationSizeMb: 16 };

/** @throws when the worker is gone: out of memory, or by an exception that nothing caught */
function askWorker(worker: Worker, question: Question): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const done = (): void => {
      worker.off('message', onMessage).off('error', onError).off('exit', onExit);
    };
    const onMessage = (answer: Answer): void => {
      done();
      resolve(answer);
    };
    const onError = (error: unknown): void => {
      done();
      reject(error);
    };
    const onExit = (code: number): void => onError(new Error(`A worker ended with code ${code}.`));
    worker.on('message', onMessage).on('error', onError).on('exit', onExit);
    worker.postMessage(question);
  });
}

export function openPool(size: number): Pool {
  const idle: Worker[] = [];
  const all = new Set<Worker>();
  const waiting: (() => void)[] = [];
  let closed = false;
  /** An idle worker keeps no process alive; one that is being ended must, or its end is never seen. */
  const rest = (worker: Worker): void => {
    if (!closed) worker.unref();
    idle.push(worker);
  };

  const take = async (): Promise<Worker> => {
    for (;;) {
      const free = idle.pop();
      if (free !== undefined) return free;
      if (all.size < size) {
        const worker = new Worker(WORKER, { resourceLimits: RESOURCES });
        worker.unref();
        all.add(worker);
        return worker;
      }
      await new Promise<void>((resolve) => waiting.push(resolve));
    }
  };

  const ask = async (question: Question): Promise<Made | MadeData> => {
    const worker = await take();
    worker.ref();
    try {
      const answer = await askWorker(worker, question);
      if (answer.kind === 'refused') throw new InputError(answer.diagnostics, answer.sources);
      if (answer.kind === 'failed') throw new Error(`${question.provider}: ${answer.message}`);
      rest(worker);
      return answer.value;
    } catch (error) {
      if (error instanceof InputError) {
        rest(worker);
      } else {
        all.delete(worker);
        void worker.terminate();
      }
      throw error;
    } finally {
      waiting.shift()?.();
    }
  };

  return {
    makeProvider: (workspace, provider, staging) =>
      ask({ kind: 'provider', workspace, provider, staging }) as Promise<Made>,
    makeData: (workspace, provider) =>
      ask({ kind: 'data', workspace, provider, staging: undefined }) as Promise<MadeData>,
    close: async () => {
      closed = true;
      for (const worker of all) worker.ref();
      await Promise.all([...all].map((worker) => worker.terminate()));
    },
  };
}
