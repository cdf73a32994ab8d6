import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { InputError } from '../../scripts/common/diagnostics/diagnostic.ts';
import { lintSpec } from '../../scripts/lint/index.ts';
import { loadSpec } from '../../scripts/load/index.ts';
import { scratchFolder } from '../run/scratch-folder.ts';

const HEAD = `openapi: 3.1.1
info: { title: T, version: '1', license: { name: MIT, identifier: MIT } }
servers: [{ url: https://api.demo.test }]
paths:
  /items/{id}:
    parameters: [{ $ref: parts.yaml#/Id }]
    get:
      operationId: getItem
      summary: Get an item
      security: []
      responses:
        '200':
          description: The item.
          content:
            application/json:
              schema: { oneOf: [{ $ref: parts.yaml#/Item }, { $ref: '#/components/schemas/Other' }] }
              examples:
                first: { $ref: 'examples.yaml#/first' }
                second: { value: { id: 2 } }
        '400': { $ref: parts.yaml#/Wrong }
  /others:
    get:
      operationId: listOthers
      summary: List the others
      security: []
      responses:
        '200':
          description: The others.
          content:
            application/json:
              schema: { type: array, items: { $ref: '#/components/schemas/Other' } }
              example: [{ name: a }]
        '400': { description: A wrong request. }
`;
const COMPONENTS = `components:
  schemas:
    Other: { type: object, required: [name], properties: { name: { type: string } } }
    Used: { type: object, properties: { name: { type: string } } }
`;
const PARTS = `Id: { name: id, in: path, required: true, description: Its id., schema: { type: integer } }
Wrong:
  description: A wrong request.
Item:
  type: object
  required: [id]
  properties:
    id: { type: integer }
    used: { $ref: 'openapi.yaml#/components/schemas/Used' }
`;
const EXAMPLES = 'first:\n  value: { id: 1 }\n';

async function found(parts: string, root = HEAD + COMPONENTS, name = 'parts.yaml'): Promise<readonly string[]> {
  const folder = scratchFolder('cascade');
  const files = { 'openapi.yaml': root.replaceAll('parts.yaml', name), [name]: parts, 'examples.yaml': EXAMPLES };
  for (const [file, text] of Object.entries(files)) writeFileSync(path.join(folder, file), text);
  const problems = await lintSpec(await loadSpec(path.join(folder, 'openapi.yaml')));
  return problems.map(({ code, at }) => `${code} ${path.basename(at.file)}:${at.line}`);
}

/** The parts with one error, and every diagnostic that is reported. */
const VARIANTS: readonly (readonly [string, string, readonly string[]])[] = [
  ['one space too many', PARTS.replace('    id: {', '     id: {'), ['yaml-indentation parts.yaml:9']],
  ['one space too few', PARTS.replace('  required:', ' required:'), ['yaml-indentation parts.yaml:6']],
  ['a tab', PARTS.replace('  type: object', '\ttype: object'), ['yaml-tab parts.yaml:5']],
  ['a duplicate key', PARTS.replace('  required: [id]', '  type: object'), ['yaml-duplicate-key parts.yaml:6']],
  ['a colon in an unquoted text', PARTS.replace('A wrong request.', 'Wrong: bad.'), ['yaml-syntax parts.yaml:3']],
  ['an unclosed quote', PARTS.replace('A wrong', '"A wrong'), ['yaml-syntax parts.yaml:10']],
  ['an unclosed bracket', PARTS.replace('[id]', '[id'), ['yaml-syntax parts.yaml:6']],
  ['a key without a colon', PARTS.replace('  properties:\n', '  properties\n'), ['yaml-syntax parts.yaml:7']],
  ['an unknown alias', PARTS.replace('[id]', '*ids'), ['yaml-alias parts.yaml:6']],
  ['an unknown tag', PARTS.replace('required: [id]', 'required: !list [id]'), ['yaml-tag parts.yaml:6']],
  ['a second document', `${PARTS}---\na: 1\n`, ['yaml-documents parts.yaml:10']],
  [
    'merge conflict markers',
    PARTS.replace('Item:', '<<<<<<< HEAD\nItem:\n=======\n>>>>>>> b'),
    ['yaml-syntax parts.yaml:4'],
  ],
];

