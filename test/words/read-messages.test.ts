import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readDiagnostics, readErrors } from './read-messages.ts';

const root = join(import.meta.dirname, '../..');
// A placeholder as the sources write it, escaped so that the linter does not take it for a forgotten template.
const placeholder = (name: string): string => `$\{${name}}`;
const filesOf = (folder: string): readonly string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => join(root, folder, name));

describe('the messages of a source file', () => {
  it.each<[title: string, source: string, want: readonly (readonly string[])[]]>([
    [
      'an object',
      `const a = { code: 'x-y', message: \`No ${placeholder('b')}.\`, help: 'Add it.' };`,
      [['x-y', 'No ‹b›.', 'Add it.']],
    ],
    [
      'a call',
      "refusal('x-y', 'It is wrong.', c ? 'Fix it.' : 'Use d.', 'e');",
      [['x-y', 'It is wrong.', '{Fix it. | Use d.}']],
    ],
    ['a list', "const a = [['x-y', 'It is wrong.', 'Fix it.']];", [['x-y', 'It is wrong.', 'Fix it.']]],
    [
      'a constant of the file',
      `const help = 'Fix it.'; const a = () => { const b = 'Add it.'; return [{ code: 'x', message: 'No b.', help }, refusal('y', 'No c.', b)]; };`,
      [
        ['x', 'No b.', 'Fix it.'],
        ['y', 'No c.', 'Add it.'],
      ],
    ],
    ['a parameter', "const a = (help: string) => refusal('x', 'No b.', help);", [['x', 'No b.', '‹help›']]],
    ['a list of names', "const a = ['x-y', 'one', 'two'];", []],
  ])('%s', (_, source, want) => {
    expect(readDiagnostics(source).map(({ code, parts }) => [code, ...parts])).toEqual(want);
  });

  it('an error', () => {
    expect(readErrors(`throw new TypeError('It is ' + \`a ${placeholder('b')}.\`);`)).toEqual([
      { line: 1, code: 'TypeError', parts: ['It is a ‹b›.'] },
    ]);
  });
});

describe('diagnostics', () => {
  const found = filesOf('scripts').flatMap((file) =>
    readDiagnostics(readFileSync(file, 'utf8')).map((message) => ({ file, ...message })),
  );

  it('each say how to fix the error', () => {
    const coded = found.filter(({ code }) => code !== '');
    expect(coded.length).toBeGreaterThan(90);
    expect(coded.filter(({ parts: [, help = ''] }) => help.trim() === '')).toEqual([]);
  });

  it('exist', () => {
    expect(found.length).toBeGreaterThan(160);
    expect(filesOf('runtime').flatMap((file) => readErrors(readFileSync(file, 'utf8'))).length).toBeGreaterThan(60);
  });
});
