import fc from 'fast-check';
import { marked } from 'marked';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import {
  commentText,
  docComment,
  literal,
  markdownCode,
  markdownText,
  stringLiteral,
  terminalText,
} from '../../scripts/common/text/literal.ts';
import { readmeProblems } from '../hostile/readme.ts';

/** Many in CI, few in an interactive run. */
const RUNS = process.env.CI ? 10_000 : 300;

/** The value of an expression, by the compiler and then by the engine. */
function evaluate(expression: string): unknown {
  const { outputText, diagnostics } = ts.transpileModule(`export default (${expression});`, {
    reportDiagnostics: true,
    compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.CommonJS },
  });
  expect(diagnostics).toEqual([]);
  const module = { exports: {} as { default?: unknown } };
  new Function('module', 'exports', outputText)(module, module.exports);
  return module.exports.default;
}

const HOSTILE = [
  `it's "quoted" and \`ticked\``,
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the text must stay unchanged
  '${process.exit(1)}',
  '*/ globalThis.hit = 1 /*',
  '*\\/ **//',
  'line\nfeed\rreturn\r\nboth',
  'para\u2028graph\u2029',
  'nul\0',
  '</script><!--',
  '//@ts-nocheck',
  '\\u0041\\x41\\',
  '\u202eright to left',
  '__proto__',
  '\ud800 lone',
  '😀 大富翁',
];

describe('stringLiteral', () => {
  it.each(HOSTILE)('%j evaluates to itself and contains no invisible character', (text) => {
    expect(evaluate(stringLiteral(text))).toBe(text);
    expect(stringLiteral(text)).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]|<\/script/u);
  });

  it('keeps any string', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(evaluate(stringLiteral(text))).toBe(text);
      }),
      { numRuns: RUNS },
    );
  });
});

describe('literal', () => {
  it.each([
    [null, 'null'],
    [-0, '-0'],
    [1e21, '1e+21'],
    [[], '[]'],
    [{}, '{}'],
    [{ a: 1, 'b-c': [true] }, "{ a: 1, 'b-c': [true] }"],
    [JSON.parse('{"__proto__": 1}'), "{ ['__proto__']: 1 }"],
  ])('%j → %s', (given, want) => {
    expect(literal(given)).toBe(want);
  });

  it('keeps any JSON value, with properties named __proto__ as own properties', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(evaluate(literal(value))).toEqual(value);
      }),
      { numRuns: RUNS },
    );
    const value = evaluate(literal(JSON.parse('{"__proto__": {"polluted": true}}'))) as object;
    expect(Object.hasOwn(value, '__proto__')).toBe(true);
    expect((value as { polluted?: boolean }).polluted).toBeUndefined();
  });

  it.each([[undefined], [() => 0], [Number.NaN], [Number.POSITIVE_INFINITY], [1n]])('rejects %s', (value) => {
    expect(() => literal(value)).toThrow(TypeError);
  });
});

describe('docComment', () => {
  it.each(HOSTILE.concat(['/', '*', '/ a', '*/', '* /', '@ts-ignore', '{@link x}']))(
    '%j stays inside the comment',
    (text) => {
      for (const comment of [docComment([text]), docComment([text, text], [`@deprecated ${text}`])]) {
        const source = ts.createSourceFile('a.ts', `${comment}\nconst after = 1;`, ts.ScriptTarget.Latest);
        expect(source.statements).toHaveLength(1);
        expect(comment.indexOf('*/')).toBe(comment.length - 2);
        expect(comment).not.toMatch(/(^|[^\\])@ts-/);
      }
    },
  );

  it('keeps ordinary text unchanged', () => {
    expect(docComment(['Lists games.\nBy language.', undefined, 'POST /x'])).toBe(
      '/**\n * Lists games.\n * By language.\n *\n * POST /x\n */',
    );
    expect(commentText('mail a@b.example')).toBe('mail a@b.example');
    expect(docComment(['', undefined])).toBe('');
  });
});

describe('Markdown and terminal', () => {
  it.each([
    ['<img src=x onerror=alert(1)>', '&lt;img src=x onerror=alert(1)>'],
    ['[x](javascript:alert(1))', '\\[x\\](`javascript:alert(1`))'],
    ['[x](javascript:void)', 'x (`javascript:void`)'],
    // As an entity, it is text both in prose and in a cell. `\|` differs between the two.
    ['a | b\n# c', 'a &#124; b # c'],
    ['1. list', '\\1. list'],
    ['# heading', '\\# heading'],
    ['> quote', '\\> quote'],
    ['- item', '\\- item'],
    ['a -> b (c)! {d} + e & f &amp; g', 'a -> b (c)! {d} + e & f &amp;amp; g'],
    ['user_id and _all_ *of* ~~it~~', 'user_id and \\_all\\_ \\*of\\* \\~\\~it\\~\\~'],
    // A text that would become a link is shown as code.
    ['See [http://swagger.io](http://swagger.io).', 'See `http://swagger.io`.'],
    ['Read [the docs](https://a.example/b?c=1#d), then', 'Read the docs (`https://a.example/b?c=1#d`), then'],
    ['![logo](https://a.example/x.png "Logo")', 'logo (`https://a.example/x.png`)'],
    ['https://a.example/x', '`https://a.example/x`'],
    ['mail apiteam@swagger.io or @team at www.a.example.', 'mail `apiteam@swagger.io` or `@team` at `www.a.example`.'],
    ['Use `x-api-key`, or ``', 'Use `x-api-key`, or \\`\\`'],
    ['[a][b] and [c]', '\\[a\\]\\[b\\] and \\[c\\]'],
    ['https://a.example/<script>', '`https://a.example/`&lt;script>'],
  ])('%j → %s', (given, want) => {
    expect(markdownText(given)).toBe(want);
  });

  it('turns any text into text and code only, in prose and in a table cell', () => {
    const pieces =
      '` `` ``` [ ] ( ) ! < > | \\\\ & &lt; # * ** _ ~ ~~ - = + 1. : / // https: http://a.b www. a@b.c @ javascript: "t" x \\n <b> <!-- [x](y) ![x](y) <http://a.b> [x]: y'.split(
        ' ',
      );
    const texts = fc.array(fc.constantFrom(...pieces, ' ', '\n'), { maxLength: 12 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(texts, (text) => {
        const shown = markdownText(text);
        expect(shown).not.toContain('\n');
        expect(readmeProblems(`Before.\n\n${shown}\n\nAfter.\n`), shown).toEqual([]);
        const table = `| a | b |\n| --- | --- |\n| ${shown} | end |\n`;
        expect(readmeProblems(table), shown).toEqual([]);
        const [token] = marked.lexer(table);
        expect((token as { rows?: readonly { text: string }[][] }).rows?.[0]?.[1]?.text, table).toBe('end');
      }),
      { numRuns: RUNS },
    );
  });

  it.each([
    ['plain', '`plain`'],
    ['a`b', '``a`b``'],
    ['``', '``` `` ```'],
    // A code span has no entities or escapes, so that text with a bar is prose.
    ['a|b', 'a&#124;b'],
    ['`a|b`', '\\`a&#124;b\\`'],
  ])('code %j → %s', (given, want) => {
    expect(markdownCode(given)).toBe(want);
  });

  it('shows escape sequences instead of control characters', () => {
    expect(terminalText('\u001b[31mred\u0007')).toBe('\\u001b[31mred\\u0007');
  });
});