describe('a YAML error in a referenced file', () => {
  it('valid parts cause no diagnostic', async () => {
    expect(await found(PARTS)).toEqual([]);
  });
  it.each(VARIANTS)('%s is reported alone', async (_, parts, want) => {
    expect(await found(parts)).toEqual(want);
  });
  it('a JSON error is reported alone, too', async () => {
    const json = '{ "Id": { "name": "id", }, "Item": {}, "Wrong": {} }';
    expect(await found(json, HEAD + COMPONENTS, 'parts.json')).toEqual(['json-syntax parts.json:1']);
  });
  it('a missing part is reported at each reference, without errors that follow from it', async () => {
    const want = ['ref-not-found openapi.yaml:16'];
    expect(await found(PARTS.replace('Item:', 'Itme:'))).toEqual(want);
  });
  it('independent errors are reported after it', async () => {
    const root = (HEAD + COMPONENTS)
      .replace('      summary: List the others\n', '')
      .replace('example: [{ name: a }]', 'example: [{ name: 7 }]')
      .replace('    Used:', '    x-cs-retyr: 1\n    Used:');
    expect(await found(PARTS.replace('    id: {', '     id: {'), root)).toEqual([
      'yaml-indentation parts.yaml:9',
      'operation-summary openapi.yaml:22',
      'no-invalid-media-type-examples openapi.yaml:31',
      'struct openapi.yaml:36',
    ]);
  });
});

/** Files with errors of their own, beside the specs that refer to them: every diagnostic that is reported. */
const FLOWS = `arazzo: 1.0.1
info: { title: Flows, version: 1.0.0 }
sourceDescriptions: [{ name: api, url: openapi.yaml, type: openapi }]
workflows:
  - workflowId: read
    steps:
      - stepId: first
        operationId: getItem
        successCriteria: [{ condition: $statusCode == 200 }]
`;
const SYNTAX = PARTS.replace('    id: {', '     id: {');
type Files = { readonly [name: string]: string };
const SEVERAL: readonly (readonly [string, Files, readonly string[]])[] = [
  [
    'two files',
    { 'parts.yaml': SYNTAX, 'examples.yaml': 'first:\n\tvalue: 1\n' },
    ['yaml-tab examples.yaml:2', 'yaml-indentation parts.yaml:9'],
  ],
  [
    'a file referenced by a referenced file',
    {
      'parts.yaml': PARTS.replace('openapi.yaml#/components/schemas/Used', 'more.yaml#/Used'),
      'more.yaml': 'Used: {\n  type: object\n',
    },
    ['yaml-syntax more.yaml:1'],
  ],
  [
    'the root file, without reading others',
    { 'openapi.yaml': `${HEAD}x-a: & b\n`, 'parts.yaml': SYNTAX },
    ['yaml-syntax openapi.yaml:34'],
  ],
  [
    'the root file: an anchor inside itself',
    { 'openapi.yaml': `${HEAD}x-a: &a [*a]\n`, 'parts.yaml': SYNTAX },
    ['yaml-alias-cycle openapi.yaml:34'],
  ],
  [
    'the root file: an anchor without a value',
    { 'openapi.yaml': `${HEAD}x-a: *none\n` },
    ['yaml-alias openapi.yaml:34'],
  ],
  [
    'the root file: merge conflict markers',
    { 'openapi.yaml': HEAD.replace('paths:\n', '<<<<<<< HEAD\npaths:\n=======\npaths: {}\n>>>>>>> b\n') },
    ['yaml-syntax openapi.yaml:4'],
  ],
  ['the root file: a tab', { 'openapi.yaml': HEAD.replace('    get:', '\tget:') }, ['yaml-tab openapi.yaml:7']],
  ['flows: a tab', { 'flows.arazzo.yaml': FLOWS.replace('    steps', '\tsteps') }, ['yaml-tab flows.arazzo.yaml:6']],
  [
    'flows: a duplicate key',
    { 'flows.arazzo.yaml': FLOWS.replace('info:', 'arazzo: 1.0.1\ninfo:') },
    ['yaml-duplicate-key flows.arazzo.yaml:2'],
  ],
  [
    'flows: merge conflict markers',
    { 'flows.arazzo.yaml': FLOWS.replace('workflows:', '<<<<<<< HEAD\nworkflows:') },
    ['yaml-syntax flows.arazzo.yaml:4'],
  ],
  [
    'flows and a part',
    { 'flows.arazzo.yaml': FLOWS.replace('    steps', '\tsteps'), 'parts.yaml': SYNTAX },
    ['yaml-tab flows.arazzo.yaml:6', 'yaml-indentation parts.yaml:9'],
  ],
  [
    'a part, while flows name its operations',
    { 'flows.arazzo.yaml': FLOWS, 'parts.yaml': SYNTAX },
    ['yaml-indentation parts.yaml:9'],
  ],
  [
    'a path item in its own file, while flows name its operation',
    {
      'openapi.yaml': `openapi: 3.1.1\ninfo: { title: T, version: '1', license: { name: MIT, identifier: MIT } }\nservers: [{ url: https://api.demo.test }]\npaths:\n  /items: { $ref: items.yaml }\n`,
      'items.yaml': 'get:\n\toperationId: getItem\n',
      'flows.arazzo.yaml': FLOWS,
    },
    ['yaml-tab items.yaml:2'],
  ],
];

