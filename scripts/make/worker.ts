/** Runs in a worker thread: makes what it is asked for, one job after the other. */
import { enableCompileCache } from 'node:module';
import { parentPort } from 'node:worker_threads';
import { InputError } from '../diagnostic.ts';
import type { Answer, Question } from './pool.ts';

enableCompileCache();
const { makeData, makeProvider } = await import('../make.ts');

const answer = async ({ kind, workspace, provider, staging }: Question): Promise<Answer> => {
  try {
    if (kind === 'data') return { kind: 'made', value: await makeData(workspace, provider) };
    return { kind: 'made', value: await makeProvider(workspace, provider, staging) };
  } catch (error) {
    if (error instanceof InputError) return { kind: 'refused', diagnostics: error.diagnostics, sources: error.sources };
    return { kind: 'failed', message: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
};

parentPort?.on('message', async (question: Question) => parentPort?.postMessage(await answer(question)));
