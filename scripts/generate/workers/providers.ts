/** Runs in a worker thread: whole providers, or the check of a large document. */
import { answerQuestions } from '../answer-questions.ts';
import { lintProvider, makeProvider } from '../make-provider.ts';
import { openPool, type Question } from '../pool.ts';

answerQuestions(async (question: Question) => {
  const { workspace, provider } = question;
  if (question.kind === 'lint') return lintProvider(workspace, provider);
  const { earlier } = question;
  if (!question.lintsBeside) return makeProvider(workspace, provider, question.staging, { earlier });
  const pool = openPool(1, question.limit);
  const lint = async () => {
    try {
      return await pool.lint(workspace, provider);
    } finally {
      // Its copy of the document would stay in memory.
      await pool.close();
    }
  };
  try {
    return await makeProvider(workspace, provider, question.staging, { lint, earlier });
  } finally {
    await pool.close();
  }
});
