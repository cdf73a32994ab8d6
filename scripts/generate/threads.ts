import type { Transferable, Worker } from 'node:worker_threads';
import { compileCacheFolder } from '../common/compile-cache.ts';
import { type Diagnostic, InputError, type Sources } from '../common/diagnostics/diagnostic.ts';
import { workerModule } from './worker-module.ts';

/** A job with the number of its response. */
export type Asked<Question> = { readonly id: number; readonly question: Question };
/** The response of a worker thread. */
export type Answer =
  | { readonly id: number; readonly kind: 'made'; readonly value: unknown }
  | {
      readonly id: number;
      readonly kind: 'refused';
      readonly diagnostics: readonly Diagnostic[];
      readonly sources: Sources;
    }
  | { readonly id: number; readonly kind: 'failed'; readonly message: string };

/** Megabytes. With a lower limit, the engine keeps less garbage in a heap. */
const OLD_GENERATION = 2_000;
/** Memory for the largest document, relative to its size, with a reserve. */
const PER_DOCUMENT = 100;

/** The limit of a thread's heap in megabytes: for the largest document in bytes, or what Node was started with. */
export function heapLimit(largest = 0): number {
  const options = [...process.execArgv, process.env.NODE_OPTIONS ?? ''].join(' ');
  const [, asked = 0] = /--max[-_]old[-_]space[-_]size[= ](\d+)/.exec(options) ?? [];
  return Math.ceil(Math.max(OLD_GENERATION, (largest / 2 ** 20) * PER_DOCUMENT, Number(asked)));
}

/** Whether a thread ended because it reached its limit. */
export const isOutOfMemory = (error: unknown): boolean =>
  error instanceof Error && (error as NodeJS.ErrnoException).code === 'ERR_WORKER_OUT_OF_MEMORY';

/** Megabytes. Objects of a large document live long: a small young generation would copy them repeatedly. */
const YOUNG = 64;

type WorkerSettings = { readonly compiled: string; readonly module: string; readonly growth: number };

/** Megabytes. From this limit on, the engine lets a heap grow to four times what is in use, otherwise to twice. */
const FOURFOLD = 2048;
/** Percent. With 60 percent, 50,000 operations take 110 MiB more, and as long. */
const GROWTH = 25;

/** Set before its first module, so that the thread reuses compiled modules. */
const START = `
const { workerData } = require('node:worker_threads');
require('node:module').enableCompileCache(workerData.compiled);
if (workerData.growth > 0) require('node:v8').setFlagsFromString('--heap-growing-percent=' + workerData.growth);
import(workerData.module);
`;

let asked = 0;

/**
 * Starts a module of `workers/` in a thread, which does not keep the process alive while it is idle.
 * @param limit of its heap, in megabytes
 * @param young of its young generation, in megabytes
 */
export function startWorker(name: string, limit = heapLimit(), young = YOUNG): Worker {
  const workerData: WorkerSettings = {
    compiled: compileCacheFolder(),
    module: workerModule(name),
    growth: limit < FOURFOLD ? 0 : GROWTH,
  };
  // Loaded here, because a run that has nothing to do starts no thread.
  const { Worker: Thread } = process.getBuiltinModule('node:worker_threads');
  const worker = new Thread(START, {
    eval: true,
    workerData,
    resourceLimits: {
      maxYoungGenerationSizeMb: young,
      maxOldGenerationSizeMb: limit,
    },
  });
  worker.unref();
  // Each pending job listens.
  worker.setMaxListeners(0);
  // `askWorker` reports a thread that ends during a job.
  worker.on('error', () => undefined);
  return worker;
}

/**
 * Sends one job to a worker, which processes jobs in order.
 * @throws {InputError} as the worker threw it
 * @throws if the worker failed or ended: out of memory, or by an uncaught exception
 * @param moved objects of the job that are moved to the worker, such as a port
 */
export function askWorker<Value>(
  worker: Worker,
  question: unknown,
  moved: readonly Transferable[] = [],
): Promise<Value> {
  asked += 1;
  const id = asked;
  return new Promise((resolve, reject) => {
    const done = (): void => {
      worker.off('message', onMessage).off('error', onError).off('exit', onExit);
    };
    const onMessage = (answer: Answer): void => {
      if (answer.id !== id) return;
      done();
      if (answer.kind === 'made') resolve(answer.value as Value);
      else if (answer.kind === 'refused') reject(new InputError(answer.diagnostics, answer.sources));
      // The stack of the worker is more useful than this one.
      else reject(Object.assign(new Error(answer.message), { stack: answer.message }));
    };
    const onError = (error: unknown): void => {
      done();
      reject(error);
    };
    const onExit = (code: number): void => onError(new Error(`A worker ended with code ${code}.`));
    worker.on('message', onMessage).on('error', onError).on('exit', onExit);
    worker.postMessage({ id, question } satisfies Asked<unknown>, moved);
  });
}

/** A worker that is ending must keep the process alive. Otherwise its end is never seen. */
export async function endWorker(worker: Worker): Promise<void> {
  worker.ref();
  await worker.terminate();
}
