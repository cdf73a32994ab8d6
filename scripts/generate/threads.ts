import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { type Diagnostic, InputError, type Sources } from '../common/diagnostics/diagnostic.ts';

/** A question with the number that its answer bears. */
export type Asked<Question> = { readonly id: number; readonly question: Question };
/** What a worker thread answered. */
export type Answer =
  | { readonly id: number; readonly kind: 'made'; readonly value: unknown }
  | {
      readonly id: number;
      readonly kind: 'refused';
      readonly diagnostics: readonly Diagnostic[];
      readonly sources: Sources;
    }
  | { readonly id: number; readonly kind: 'failed'; readonly message: string };

/** As this module is: TypeScript in the repository, JavaScript in the package. */
const EXTENSION = /\.[jt]s$/.exec(import.meta.url)?.[0] ?? '.js';

/** Megabytes. The engine lets a heap with a lower limit hold less garbage. */
const OLD_GENERATION = 2_000;
/** What the longest of documents takes, in its own sizes, with room to spare. */
const PER_DOCUMENT = 60;

type WorkerSettings = { readonly compiled: string; readonly module: string };

/** Before its first module, so that none is compiled, nor has its types removed, anew in each thread. */
const START = `
const { workerData } = require('node:worker_threads');
require('node:module').enableCompileCache(workerData.compiled);
import(workerData.module);
`;

let asked = 0;

/**
 * Starts a module of `workers/` in a thread, which keeps no process alive while it is idle.
 * @param cache folder in which it keeps what it has compiled
 * @param largest bytes of the largest document that it may be given
 */
export function startWorker(name: string, cache: string, largest = 0): Worker {
  const workerData: WorkerSettings = {
    compiled: join(cache, 'compile'),
    module: new URL(`./workers/${name}${EXTENSION}`, import.meta.url).href,
  };
  const worker = new Worker(START, {
    eval: true,
    workerData,
    resourceLimits: {
      // Objects of a large document live long: a small young generation would copy them over and over.
      maxYoungGenerationSizeMb: 16,
      maxOldGenerationSizeMb: Math.max(OLD_GENERATION, (largest / 2 ** 20) * PER_DOCUMENT),
    },
  });
  worker.unref();
  // Each question that waits listens.
  worker.setMaxListeners(0);
  // One that dies at work is told of by `askWorker`.
  worker.on('error', () => undefined);
  return worker;
}

/**
 * One question to a worker, which answers them in turn.
 * @throws {InputError} as the worker threw it
 * @throws when the worker failed, or is gone: out of memory, or by an exception that nothing caught
 */
export function askWorker<Value>(worker: Worker, question: unknown): Promise<Value> {
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
      // Where it was thrown says more than where it arrived.
      else reject(Object.assign(new Error(answer.message), { stack: answer.message }));
    };
    const onError = (error: unknown): void => {
      done();
      reject(error);
    };
    const onExit = (code: number): void => onError(new Error(`A worker ended with code ${code}.`));
    worker.on('message', onMessage).on('error', onError).on('exit', onExit);
    worker.postMessage({ id, question } satisfies Asked<unknown>);
  });
}

/** One that is being ended must keep the process alive, or its end is never seen. */
export async function endWorker(worker: Worker): Promise<void> {
  worker.ref();
  await worker.terminate();
}
