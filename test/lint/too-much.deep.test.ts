import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { lintSpec } from '../../scripts/lint/index.ts';
import { findSlowPatterns } from '../../scripts/lint/slow-patterns.ts';
import { loadSpec } from '../../scripts/load/index.ts';
import { chain, documentWith, nested, nestedGroups, problemsOf, ref } from './documents.ts';

describe('documents that are too large or too slow', () => {
  test.each<[name: string, text: () => string, want: string[], file?: string]>([
    ['500 levels', () => JSON.stringify(documentWith({ S0: nested(245) })), []],
    ['2,000 levels', () => JSON.stringify(documentWith({ S0: nested(1000) })), ['json-too-deep']],
    ['100,000 levels of JSON', () => `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`, ['json-too-deep']],
    ['100,000 levels of YAML', () => '['.repeat(100_000) + ']'.repeat(100_000), ['yaml-too-deep'], 'openapi.yaml'],
    [
      '3,000 indented levels',
      () => Array.from({ length: 3000 }, (_, at) => `${' '.repeat(at)}a:\n`).join(''),
      ['yaml-too-deep'],
      'openapi.yaml',
    ],
    [
      'a chain of 20,000 schemas',
      () =>
        JSON.stringify(documentWith(chain(20_000, (next) => ({ type: 'object', properties: { n: ref(next) } }), {}))),
      ['document-refused'],
    ],
    ['a chain of 3,000 references', () => JSON.stringify(documentWith(chain(3_000, ref, {}))), ['ref-cycle']],
    ['a chain of 50 references', () => JSON.stringify(documentWith(chain(50, ref, {}))), []],
    [
      'a recursive schema',
      () => JSON.stringify(documentWith({ S0: { properties: { a: ref(0) }, allOf: [ref(0)] } })),
      [],
    ],
    [
      '20,000 values of an enum',
      () =>
        JSON.stringify(
          documentWith({ S0: { type: 'string', enum: Array.from({ length: 20_000 }, (_, at) => `v${at}`) } }),
        ),
      [],
    ],
    [
      'an exponential pattern',
      () =>
        JSON.stringify(documentWith({ S0: { type: 'string', pattern: '^(a+)+$', examples: [`${'a'.repeat(60)}!`] } })),
      ['pattern-slow'],
    ],
    [
      'an exponential pattern of a fixed length',
      () =>
        JSON.stringify(
          documentWith({ S0: { type: 'string', pattern: '(a|a){40}$', examples: [`${'a'.repeat(60)}!`] } }),
        ),
      ['pattern-slow'],
    ],
    [
      'an exponential pattern of property names',
      () =>
        JSON.stringify(
          documentWith({ S0: { patternProperties: { '^(x|xx)+$': {} }, examples: [{ [`${'x'.repeat(80)}!`]: 1 }] } }),
        ),
      ['pattern-slow'],
    ],
    [
      'an exponential pattern that only its example reveals',
      () =>
        JSON.stringify(
          documentWith({
            S0: { type: 'string', pattern: '^([\\u4e00-\\u4e05]+)+$', examples: [`${'\u4e01'.repeat(60)}!`] },
          }),
        ),
      ['pattern-slow'],
    ],
    ...[300, 10_000].flatMap((levels): [name: string, text: () => string, want: string[]][] => {
      const pattern = nestedGroups(levels, ')');
      const S0 = { type: 'string', pattern, examples: ['a'] };
      const named = { patternProperties: { [pattern]: {} }, examples: [{ a: 1 }] };
      return [
        [`a pattern of ${levels} groups`, () => JSON.stringify(documentWith({ S0 })), []],
        [`a name of ${levels} groups`, () => JSON.stringify(documentWith({ S0: named })), []],
      ];
    }),
    [
      'a pattern of 300 repeated groups',
      () => JSON.stringify(documentWith({ S0: { type: 'string', pattern: nestedGroups(300, ')*') } })),
      ['pattern-slow'],
    ],
    [
      'a pattern of 1,000,000 brackets',
      () => JSON.stringify(documentWith({ S0: { type: 'string', pattern: '\\('.repeat(1_000_000) } })),
      [],
    ],
    [
      '100,000 keys',
      () =>
        `${JSON.stringify(documentWith({ S0: {} })).slice(0, -1)},\nx-m: {${Array.from({ length: 100_000 }, (_, at) => `k${at}: 1`).join(',\n')}}}`,
      [],
      'openapi.yaml',
    ],
  ])('%s', async (_name, text, want, file) => {
    expect(await problemsOf(text(), file)).toEqual(want);
  });
});

test('a pattern of 10,000 repeated groups causes no error except pattern-slow', async () => {
  const text = JSON.stringify(documentWith({ S0: { type: 'string', pattern: nestedGroups(10_000, ')*') } }));
  expect(['', 'pattern-slow']).toContain((await problemsOf(text)).join());
});

describe('many patterns', () => {
  const description = 'A sentence that is long enough to be tried.';
  const propertiesOf = (pattern: (index: number) => string) =>
    Object.fromEntries(
      Array.from({ length: 3_000 }, (_, index) => [
        `p${index}`,
        { type: 'string', description: `${description} ${index}`, pattern: pattern(index) },
      ]),
    );
  const specOf = async (pattern: (index: number) => string) => {
    const folder = mkdtempSync(path.join(tmpdir(), 'countersign-lint-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const file = path.join(folder, 'openapi.json');
    writeFileSync(file, JSON.stringify(documentWith({ S0: { type: 'object', properties: propertiesOf(pattern) } })));
    return loadSpec(file);
  };

  test('that are provably fast are not executed', async () => {
    const spec = await specOf((index) => `^[a-z]+-${index}$`);
    expect(findSlowPatterns(spec, 'error', { pattern: 0, all: 0 })).toEqual({ sources: new Set(), problems: [] });
    expect(await lintSpec(spec)).toEqual([]);
  });

  test('that may be slow are reported as slow or untested, and omitted', async () => {
    const spec = await specOf((index) => `(?=[a-z]+-${index})`);
    const { sources, problems } = findSlowPatterns(spec, 'error', { pattern: 200, all: 0 });
    expect(sources.size).toBe(3_000);
    expect(problems).toMatchObject([
      {
        severity: 'warning',
        code: 'pattern-untried',
        pointer: '/components/schemas/S0/properties/p0/pattern',
        message: expect.stringContaining('2999 more'),
      },
    ]);
    const codes = new Set((await lintSpec(spec)).map(({ code }) => code));
    expect([...codes].filter((code) => code !== 'pattern-untried')).toEqual([]);
  });
});
