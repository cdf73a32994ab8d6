import { expect, test } from 'vitest';
import { closedText } from '../../scripts/commands/flows/closed-text.ts';
import { unmarked } from '../../scripts/lint/hidden-refs.ts';
import { documentShape, flowsShape } from '../../scripts/load/shapes.ts';

const away = 'http://127.0.0.1:9/x';
const inside = { $ref: '#/components/schemas/S' };

test.each([
  ['an extension', { 'x-note': { $ref: away } }],
  ['an extension that refers to the document', { 'x-note': inside }],
  [
    'data',
    { components: { schemas: { S: { default: { a: [inside] }, enum: [inside], const: { $ref: '/etc/x.yaml' } } } } },
  ],
  ['an example in a file', { components: { examples: { E: { externalValue: away } } } }],
  [
    'a property with the name of an example',
    { components: { schemas: { S: { example: { externalValue: '../x.yaml' } } } } },
  ],
  ['a reference to a file', { components: { schemas: { S: { items: { $ref: '../x.yaml' } } } } }],
  ['a list in place of a schema', { components: { schemas: { S: { items: { items: [{ $ref: away }] } } } } }],
  [
    'a discriminator mapping',
    { components: { schemas: { S: { discriminator: { propertyName: 'a', mapping: { a: away } } } } } },
  ],
])('%s causes no file access', async (_title, document) => {
  const text = await closedText(document, documentShape, (given) => given);
  expect(text).not.toMatch(/"(\$ref|externalValue|mapping)":/);
  expect(JSON.parse(unmarked(text))).toEqual(document);
});

test.each([
  ['references of a document', { components: { schemas: { S: {}, T: { items: inside } } } }, documentShape],
  [
    'names that are not references',
    { components: { schemas: { S: { properties: { $ref: { type: 'string' }, externalValue: {} } } } } },
    documentShape,
  ],
  [
    'mappings to names and within the document',
    {
      components: {
        schemas: { S: { discriminator: { propertyName: 'a', mapping: { a: 'S', b: '#/components/schemas/S' } } } },
      },
    },
    documentShape,
  ],
  [
    'references of inputs',
    {
      components: { inputs: { I: { type: 'object' } } },
      workflows: [{ inputs: { properties: { a: { $ref: '#/components/inputs/I' } } } }],
    },
    flowsShape,
  ],
])('%s are kept', async (_title, document, shape) => {
  expect(await closedText(document, shape, (given) => given)).toBe(JSON.stringify(document));
});

test('a payload is data', async () => {
  const payload = { $ref: '#/components/inputs/I' };
  const flows = { components: { inputs: { I: {} } }, workflows: [{ steps: [{ requestBody: { payload } }] }] };
  expect(await closedText(flows, flowsShape, (given) => given)).not.toContain('"$ref"');
});
