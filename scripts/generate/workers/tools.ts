/** Runs in a worker thread: openapi-typescript, orval and dprint. */
import { frameworksOf } from '../../emit/framework.ts';
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
    import('../../emit/index.ts'),
    import('../../format/index.ts'),
    // Loads the dependencies of the emitter of types before they are needed.
    import('../../emit/types/emit-types.ts'),
  ]);
  if (question.kind === 'emit') return format(await emitByTools(question.api, { hooks: question.hooks }));
  if (question.kind === 'format') return format(question.files);
  const frameworks = frameworksOf(question.hooks);
  if (frameworks.length === 0) return undefined;
  const { runOrval } = await import('../../emit/orval/run-orval.ts');
  return runOrval('warm', [WARM_UP], frameworks);
});
