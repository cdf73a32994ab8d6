import { describe, expect, it } from 'vitest';
import { findWords } from './find-words.ts';
import { textsOf } from './texts.ts';

const wordsOf = (name: string, source: string): readonly string[] =>
  findWords(name, textsOf(name, source)).map(({ line, word }) => `${line} ${word}`);

describe('words that our texts do not use', () => {
  it.each<[title: string, name: string, source: string, want: readonly string[]]>([
    ['a comment', 'a.ts', '// Mend it first.\nconst a = 1;', ['1 Mend']],
    ['a docstring, at its line', 'a.ts', '/**\n * First.\n * The caller is told.\n */', ['3 told']],
    ['a string', 'a.ts', "const a = 'The value is no list.';", ['1 is no ']],
    [
      'a template, around its values',
      'a.ts',
      `const a = \`\${b} is no \${c ? \`of \${d}\` : "e"} and mend it\`;`,
      ['1 is no ', '1 mend'],
    ],
    [
      'a string after a regular expression with a quote',
      'a.ts',
      "const a = /['\"`]/.test(b);\nconst c = 'mend it';",
      ['2 mend'],
    ],
    ['text of JSX in an expression', 'a.tsx', "<p>{'mend it'}</p>", ['1 mend']],
    ['text of JSX', 'a.tsx', '<p class="b">\n  Mend it {c} and mend it\n</p>', ['2 Mend', '2 mend']],
    ['names in code', 'a.ts', 'const told = faults.refuse(mend);', []],
    ['a string of one word', 'a.ts', "const a = 'refuse';", []],
    ['a code with a hyphen', 'a.ts', "const a = 'See docs/troubleshooting.md#game-refused';", []],
    ['code in a comment', 'a.ts', '/** Calls `tell` once. */', []],
    ['prose of Markdown', 'a.md', '# It is told\n', ['1 told']],
    ['code in Markdown', 'a.md', '```ts\nmend it\n```\nThe option `mend it` and [a link](mend.md#mend).\n', []],
    ['a word that only docs and specs avoid', 'docs/a.md', 'The server asks at once.', ['1 asks']],
    ['the same word in code', 'a.ts', '// The server asks at once.', []],
    ['a word that no text uses', 'a.ts', '// The server answers at once.', ['1 answers']],
    ['a description in JSON', 'a.json', '{\n  "description": "Mend it."\n}', ['2 Mend']],
    ['a comment of CSS', 'a.css', '/* Mended. It is told. */\n.wishes {}', ['1 Mended', '1 told']],
    ['a key of JSON', 'a.json', '{ "answer": "one more" }', []],
    ['a field of an extension', 'specs/a.yaml', 'x-cs-unknown: { answer: 3000 }\nanswer: 1 second\n', []],
    ['two words with one between', 'a.ts', '// The client leaves it out.', ['1 leaves it out']],
    ['a description in YAML', 'a.yaml', 'info:\n  description: Refuses what is wrong\n', ['2 Refuses']],
    [
      'plain English',
      'a.md',
      'There is no file. It is no longer used. It tells the two apart. Connection refused.',
      [],
    ],
  ])('%s', (_, name, source, want) => {
    expect(wordsOf(name, source)).toEqual(want);
  });
});
