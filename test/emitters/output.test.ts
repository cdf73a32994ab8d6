import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { InputError } from '../../scripts/common/diagnostics/diagnostic.ts';
import { loadConfig } from '../../scripts/config/index.ts';
import { openWorkspace } from '../../scripts/config/workspace.ts';
import { format } from '../../scripts/format/index.ts';
import { emitByOthers, type MadeByOthers } from '../../scripts/generate/other-emitters.ts';
import { apiOf } from '../validators/fixture.ts';
import { configOf, type EmitterWorkspace, makeWorkspace } from './workspace.ts';

let workspace: EmitterWorkspace;
let revision = 0;
beforeAll(async () => {
  workspace = await makeWorkspace();
});
afterAll(() => workspace.remove());

const own = ['src/client.ts', 'openapi.json'];

async function emit(emitters: string): Promise<MadeByOthers> {
  await workspace.write('countersign.config.ts', configOf(emitters));
  revision += 1;
  const opened = openWorkspace(workspace.root, await loadConfig(workspace.root, revision), revision);
  return emitByOthers(opened, apiOf({ Order: { type: 'string' } }), own, async (files) => format(files));
}

const files: readonly (readonly [emitter: string, path: string, text: string])[] = [
  ["file('src/a.ts', 'export   const a=1')", 'src/a.ts', 'export const a = 1;\n'],
  ["file('src/a.js', 'export   const a=1')", 'src/a.js', 'export const a = 1;\n'],
  ["file('postman/collection.json', '{}\\r\\n\\r\\n')", 'postman/collection.json', '{}\n'],
  ["file('docs/@a/b-c.d.md', '# A')", 'docs/@a/b-c.d.md', '# A\n'],
  // `formatted` has an effect only in built-in emitters.
  ["make('a', { emit: () => [{ path: 'a.ts', text: 'a  ()', formatted: true }] })", 'a.ts', 'a();\n'],
  ["make('a', { emit: async (api) => [{ path: 'a.txt', text: [...api.schemas.keys()].join() }] })", 'a.txt', 'Order\n'],
];

it.each(files)('%s writes %s', async (emitter, path, text) => {
  expect((await emit(emitter)).files).toMatchObject([{ path, text }]);
});

const wrong: readonly (readonly [emitter: string, code: string, said: string])[] = [
  ...[
    '../a.ts',
    '/a.ts',
    'src/../../a.ts',
    'src//a.ts',
    './a.ts',
    '',
    'a\\\\b.ts',
    'C:/a.ts',
    'a\\u0000.ts',
    'a b.ts',
    'x/con.ts',
    'a./b',
    'node_modules/a.js',
    'dist/a.js',
    '.git/hooks/pre-commit',
  ].map((path) => [`file('${path}')`, 'emitter-output', 'The emitter cannot write'] as const),
  ["file('src/client.ts')", 'emitter-output', 'src/client.ts is written by countersign.'],
  ["file('src/Client.ts')", 'emitter-output', 'src/client.ts is written by countersign.'],
  ["file('package.json')", 'emitter-output', 'package.json is written by countersign.'],
  ["file('README.md')", 'emitter-output', 'README.md is written by countersign.'],
  ["file('openapi.json/a')", 'emitter-output', 'openapi.json already has this path.'],
  ["file('src')", 'emitter-output', 'already has this path.'],
  [
    "make('other', { emit: () => [{ path: 'a.md', text: '' }] }), file('a.md')",
    'emitter-output',
    'a.md is written by the emitter `other`.',
  ],
  [
    "make('a', { emit: () => [1, 2].map(() => ({ path: 'a.md', text: '' })) })",
    'emitter-output',
    'The emitter returned this path twice.',
  ],
  ["make('a', { emit: () => undefined })", 'emitter-output', 'The emitter did not return a list of files.'],
  ["file('a.ts', 1)", 'emitter-output', 'File 0 of the list has no path or no text.'],
  ["make('a', { emit: () => [null] })", 'emitter-output', 'File 0 of the list has no path or no text.'],
  ["file('src/a.ts', 'const = 1')", 'emitter-output', 'src/a.ts is not valid TypeScript:'],
  [
    "make('a', { entries: { './a': 'src/a.ts' }, emit: () => [{ path: 'src/b.ts', text: '' }] })",
    'emitter-output',
    'points to src/a.ts, which the emitter did not write',
  ],
  [
    "make('a', { emit: () => { throw new Error('no such schema') } })",
    'emitter-failed',
    'no such schema (countersign.config.ts:',
  ],
  ["make('a', { emit: async () => { throw 'text' } })", 'emitter-failed', 'text'],
];

describe('an invalid file of the package is rejected', () => {
  it.each(wrong)('%s', async (emitters, code, said) => {
    const error = await emit(emitters).then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    if (!(error instanceof InputError)) throw error ?? new Error('It was accepted.');
    expect(error.diagnostics).toMatchObject([
      { code, severity: 'error', at: { file: 'countersign.config.ts', line: 10 } },
    ]);
    expect(error.diagnostics[0]?.message).toMatch(/^`emitters\.\d`, the emitter `\w+`, for \w+: /);
    expect(error.diagnostics[0]?.message).toContain(said);
  });
});
