import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { splitErrors, typeProblem } from '../../scripts/commands/build/compiler-errors.ts';
import { compile } from '../../scripts/commands/build/declarations.ts';

describe('what the compiler prints', () => {
  it.each<[title: string, printed: string, want: readonly string[]]>([
    ['nothing', '', []],
    ['an error', 'a.ts(2,3): error TS1: One.\n', ['a.ts:2:3 TS1: One.']],
    [
      'errors one after another',
      'a.ts(2,3): error TS1: One.\nb.ts(4,5): error TS2: Two.\n',
      ['a.ts:2:3 TS1: One.', 'b.ts:4:5 TS2: Two.'],
    ],
    [
      'a chain',
      'a.ts(2,3): error TS1: One.\n  Why.\n    Because.\nb.ts(4,5): error TS2: Two.\n',
      ['a.ts:2:3 TS1: One. Why. Because.', 'b.ts:4:5 TS2: Two.'],
    ],
    ['a continuation without an indent', 'a.ts(2,3): error TS1: One\ntwo.\n', ['a.ts:2:3 TS1: One two.']],
    ['line ends of Windows', 'a.ts(2,3): error TS1: One.\r\n  Why.\r\n', ['a.ts:2:3 TS1: One. Why.']],
    ['an error about no file, twice', 'error TS3: No.\n  Why.\nerror TS3: No.\n  Why.\n', ['tsc:1:1 TS3: No. Why.']],
    [
      'parentheses in a path',
      '(app)/[id](1)/a.ts(2,3): error TS1: f(1,2): x.\n',
      ['(app)/[id](1)/a.ts:2:3 TS1: f(1,2): x.'],
    ],
    ['no error of it', 'Command failed\nout of memory\n', ['tsc:1:1 Command failed out of memory']],
  ])('%s', (_, printed, want) => {
    const shown = splitErrors(printed)
      .map(typeProblem)
      .map(({ at, message }) => `${at.file}:${at.line}:${at.column} ${message}`);
    expect(shown).toEqual(want);
  });

  it('of real programs is one diagnostic for each error', async () => {
    const root = await mkdtemp(join(tmpdir(), 'countersign-compiler-'));
    try {
      await mkdir(join(root, 'src'));
      await writeFile(join(root, 'package.json'), '{ "type": "module" }');
      await mkdir(join(root, 'node_modules/@types/node'), { recursive: true });
      await writeFile(join(root, 'node_modules/@types/node/index.d.ts'), '');
      await writeFile(
        join(root, 'src/a.ts'),
        [
          'export const deep: { a: () => { b: string } } = { a: (): { b: number } => ({ b: 1 }) };',
          'declare function call(given: { p: string }): void;',
          'declare function call(given: { q: number }): void;',
          'call({ p: 1 as number, r: 2 });',
          'export const plain: string = 1;',
        ].join('\n'),
      );
      const { problems } = await compile(root, join(root, 'out'), [join(root, 'src')], []);
      expect(problems.map(typeProblem).map(({ at }) => [at.file, at.line])).toEqual([
        ['src/a.ts', 1],
        ['src/a.ts', 4],
        ['src/a.ts', 5],
      ]);
      expect(typeProblem(problems[1] ?? '').message).toMatch(
        /^TS2769: No overload matches this call\. The last overload gave the following error\. Object literal/,
      );
    } finally {
      await rm(root, { recursive: true, force: true });
    }
  });
});
