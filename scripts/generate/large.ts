import { statSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import type { Worker } from 'node:worker_threads';
import { type Diagnostic, InputError } from '../common/diagnostics/diagnostic.ts';
import { specFile, type Workspace } from '../config/workspace.ts';
import type { Part } from '../write/index.ts';
import type { BesideQuestion } from './beside.ts';
import type { EarlierRun } from './earlier.ts';
import type { Made } from './make-provider.ts';
import type { Question } from './pool.ts';
import { askWorker, endWorker, heapLimit, isOutOfMemory, startWorker } from './threads.ts';

/** Megabytes of the young generation of both threads, which work at the same time: 585 MiB for GitHub instead of 670. */
const YOUNG = 32;

/** Bytes. Two threads with the model of a larger document take too much memory: one works after the other. */
const TOGETHER = 20_000_000;

/** Milliseconds that a thread may take for its last step. */
const PATIENCE = 20_000;

/** What the thread that generates is sent about the thread beside it. */
export type BesideMessage =
  | { readonly kind: 'linted'; readonly warnings: readonly Diagnostic[] }
  /** Undefined if that thread failed. */
  | { readonly kind: 'part'; readonly part: Part | undefined }
  /** The linter has found errors. */
  | { readonly kind: 'stopped' };

/** Two threads for large documents, one document at a time. */
export type Large = {
  /** @param limit of the heap of each thread, in megabytes */
  readonly make: (
    workspace: Workspace,
    provider: string,
    staging: string | undefined,
    limit?: number,
    earlier?: EarlierRun,
  ) => Promise<Made>;
  readonly close: () => Promise<void>;
};

type Started = { readonly worker: Worker; readonly limit: number };

/**
 * Opens the threads for large documents. One generates, without waiting for the linter. The other one checks the
 * document, and then makes its types.
 *
 * @param isKept whether both stay for the next document, with their libraries loaded and compiled. Otherwise, each ends
 * with its work, so that its copy of the document does not stay in memory.
 */
export function openLarge(isKept = false): Large {
  const running = new Map<string, Started>();
  const start = async (name: string, limit: number): Promise<Worker> => {
    const before = running.get(name);
    if (before !== undefined && before.limit < limit) await end(name);
    const started = running.get(name) ?? { worker: startWorker(name, limit, YOUNG), limit };
    if (!running.has(name))
      started.worker.once('exit', () => {
        if (running.get(name) === started) running.delete(name);
      });
    running.set(name, started);
    started.worker.ref();
    return started.worker;
  };
  const end = async (name: string): Promise<void> => {
    const started = running.get(name);
    running.delete(name);
    if (started !== undefined) await endWorker(started.worker);
  };
  const rest = async (name: string): Promise<void> => {
    if (isKept) running.get(name)?.worker.unref();
    else await end(name);
  };
  const close = async (): Promise<void> => {
    await Promise.all([...running.keys()].map(end));
  };

  const make: Large['make'] = async (workspace, provider, staging, limit = heapLimit(), earlier) => {
    const { port1: port, port2 } = new (process.getBuiltinModule('node:worker_threads').MessageChannel)();
    const send = (message: BesideMessage): void => port.postMessage(message);
    const stopped = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
    const question = { workspace, provider, staging, earlier };
    const beside = await start('beside', limit);
    const ask = <Value>(kind: BesideQuestion['kind']): Promise<Value> =>
      askWorker<Value>(beside, { kind, ...question } satisfies BesideQuestion);
    const begin = async (): Promise<Made> => {
      const worker = await start('providers', limit);
      return askWorker<Made>(worker, { ...question, beside: { port: port2, stopped } } satisfies Question, [port2]);
    };
    const { size = 0 } = statSync(specFile(workspace, provider), { throwIfNoEntry: false }) ?? {};
    let made = size > TOGETHER ? undefined : begin();
    // Awaited below: the errors of the linter come first, regardless of what an invalid document causes.
    made?.catch(() => undefined);
    try {
      send({ kind: 'linted', warnings: await ask('lint') });
      if (made === undefined) {
        await end('beside');
        made = begin();
        send({ kind: 'part', part: undefined });
        return await made;
      }
      // If it fails, the other thread makes the types itself, and reports its own errors.
      const part = ask<Part>('tools').catch(() => undefined);
      await Promise.race([part, made]);
      await rest('beside');
      send({ kind: 'part', part: await part });
      return await made;
    } catch (error) {
      if (!isOutOfMemory(error)) throw error;
      const { tooLarge } = await import('./too-large.ts');
      throw new InputError([tooLarge(question, limit)]);
    } finally {
      // A thread that is still at work on an invalid document ends at its next step: the engine of Node 24 can crash if
      // it is ended while it compiles. An endless step is ended by force.
      Atomics.store(stopped, 0, 1);
      send({ kind: 'stopped' });
      const ended = Promise.resolve(made).then(
        () => true,
        () => true,
      );
      const isEnded = await Promise.race([ended, setTimeout(PATIENCE, false, { ref: false })]);
      port.close();
      await Promise.all([rest('beside'), isEnded ? rest('providers') : end('providers')]);
    }
  };
  // A second document waits for the first: the memory of two is bounded, and so is that of the threads.
  let last: Promise<unknown> = Promise.resolve();
  return {
    make: (...args) => {
      const next = last.then(() => make(...args));
      last = next.catch(() => undefined);
      return next;
    },
    close,
  };
}
