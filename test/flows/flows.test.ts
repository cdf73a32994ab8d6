import { expect, test } from 'vitest';
import type { FlowResult } from '../../scripts/commands/flows/types.ts';
import { run } from '../cli/run.ts';
import { ROOT } from './with-flows.ts';

// Flows of the other providers are in flows.deep.test.ts.
test('the flows of a provider pass against its sandbox', async () => {
  const { code, out, err } = await run(['flows', 'hive', '--json'], ROOT);
  const { ok, flows } = JSON.parse(out) as { readonly ok: boolean; readonly flows: readonly FlowResult[] };
  expect(
    flows.map(({ workflow, steps, passedSteps, problems }) => ({ workflow, steps, passedSteps, problems })),
  ).toEqual([
    { workflow: 'pushBatch', steps: 3, passedSteps: 3, problems: [] },
    { workflow: 'rejectBatch', steps: 3, passedSteps: 3, problems: [] },
  ]);
  expect({ ok, code, err }).toEqual({ ok: true, code: 0, err: '' });
});

test('runs nothing if a selected provider has no flows', async () => {
  const { code, out, err } = await run(['flows', 'hive', 'naver'], ROOT);
  expect({ code, out }).toEqual({ code: 1, out: '' });
  expect(err).toContain('specs/naver/flows.arazzo.yaml');
});
