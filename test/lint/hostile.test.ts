import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { bundleSpec } from '../../scripts/bundle/index.ts';
import { type Diagnostic, InputError } from '../../scripts/common/diagnostics/diagnostic.ts';
import { expandDocument } from '../../scripts/expand/index.ts';
import type { LintProfile } from '../../scripts/lint/config.ts';
import { lintSpec } from '../../scripts/lint/index.ts';
import { findSlowPatterns } from '../../scripts/lint/slow-patterns.ts';
import { loadSpec } from '../../scripts/load/index.ts';

type Schemas = { readonly [name: string]: unknown };

function documentWith(schemas: Schemas): { [member: string]: unknown } {
  const content = { 'application/json': { schema: { $ref: '#/components/schemas/S0' } } };
  const responses = { 200: { description: 'Fine.', content }, 400: { description: 'Wrong.' } };
  return {
    openapi: '3.1.1',
    info: { title: 'T', version: '1', license: { name: 'MIT', identifier: 'MIT' } },
    servers: [{ url: 'https://api.demo.test' }],
    paths: { '/a': { get: { operationId: 'a', summary: 'A', security: [], responses } } },
    components: { schemas },
  };
}

async function problemsOf(text: string, name = 'openapi.json', profile: LintProfile = 'strict'): Promise<string[]> {
  return [...new Set((await diagnosticsOf(text, name, profile)).map(({ code }) => code))];
}

