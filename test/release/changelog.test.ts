import { marked, type Token } from 'marked';
import { describe, expect, it } from 'vitest';
import { compareContracts, readContract } from '../../scripts/commands/diff/index.ts';
import { sentence } from '../../scripts/commands/release/changelog.ts';
import { VECTORS, type Vector } from '../hostile/vectors.ts';
import { isDeep } from '../run/deep.ts';
import { baseDocument, set } from './spec-changes.ts';

const OWN: readonly Vector[] = [
  { name: 'link behind two backticks', text: '``[l](javascript:alert(1))`' },
  { name: 'image behind two backticks', text: '``![i](http://127.0.0.1:9/)`' },
  { name: 'HTML between backticks', text: '` `<img src=http://127.0.0.1:9/>` `' },
  { name: 'one backtick', text: '`' },
  { name: 'backslash and backtick', text: '\\`<b>x</b>' },
  { name: 'characters that are obeyed', text: 'a\u001b[31m\u0007\u009b2J\u202eb\u2028c' },
];

/** Locations in a contract that a changelog names. */
const PLACES: { readonly [place: string]: (name: string) => Readonly<Record<string, unknown>> } = {
  'a property': (name) => ({ '/components/schemas/Item/properties': { id: { type: 'string' }, [name]: {} } }),
  'a required property': (name) => ({ '/components/schemas/Item/required': [name] }),
  'a type': (name) => ({ '/components/schemas/Item/type': ['object', name] }),
  'a value': (name) => ({ '/components/schemas/Item/enum': [name, { [name]: name }] }),
  'a limit': (name) => ({ '/components/schemas/Item/pattern': name }),
  'a keyword': (name) => ({ '/components/schemas/Item': { type: 'object', [name]: 1 } }),
  'a parameter': (name) => ({ '/paths/~1items/get/parameters': [{ name, in: 'query', schema: {} }] }),
  'a response': (name) => ({
    '/paths/~1items/get/responses': { 200: { description: '', content: { [name]: { schema: {} } } } },
  }),
  'the title': (name) => ({ '/info/title': name }),
  'the address': (name) => ({ '/servers/0/url': name }),
  'an error': (name) => ({ '/x-cs-envelope/errors/1/name': name }),
};

/** The Markdown of a line, without words and code. */
function found(markdown: string): readonly string[] {
  const types: string[] = [];
  marked.walkTokens(marked.lexer(markdown), ({ type, raw }: Token) => {
    if (!['list', 'list_item', 'text', 'codespan', 'escape', 'paragraph'].includes(type)) types.push(`${type}: ${raw}`);
  });
  return types;
}

describe.each(Object.entries(PLACES))('a changelog that names %s', (_, edits) => {
  it.each([...OWN, ...(isDeep ? VECTORS : VECTORS.filter((_, index) => index % 5 === 0))])(
    'escapes $name as words and code',
    ({ text }) => {
      const after = baseDocument();
      for (const [pointer, value] of Object.entries(edits(text))) set(after, pointer, value);
      const contract = (document: object) => readContract(structuredClone(document), 'shop');
      for (const [old, now] of [
        [baseDocument(), after],
        [after, baseDocument()],
      ] as const) {
        for (const change of compareContracts(contract(old), contract(now), 'both')) {
          const line = `- ${sentence(change)}`;
          expect(line).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
          expect(found(line)).toEqual([]);
        }
      }
    },
  );
});

describe('a sentence of a changelog', () => {
  it.each([
    ['`a.b` was removed', 'buyItem', '`buyItem` `a.b` was removed.'],
    ['`a|b` is 1 < 2', undefined, 'a&#124;b is 1 &lt; 2.'],
    ['no longer fails with `1`, `2`', undefined, 'no longer fails with `1`, `2`.'],
    ['`a\u202eb` is new', undefined, '`a\\u202eb` is new.'],
  ])('%s', (text, operation, want) => {
    expect(sentence({ bump: 'minor', operation, text })).toBe(want);
  });
});
