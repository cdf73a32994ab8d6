import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, test } from 'vitest';
import { DOCUMENTS } from '../real/documents.ts';
import { expectSameOnBodies } from './fuzz/bodies.ts';
import { GeneratedModules } from './generated-module.ts';

const modules = new GeneratedModules();
afterAll(() => modules.remove());

const JSON_DOCUMENTS = DOCUMENTS.filter(({ file }) => file.endsWith('.json'));

/** Large documents get fewer values, so that all of them take about a minute. */
const runsOf = (text: string): number => (text.length > 1_000_000 ? 1 : 10);

let [all, taken] = [0, 0];

describe.each(JSON_DOCUMENTS)('$name: compiled checks and zod agree on all bodies', ({ file }) => {
  test.each(['passthrough', 'strip'] as const)('%s', async (unknownKeys) => {
    const text = readFileSync(file, 'utf8');
    const { values, compiled } = await expectSameOnBodies(modules, JSON.parse(text), unknownKeys, runsOf(text));
    all += values;
    taken += compiled;
  });
});

test('the checks accepted many of the values: rejections alone would prove little', () => {
  expect(all).toBeGreaterThan(5000);
  expect(taken).toBeGreaterThan(all / 10);
});