async function diagnosticsOf(text: string, name: string, profile: LintProfile): Promise<readonly Diagnostic[]> {
  const folder = mkdtempSync(path.join(tmpdir(), 'countersign-lint-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = path.join(folder, name);
  writeFileSync(file, text);
  try {
    const spec = await loadSpec(file);
    const problems = await lintSpec(spec, { profile });
    if (spec.problems.length === 0) expandDocument(await bundleSpec(spec));
    return problems;
  } catch (error) {
    if (error instanceof InputError) return error.diagnostics;
    throw error;
  }
}

const ref = (index: number) => ({ $ref: `#/components/schemas/S${index}` });
const chain = (length: number, link: (index: number) => unknown, end: unknown): Schemas =>
  Object.fromEntries(
    Array.from({ length: length + 1 }, (_, index) => [`S${index}`, index < length ? link(index + 1) : end]),
  );

function nested(levels: number): unknown {
  let schema: unknown = { type: 'string' };
  for (let level = 0; level < levels; level++) schema = { type: 'object', properties: { a: schema } };
  return schema;
}

const nestedGroups = (levels: number, end: string): string => `^${'(?:'.repeat(levels)}a${end.repeat(levels)}$`;

describe('extensions of ours in a document of others', () => {
  const withKey = (key: string, at: (document: string) => string) =>
    at(JSON.stringify(documentWith({ S0: { type: 'string' } }))).replaceAll('KEY', key);
  const onOperation = (text: string) => text.replace('"summary":"A"', '"summary":"A","KEY":{"kind":1}');
  const onTag = (text: string) => text.replace('"openapi":', '"tags":[{"name":"a","KEY":1}],"openapi":');

  test.each<[name: string, key: string, at: (text: string) => string, want: string[]]>([
    ['known, in the wrong form', 'x-cs-page', onOperation, ['x-cs-schema']],
    ['known, written with an escape', 'x\\u002dcs-page', onOperation, ['x-cs-schema']],
    ['unknown', 'x-cs-pages', onOperation, ['x-cs-unknown']],
    ['where it means nothing', 'x-cs-page', onTag, ['x-cs-place', 'x-cs-schema']],
    ['none', 'x-other', onOperation, []],
  ])('%s', async (_, key, at, want) => {
    expect(await problemsOf(withKey(key, at), 'openapi.json', 'essential')).toEqual(want);
  });
});

describe('extensions of others that Redocly has another form for', () => {
  const webhook = (value: unknown) => ({ openapi: '3.0.3', 'x-webhooks': value });
  const property = (value: unknown) => ({
    components: { schemas: { S0: { type: 'object', properties: { 'x-logo': value } } } },
  });
  test.each<[name: string, change: object, want: string[]]>([
    ['a logo', { info: { title: 'T', version: '1', 'x-logo': 'https://a.test/logo.png' } }, ['warning struct']],
    ['a switch among webhooks', webhook({ 'x-sdk-exclude': true }), ['warning struct']],
    ['webhooks that are a list', webhook([]), ['error struct']],
    ['a webhook that is none', webhook({ hook: true }), ['error struct']],
    ['a property of such a name', property('text'), ['error struct']],
  ])('%s', async (_name, change, want) => {
    const text = JSON.stringify({ ...documentWith({ S0: { type: 'string' } }), ...change });
    const found = await diagnosticsOf(text, 'openapi.json', 'essential');
    const told = found.filter(({ message }) => message.startsWith('Expected type'));
    expect(told.map(({ severity, code }) => `${severity} ${code}`)).toEqual(want);
    if (!want.includes('error struct')) expect(found.filter(({ severity }) => severity === 'error')).toEqual([]);
  });
});

describe('documents that want too much', () => {
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
      'a schema in itself',
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
      'an exponential name of properties',
      () =>
        JSON.stringify(
          documentWith({ S0: { patternProperties: { '^(x|xx)+$': {} }, examples: [{ [`${'x'.repeat(80)}!`]: 1 }] } }),
        ),
      ['pattern-slow'],
    ],
    [
      'an exponential pattern that only its example shows',
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

test('a pattern of 10,000 repeated groups, which no engine may be able to run', async () => {
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

  test('that are surely quick are not even tried', async () => {
    const spec = await specOf((index) => `^[a-z]+-${index}$`);
    expect(findSlowPatterns(spec, 'error', { pattern: 0, all: 0 })).toEqual({ sources: new Set(), problems: [] });
    expect(await lintSpec(spec)).toEqual([]);
  });

  test('that may be slow are told to be slow, or to be untried, and are hidden', async () => {
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

describe('references in places and to places where none may be', () => {
  const get = (response: object) => ({
    '/a': { get: { operationId: 'a', summary: 'A', security: [], responses: { 200: response, 400: {} } } },
  });
  const op = '/paths/~1a/get/responses/200/$ref';
  test.each<[name: string, change: object, want: string]>([
    [
      'components through a part of themselves',
      { components: { $ref: '#/components/schemas/X' } },
      'ref-not-found /components/$ref',
    ],
    [
      'a map to itself',
      { components: { responses: { $ref: '#/components/responses' } } },
      'ref-cycle /components/responses/$ref',
    ],
    ['a whole map', { paths: { $ref: '#/x-paths' }, 'x-paths': {} }, 'ref-place /paths/$ref'],
    ['to the document', { paths: get({ $ref: '#' }) }, `ref-kind ${op}`],
    ['to what it stands in', { paths: get({ $ref: '#/paths/~1a/get' }) }, `ref-kind ${op}`],
    ['to itself', { paths: get({ $ref: '#/paths/~1a/get/responses/200' }) }, `ref-cycle ${op}`],
    [
      'of a schema to the document',
      { components: { schemas: { S0: { items: { $ref: '#' } } } } },
      'ref-kind /components/schemas/S0/items/$ref',
    ],
  ])('%s', async (_name, change, want) => {
    const text = JSON.stringify({ ...documentWith({ S0: {} }), ...change });
    for (const profile of ['strict', 'essential'] as const) {
      const found = await diagnosticsOf(text, 'openapi.json', profile);
      expect(found.map(({ code, pointer }) => `${code} ${pointer}`)).toContain(want);
    }
  });

  test('a map in another file is put in its place', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'countersign-lint-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const { paths, ...document } = documentWith({ S0: { type: 'string' } });
    const local = JSON.stringify(paths).replace('#/', 'openapi.json#/');
    writeFileSync(path.join(folder, 'paths.json'), local);
    writeFileSync(path.join(folder, 'openapi.json'), JSON.stringify({ ...document, paths: { $ref: 'paths.json' } }));
    const spec = await loadSpec(path.join(folder, 'openapi.json'));
    expect(await lintSpec(spec)).toEqual([]);
    expect(Object.keys(expandDocument(await bundleSpec(spec)).document.paths ?? {})).toEqual(['/a']);
  });
});

describe('names that every object has', () => {
  test.each([
    ['hasOwnProperty of the document', '{"hasOwnProperty": 1, ', ['document-refused']],
    ['hasOwnProperty of another object', '{"x-a": [{"hasOwnProperty": 1}], ', []],
    ['__proto__ of the document', '{"__proto__": {"paths": {}}, ', ['struct']],
  ])('%s', async (_name, start, want) => {
    expect(await problemsOf(JSON.stringify(documentWith({ S0: {} })).replace('{', start))).toEqual(want);
  });

  test.each(['__proto__', 'constructor', 'toString', 'valueOf', 'then'])('property %s', async (name) => {
    const text = JSON.stringify(
      documentWith({ S0: { type: 'object', properties: { NAME: { type: 'string' } }, required: ['NAME'] } }),
    );
    expect(await problemsOf(text.replaceAll('NAME', name))).toEqual([]);
  });

  test.each(['__proto__', 'constructor', 'hasOwnProperty', 'toString'])(
    'a reference to %s leads nowhere',
    async (name) => {
      const text = JSON.stringify(documentWith({ S0: { $ref: `#/components/schemas/${name}` } }));
      expect(await problemsOf(text)).toEqual(['ref-not-found']);
    },
  );

  test.each(['__proto__', 'constructor', 'hasOwnProperty', 'toString'])(
    'a reference to a schema %s leads there',
    async (name) => {
      const text = JSON.stringify(
        documentWith({ S0: { $ref: '#/components/schemas/NAME' }, NAME: { type: 'string' } }),
      );
      expect(await problemsOf(text.replaceAll('NAME', name))).toEqual([]);
    },
  );
});
