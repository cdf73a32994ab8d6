import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { createMakeUp } from '../../runtime/mock/make-up.ts';
import { loadMockProvider } from '../../scripts/commands/mock/load-provider.ts';
import { openWorkspace } from '../../scripts/config/workspace.ts';
import { DOCUMENTS } from '../../test/real/documents.ts';

/** How long made-up answers of public documents take. */
export type AnswerTimes = {
  readonly documents: number;
  readonly answers: number;
  readonly slowest: number;
  readonly of: string;
};

/** Makes each declared answer of each document once, by a seed, so that no example stands in for it. Milliseconds. */
export async function measureAnswers(): Promise<AnswerTimes> {
  const folder = await mkdtemp(join(tmpdir(), 'countersign-bench-answers-'));
  let [answers, slowest, of] = [0, 0, ''];
  for (const { name, file } of DOCUMENTS) {
    await mkdir(join(folder, 'specs', name), { recursive: true });
    await cp(file, join(folder, 'specs', name, `openapi${extname(file)}`));
    const provider = await loadMockProvider(openWorkspace(folder), name);
    const makeUp = createMakeUp(provider);
    for (const operation of provider.operations)
      for (const answer of operation.answers) {
        if (answer.mediaType === undefined) continue;
        // The first compiles the validator, and is part of what a caller waits for.
        const begin = performance.now();
        makeUp(operation, answer, 'seed');
        const took = performance.now() - begin;
        answers += 1;
        if (took > slowest) [slowest, of] = [took, `${name} ${operation.descriptor.id} ${answer.status}`];
      }
  }
  await rm(folder, { recursive: true });
  return { documents: DOCUMENTS.length, answers, slowest, of };
}
