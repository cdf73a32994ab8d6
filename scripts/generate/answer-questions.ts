import { parentPort } from 'node:worker_threads';
import { InputError } from '../common/diagnostics/diagnostic.ts';
import type { Answer, Asked } from './threads.ts';

/** Runs in a worker thread and processes jobs one after the other. */
export function answerQuestions<Question>(make: (question: Question) => Promise<unknown>): void {
  const answer = async ({ id, question }: Asked<Question>): Promise<Answer> => {
    try {
      return { id, kind: 'made', value: await make(question) };
    } catch (error) {
      if (error instanceof InputError)
        return { id, kind: 'refused', diagnostics: error.diagnostics, sources: error.sources };
      return { id, kind: 'failed', message: error instanceof Error ? (error.stack ?? error.message) : String(error) };
    }
  };
  let last = Promise.resolve();
  parentPort?.on('message', (asked: Asked<Question>) => {
    last = last.then(async () => parentPort?.postMessage(await answer(asked)));
  });
}
