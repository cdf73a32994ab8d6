/** Runs in a worker thread: whole providers, or all of a large one but what is made in the thread beside it. */
import { answerQuestions } from '../answer-questions.ts';
import type { BesideMessage } from '../large.ts';
import { type Beside, makeProvider } from '../make-provider.ts';
import type { BesideLink, Question } from '../pool.ts';

answerQuestions(({ workspace, provider, staging, earlier, beside }: Question) =>
  makeProvider(workspace, provider, staging, { earlier, ...(beside && { beside: receive(beside) }) }),
);

/** The results of the other thread, as they arrive. */
function receive({ port, stopped }: BesideLink): Beside {
  const linted = Promise.withResolvers<Awaited<Beside['linted']>>();
  const part = Promise.withResolvers<Awaited<Beside['part']>>();
  // Awaited late, or not at all.
  for (const { promise } of [linted, part]) promise.catch(() => undefined);
  const error = new Error('The linter has found errors.');
  port.on('message', (message: BesideMessage) => {
    if (message.kind === 'linted') linted.resolve(message.warnings);
    else if (message.kind === 'part') part.resolve(message.part);
    else for (const { reject } of [linted, part]) reject(error);
  });
  const proceed = (): void => {
    if (Atomics.load(stopped, 0) !== 0) throw error;
  };
  return { linted: linted.promise, part: part.promise, proceed };
}
