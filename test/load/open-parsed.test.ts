import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { InputError } from '../../scripts/common/diagnostics/diagnostic.ts';
import { lintSpec } from '../../scripts/lint/index.ts';
import { loadSpec } from '../../scripts/load/index.ts';
import { openParsed } from '../../scripts/load/open-parsed.ts';
import { defaultLimits, type Parse } from '../../scripts/load/types.ts';

type Files = { readonly [name: string]: string };

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'countersign-parsed-'));
});
afterEach(() => rm(root, { recursive: true }));

async function write(files: Files): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, name)), { recursive: true });
    await writeFile(join(root, name), text);
  }
}

/** Everything that a load and the linter find, as data. */
async function stateOf(parse?: Parse): Promise<unknown> {
  try {
    const spec = await loadSpec(join(root, 'openapi.yaml'), { parse });
    // Data, before the linter runs and after it.
    const loaded = structuredClone({
      document: spec.document,
      values: [...spec.sources.values()].map(({ path, value, locate }) => [path, value, locate('/components/schemas')]),
      flows: spec.flows && [spec.flows.file.value, spec.flows.problems],
      problems: spec.problems,
      dataRefs: [...spec.dataRefs],
      files: spec.files,
      refs: spec.refs,
    });
    return { loaded, found: await lintSpec(spec), after: structuredClone(spec.document) };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { diagnostics: error.diagnostics };
  }
}

const document = (schema: string, version = '3.1.1', more = ''): string => `openapi: ${version}
info: { title: A, version: '1' }
paths: {}
components:
  schemas:
    A: ${schema}
${more}`;

/** Texts that loading or the linter rewrites, or that cannot be read at first. */
const saves: readonly (readonly [name: string, before: Files, after: Files])[] = [
  [
    'a schema in another file',
    { 'openapi.yaml': document("{ $ref: 'parts.yaml#/B' }"), 'parts.yaml': 'B: { type: string }\n' },
    { 'parts.yaml': 'B: { type: integer }\n' },
  ],
  [
    'a description in a file of its own',
    { 'openapi.yaml': document('{ type: string, description: { $ref: a.md } }'), 'a.md': 'Before' },
    { 'a.md': 'After' },
  ],
  [
    'an example in a file of its own',
    { 'openapi.yaml': document('{ type: object, example: { $ref: a.json } }'), 'a.json': '{"is": 1}' },
    { 'a.json': '{"is": 2}' },
  ],
  [
    'an example with a reference as data',
    { 'openapi.yaml': document("{ type: object, default: { $ref: '#/x' }, $ref: 'b.yaml#/B' }"), 'b.yaml': 'B: {}\n' },
    { 'b.yaml': 'B: { title: B }\n' },
  ],
  [
    'an identifier',
    {
      'openapi.yaml': document(
        "{ $ref: 'b' }",
        '3.1.1',
        "    B: { $id: b, properties: { c: { $ref: 'c.yaml#/C' } } }\n",
      ),
      'c.yaml': 'C: { type: string }\n',
    },
    { 'c.yaml': 'C: { type: number }\n' },
  ],
  [
    'a document with $self',
    {
      'openapi.yaml': `$self: https://api.test/openapi.yaml\n${document("{ $ref: 'https://api.test/b.yaml#/B' }", '3.2.0')}`,
      'b.yaml': '$self: https://api.test/b.yaml\nB: { type: string }\n',
    },
    { 'b.yaml': '$self: https://api.test/b.yaml\nB: { type: number }\n' },
  ],
  [
    'flows',
    { 'openapi.yaml': document('{}'), 'flows.arazzo.yaml': 'arazzo: 1.0.1\n' },
    { 'flows.arazzo.yaml': 'arazzo: [\n' },
  ],
  [
    'a file that is invalid for some time',
    { 'openapi.yaml': document("{ $ref: 'b.yaml#/B' }"), 'b.yaml': 'B: { type: string\n' },
    { 'b.yaml': 'B: { type: string }\n' },
  ],
  ['a file that is empty for some time', { 'openapi.yaml': '' }, { 'openapi.yaml': document('{ type: string }') }],
  [
    'other line ends',
    { 'openapi.yaml': document("{ $ref: 'b.yaml#/B' }"), 'b.yaml': 'B:\n  type: string\n' },
    { 'b.yaml': 'B:\r\n  type: string\r\n' },
  ],
  [
    'a shorter text',
    { 'openapi.yaml': document("{ $ref: 'b.yaml#/B' }"), 'b.yaml': 'B: { type: string, title: Long }\n' },
    { 'b.yaml': 'B: {}\n' },
  ],
];

describe('a process that loads repeatedly finds what a new one finds', () => {
  it.each(saves)('%s', async (_, before, after) => {
    const parse = openParsed();
    await write(before);
    const first = await stateOf(parse);
    expect(first).toEqual(await stateOf());
    expect(await stateOf(parse)).toEqual(first);
    await write(after);
    const second = await stateOf(parse);
    expect(second).toEqual(await stateOf());
    expect(second).not.toEqual(first);
    await write(before);
    expect(await stateOf(parse)).toEqual(first);
  });

  it('while the linter of another load runs', async () => {
    const parse = openParsed();
    await write({ 'openapi.yaml': document("{ $ref: '#/components/schemas/None', default: { $ref: '#/x' } }") });
    const alone = await stateOf();
    expect(await Promise.all([stateOf(parse), stateOf(parse), stateOf(parse)])).toEqual([alone, alone, alone]);
  });
});

describe('openParsed', () => {
  const text = 'a: [1]\n__proto__: { b: 2 }\nc: [1\n';

  it('parses a text once, and returns a new copy of its value', () => {
    const parse = openParsed();
    const [first, second] = [parse('/a.yaml', text, defaultLimits), parse('/a.yaml', text, defaultLimits)];
    expect(second.problems).toBe(first.problems);
    expect(second.value).toEqual(first.value);
    expect(second.value).not.toBe(first.value);
    expect(Object.keys(second.value as object)).toEqual(Object.keys(first.value as object));
    expect(Object.keys(second.value as object)).toContain('__proto__');
  });

  it.each([
    ['another text', '/a.yaml', `${text} `, defaultLimits],
    ['another file', '/b.yaml', text, defaultLimits],
    ['other limits', '/a.yaml', text, { ...defaultLimits, depth: 1 }],
  ])('parses %s', (_, path, other, limits) => {
    const parse = openParsed();
    expect(parse(path, other, limits).problems).not.toBe(parse('/a.yaml', text, defaultLimits).problems);
  });

  it('forgets the files that were not used for the longest time', () => {
    const parse = openParsed();
    const long = `a: ${'b'.repeat(400_000)}\n`;
    const read = (path: string) => parse(path, long, defaultLimits).problems;
    const [a, b] = [read('/a.yaml'), read('/b.yaml')];
    expect(read('/a.yaml')).toBe(a);
    read('/c.yaml');
    expect(read('/a.yaml')).toBe(a);
    expect(read('/b.yaml')).not.toBe(b);
  });
});
