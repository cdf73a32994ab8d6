import type { Worker } from 'node:worker_threads';
import type { EmitSettings } from '../emit/settings.ts';
import type { ApiData, File } from '../model/types.ts';
import type { EarlierRun } from './earlier.ts';
import { askWorker, endWorker, startWorker } from './threads.ts';

/** A task for the thread of generators and formatter. */
export type ToolsQuestion =
  | { readonly kind: 'load'; readonly hooks: EmitSettings['hooks'] }
  | {
      readonly kind: 'emit';
      readonly api: ApiData;
      readonly hooks: EmitSettings['hooks'];
      readonly earlier: EarlierRun | undefined;
    }
  | { readonly kind: 'format'; readonly files: readonly File[]; readonly earlier: EarlierRun | undefined };

/**
 * A thread for third-party tools: they take as long to load as everything else, and load while specs are being read.
 */
export type Tools = {
  /** Whether the thread was started. */
  readonly isRunning: () => boolean;
  /** Starts to load them, once, without waiting. */
  readonly load: (hooks: EmitSettings['hooks']) => void;
  /** Formatted types and hooks. */
  readonly emit: (api: ApiData, hooks: EmitSettings['hooks'], earlier?: EarlierRun) => Promise<readonly File[]>;
  readonly format: (files: readonly File[], earlier?: EarlierRun) => Promise<readonly File[]>;
  readonly close: () => Promise<void>;
};

/** Opens the tools; their thread starts when it is needed. */
export function openTools(): Tools {
  let worker: Worker | undefined;
  let underWay = 0;
  let closed = false;
  /** The next task replaces a thread that ended, if tools outlive a run. */
  const start = (): Worker => {
    const started = startWorker('tools');
    closed = false;
    return started.once('exit', () => {
      if (worker === started) worker = undefined;
    });
  };
  const ask = async <Value>(question: ToolsQuestion): Promise<Value> => {
    worker ??= start();
    const asked = worker;
    underWay += 1;
    asked.ref();
    try {
      return await askWorker<Value>(asked, question);
    } finally {
      underWay -= 1;
      if (underWay === 0 && !closed) asked.unref();
    }
  };
  return {
    isRunning: () => worker !== undefined,
    load: (hooks) => {
      // The first use reports an error of loading.
      if (worker === undefined) ask({ kind: 'load', hooks }).catch(() => undefined);
    },
    emit: (api, hooks, earlier) => ask({ kind: 'emit', api, hooks, earlier }),
    format: (files, earlier) => ask({ kind: 'format', files, earlier }),
    close: async () => {
      closed = true;
      if (worker !== undefined) await endWorker(worker);
    },
  };
}
