/** Runs in a worker thread: whole providers, or the data of a large one. */
import { answerQuestions } from '../answer-questions.ts';
import type { Question } from '../pool.ts';

answerQuestions(async (question: Question) => {
  const { makeData, makeProvider } = await import('../make-provider.ts');
  const { workspace, provider } = question;
  return question.kind === 'data' ? makeData(workspace, provider) : makeProvider(workspace, provider, question.staging);
});
