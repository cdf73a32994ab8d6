import { expect, test } from 'vitest';
import { expandWith } from './expand-with.ts';

const head = "openapi: 3.1.0\ninfo: { title: T, version: '1' }\n";
const pet = { name: 'Rex', tags: ['a'] };
const text = JSON.stringify(pet);
const media = (more: object, type = 'application/json'): object => ({
  [type]: { schema: { $ref: '#/components/schemas/Pet' }, ...more },
});
const withSchema = (schema: object): object => ({ 'application/json': { schema, example: text } });
const kept = (content: object): readonly [object, object] => [content, content];

/** [what, the content, the content after expansion] */
const rows: readonly (readonly [what: string, content: object, want: object])[] = [
  ['an example', media({ example: text }), media({ example: pet })],
  [
    'several',
    media({ examples: { a: { value: text, summary: 's' } } }),
    media({ examples: { a: { value: pet, summary: 's' } } }),
  ],
  [
    'by reference',
    media({ examples: { a: { $ref: '#/components/examples/Text' } } }),
    media({ examples: { a: { value: pet } } }),
  ],
  ['with spaces', media({ example: `\n ${text}\n` }), media({ example: pet })],
  [
    'of a vendor type',
    media({ example: text }, 'application/vnd.a+json'),
    media({ example: pet }, 'application/vnd.a+json'),
  ],
  [
    'of a list',
    withSchema({ type: 'array', items: {} }),
    { 'application/json': { schema: { type: 'array', items: {} }, example: pet } },
  ],
  [
    'without a type',
    withSchema({ properties: {} }),
    { 'application/json': { schema: { properties: {} }, example: pet } },
  ],
  ['a value', ...kept(media({ example: pet }))],
  ['a text that is not JSON', ...kept(media({ example: '{name}' }))],
  ['a schema of texts', ...kept(withSchema({ type: 'string' }))],
  ['a schema of texts or objects', ...kept(withSchema({ oneOf: [{ type: 'string' }, { type: 'object' }] }))],
  ['a schema of anything', ...kept(withSchema({}))],
  ['a media type of texts', ...kept(media({ example: text }, 'text/plain'))],
  ['XML', ...kept(media({ example: text }, 'application/xml'))],
];

test.each(rows)('JSON in a text: %s', async (_, content, want) => {
  const components = {
    schemas: { Pet: { allOf: [{ $ref: '#/components/schemas/Named' }] }, Named: { type: 'object' } },
    examples: { Text: { value: text } },
    responses: { R: { description: 'd', content } },
  };
  const paths = { '/a': { post: { requestBody: { content }, responses: { 200: { description: 'd', content } } } } };
  const { document } = await expandWith({
    'openapi.yaml': `${head}paths: ${JSON.stringify(paths)}\ncomponents: ${JSON.stringify(components)}\n`,
  });
  expect(document).toMatchObject({
    paths: { '/a': { post: { requestBody: { content: want }, responses: { 200: { content: want } } } } },
    components: { responses: { R: { content: want } } },
  });
});

test.each([
  ['a quoted text', `'${text}'`],
  ['a block', `|\n            ${text}\n`],
  ['a folded block', `>-\n            ${text}\n`],
])('JSON in a text of YAML: %s', async (_, yaml) => {
  const { document } = await expandWith({
    'openapi.yaml': `${head}paths: {}\ncomponents:\n  responses:\n    R:\n      description: d\n      content:\n        application/json:\n          schema: { type: object }\n          example: ${yaml}\n`,
  });
  expect(document).toMatchObject({
    components: { responses: { R: { content: { 'application/json': { example: pet } } } } },
  });
});
