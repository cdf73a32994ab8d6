import { afterAll, expect, test } from 'vitest';
import { GeneratedModules } from './generated-module.ts';
import { ajvJudge } from './suite/ajv.ts';
import { readGroups } from './suite/groups.ts';
import { failureList, totalOf } from './suite/report.ts';
import { generatedJudge, runGroups } from './suite/run.ts';

const modules = new GeneratedModules();
afterAll(() => modules.remove());

test('the required tests of the official suite pass', async () => {
  const outcomes = await runGroups(readGroups('required'), generatedJudge(modules));
  const { right, tests, wronglyAccepted } = totalOf(outcomes);
  expect(wronglyAccepted, failureList(outcomes)).toBe(0);
  expect(tests).toBeGreaterThan(1200);
  expect(right / tests, failureList(outcomes)).toBeGreaterThanOrEqual(0.99);
});

test('the format tests of the official suite pass, more than with AJV', async () => {
  const groups = readGroups('formats');
  const [ours, ajv] = [await runGroups(groups, generatedJudge(modules)), await runGroups(groups, ajvJudge)];
  expect(totalOf(ours).wronglyAccepted, failureList(ours)).toBe(0);
  expect(totalOf(ours).right).toBeGreaterThan(totalOf(ajv).right);
});
