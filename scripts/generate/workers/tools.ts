/** Runs in a worker thread: openapi-typescript, orval and dprint. */
import { answerQuestions } from '../answer-questions.ts';
import type { ToolsQuestion } from '../tools.ts';

/** Orval loads most of itself when it first runs. */
const WARM_UP = {
  identifier: 'up',
  typeName: 'Up',
  hookName: 'Up',
  reads: true,
  input: 'none',
  status: 200,
  example: undefined,
} as const;

answerQuestions(async (question: ToolsQuestion) => {
  const [{ emitByTools }, { format }] = await Promise.all([
    import('../../emit/by-tools.ts'),
    import('../../format/index.ts'),
  ]);
  if (question.kind === 'emit') return format(await emitByTools(question.api, question.hooks));
  if (question.kind === 'format') return format(question.files);
  if (!question.hooks) return undefined;
  const { runOrval } = await import('../../emit/hooks/run-orval.ts');
  return runOrval('warm', [WARM_UP]);
});
