/** Runs in a worker thread: openapi-typescript, orval and dprint. */

import { makeAlways, type Recall } from '../../common/recall.ts';
import { type Framework, frameworksOf } from '../../emit/framework.ts';
import type { File } from '../../model/types.ts';
import { answerQuestions } from '../answer-questions.ts';
import { openEarlier } from '../earlier.ts';
import { formatEach } from '../format-each.ts';
import { partsOf } from '../parts-file.ts';
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
  if (question.kind === 'load') return load(frameworksOf(question.hooks));
  const earlier = question.earlier && openEarlier(question.earlier, question.kind === 'emit' ? 'tools' : 'format');
  const recall = earlier?.recall ?? makeAlways;
  const files = question.kind === 'emit' ? await emit(question, recall) : question.files;
  const formatted = await formatEach(files, recall, format);
  earlier?.save();
  return formatted;
});

/** Loads the dependencies of the emitters before they are needed. */
async function load(frameworks: readonly Framework[]): Promise<void> {
  await Promise.all([
    import('../../emit/index.ts'),
    import('../../format/index.ts'),
    import('../../emit/types/emit-types.ts'),
  ]);
  if (frameworks.length === 0) return;
  const { runOrval } = await import('../../emit/orval/run-orval.ts');
  await runOrval('warm', [WARM_UP], frameworks);
}

async function emit(
  { api, hooks, earlier }: Extract<ToolsQuestion, { kind: 'emit' }>,
  recall: Recall,
): Promise<readonly File[]> {
  const { emitByTools } = await import('../../emit/index.ts');
  return emitByTools(api, { hooks, recall, parts: partsOf(earlier) });
}

const format = async (files: readonly File[]): Promise<readonly File[]> =>
  (await import('../../format/index.ts')).format(files);