async function lintFiles(files: Files): Promise<Awaited<ReturnType<typeof lintSpec>>> {
  const folder = scratchFolder('several');
  const all: Files = { 'openapi.yaml': HEAD + COMPONENTS, 'parts.yaml': PARTS, 'examples.yaml': EXAMPLES, ...files };
  for (const [file, text] of Object.entries(all)) writeFileSync(path.join(folder, file), text);
  try {
    return await lintSpec(await loadSpec(path.join(folder, 'openapi.yaml')));
  } catch (error) {
    if (error instanceof InputError) return [...error.diagnostics];
    throw error;
  }
}

describe('YAML errors are reported first and alone', () => {
  it.each(SEVERAL)('in %s', async (_, files, want) => {
    const problems = await lintFiles(files);
    expect(problems.map(({ code, at }) => `${code} ${path.basename(at.file)}:${at.line}`)).toEqual(want);
  });
});

describe('a duplicate operationId', () => {
  const messages = async (files: { readonly [name: string]: string }): Promise<readonly string[]> => {
    const folder = scratchFolder('twice');
    for (const [file, text] of Object.entries(files)) writeFileSync(path.join(folder, file), text);
    const problems = await lintSpec(await loadSpec(path.join(folder, 'openapi.yaml')));
    return problems.flatMap(({ code, message, at }) =>
      code === 'operation-operationId-unique'
        ? [`${path.basename(at.file)}:${at.line} → ${/\S+\/(\S+:\d+):\d+\.$/.exec(message)?.[1] ?? message}`]
        : [],
    );
  };
  it('is reported with both locations in one file', async () => {
    const text = (HEAD + COMPONENTS).replace('listOthers', 'getItem');
    expect(await messages({ 'openapi.yaml': text, 'parts.yaml': PARTS, 'examples.yaml': EXAMPLES })).toEqual([
      'openapi.yaml:23 → openapi.yaml:8',
    ]);
  });
  const operation = (id: string): string =>
    `{ operationId: ${id}, summary: S, security: [], responses: { '200': { description: d }, '400': { description: d } } }`;
  const MORE: readonly (readonly [string, Files, readonly string[]])[] = [
    [
      'three operations in one file',
      {
        'openapi.yaml': `${HEAD.replace('listOthers', 'getItem')}  /third:\n    get: ${operation('getItem')}\n${COMPONENTS}`,
      },
      ['openapi.yaml:23 → openapi.yaml:8', 'openapi.yaml:35 → openapi.yaml:8'],
    ],
    [
      'a webhook and a path',
      { 'openapi.yaml': `${HEAD}webhooks:\n  event:\n    post: ${operation('listOthers')}\n${COMPONENTS}` },
      ['openapi.yaml:36 → openapi.yaml:23'],
    ],
    [
      'a callback and a path',
      {
        'openapi.yaml':
          HEAD.replace(
            '      operationId: listOthers\n',
            `      operationId: listOthers\n      callbacks: { done: { '{$request.query.url}': { post: ${operation('getItem')} } } }\n`,
          ) + COMPONENTS,
      },
      ['openapi.yaml:24 → openapi.yaml:8'],
    ],
    [
      'two files and a webhook in a third',
      {
        'openapi.yaml': `${HEAD}  /far: { $ref: far.yaml }\nwebhooks:\n  event: { $ref: hooks.yaml }\n${COMPONENTS}`,
        'far.yaml': `get: ${operation('getItem')}\n`,
        'hooks.yaml': `post: ${operation('getItem')}\n`,
      },
      ['far.yaml:1 → openapi.yaml:8', 'hooks.yaml:1 → openapi.yaml:8'],
    ],
  ];
  it.each(MORE)('is reported with all locations for %s', async (_, files, want) => {
    expect(
      await messages({ 'openapi.yaml': HEAD + COMPONENTS, 'parts.yaml': PARTS, 'examples.yaml': EXAMPLES, ...files }),
    ).toEqual(want);
  });
  it('is reported with both locations in two files', async () => {
    const others = / {2}\/others:\n([\s\S]*)$/.exec(HEAD)?.[1] ?? '';
    const moved = others
      .replace(/^ {4}/gm, '')
      .replace('#/comp', 'openapi.yaml#/comp')
      .replace('listOthers', 'getItem');
    const text = HEAD.replace(others, "    $ref: 'others.yaml'\n") + COMPONENTS;
    const files = { 'openapi.yaml': text, 'others.yaml': moved, 'parts.yaml': PARTS, 'examples.yaml': EXAMPLES };
    expect(await messages(files)).toEqual(['others.yaml:2 → openapi.yaml:8']);
  });
});
