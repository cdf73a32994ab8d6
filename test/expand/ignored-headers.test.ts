import { expect, test } from 'vitest';
import { expandWith } from './expand-with.ts';

const parameter = (name: string, place = 'header'): string =>
  `{ name: ${name}, in: ${place}, required: true, schema: { type: string } }`;

/** [what, parameters of the path item, of the operation, names that remain] */
const rows: readonly (readonly [name: string, shared: readonly string[], own: readonly string[], left: unknown])[] = [
  ['Accept', [], [parameter('Accept'), parameter('x')], [[], ['x']]],
  ['Content-Type', [], [parameter('Content-Type')], [[], []]],
  ['Authorization', [], [parameter('Authorization')], [[], []]],
  ['in lower case', [], [parameter('accept'), parameter('content-type'), parameter('authorization')], [[], []]],
  ['in upper case', [], [parameter('ACCEPT')], [[], []]],
  ['of the path item', [parameter('Accept'), parameter('x')], [parameter('y')], [['x'], ['y']]],
  ['by reference', [], ["{ $ref: '#/components/parameters/A' }", parameter('x')], [[], ['x']]],
  ['in the query', [], [parameter('accept', 'query')], [[], ['accept']]],
  ['in a cookie', [], [parameter('authorization', 'cookie')], [[], ['authorization']]],
  [
    'with another name',
    [],
    [parameter('Accept-Language'), parameter('X-Authorization')],
    [[], ['Accept-Language', 'X-Authorization']],
  ],
];

test.each(rows)('expansion removes header parameters that OpenAPI ignores: %s', async (_, shared, own, left) => {
  const { document } = await expandWith({
    'openapi.yaml': `openapi: 3.1.0
info: { title: T, version: '1' }
paths:
  /a:
    parameters: [${shared.join(', ')}]
    get: { parameters: [${own.join(', ')}], responses: { '204': { description: ok } } }
components: { parameters: { A: ${parameter('Accept')} } }
`,
  });
  type Node = { readonly parameters?: readonly { readonly name: string }[] };
  const item = document.paths['/a'] as unknown as Node & { readonly get: Node };
  expect([item, item.get].map(({ parameters = [] }) => parameters.map(({ name }) => name))).toEqual(left);
});
