import { expect, test } from 'vitest';
import { expandWith } from './expand-with.ts';

const HEAD = "openapi: 3.1.0\ninfo: { title: T, version: '1' }\n";
const OK = "responses: { '204': { description: done } }";
const SIGNED = 'security: [{ signed: [] }]';
const components = (signing: string, more = ''): string => `components:
  ${more}
  securitySchemes:
    key: { type: apiKey, in: query, name: key }
    signed: { type: apiKey, in: query, name: signature, x-cs-signing: { algorithm: hmac-sha256, ${signing} } }
`;
const QUERY =
  'timestamp: { in: query, name: ts, unit: s, tolerance: 60 }, credentials: { apiKey: { in: header, name: X-Key }, secret: {} }';
const BODY =
  'timestamp: { in: body, name: ts, unit: s, tolerance: 60 }, nonce: { in: body, pointer: /head/nonce }, credentials: { secret: {} }';
const parameter = (name: string, more = 'in: query'): string =>
  `{ name: ${name}, ${more}, required: true, schema: { type: string } }`;
const get = (security: string, ...parameters: readonly string[]): string =>
  `paths: { /a: { get: { ${security}, parameters: [${parameters.join(', ')}], ${OK} } } }\n`;
const post = (schema: string, type = 'application/json'): string =>
  `paths: { /a: { post: { ${SIGNED}, requestBody: { content: { ${type}: { schema: ${schema} } } }, ${OK} } } }\n`;

/** [description, the paths and components, names that remain in `get /a`; `?` is not required] */
const parameters: readonly (readonly [name: string, text: string, left: readonly string[]])[] = [
  ['the signature', get(SIGNED, parameter('signature'), parameter('page')) + components(QUERY), ['page']],
  [
    'a credential, in a header of any case',
    get(SIGNED, parameter('page'), parameter('ts')) + components(QUERY),
    ['page'],
  ],
  ['a credential, in a header of any case', get(SIGNED, parameter('x-key', 'in: header')) + components(QUERY), []],
  ['the same name in another location', get(SIGNED, parameter('ts', 'in: header')) + components(QUERY), ['ts']],
  ['a name in another case in the query', get(SIGNED, parameter('TS')) + components(QUERY), ['TS']],
  [
    'an operation without the scheme',
    get('security: []', parameter('ts'), parameter('signature')) + components(QUERY),
    ['ts', 'signature'],
  ],
  ['a scheme without signing', get('security: [{ key: [] }]', parameter('ts')) + components(QUERY), ['ts']],
  ['one of two schemes', get('security: [{ key: [] }, { signed: [] }]', parameter('ts')) + components(QUERY), []],
  [
    'by the security of the document',
    `${SIGNED}\npaths: { /a: { get: { parameters: [${parameter('ts')}], ${OK} } } }\n${components(QUERY)}`,
    [],
  ],
  [
    'a parameter by reference',
    get(SIGNED, "{ $ref: '#/components/parameters/Ts' }") + components(QUERY, `parameters: { Ts: ${parameter('ts')} }`),
    [],
  ],
  [
    'a packed header',
    get(SIGNED, parameter('X-Packed', 'in: header')) +
      components("packed: { name: x-packed, values: { s: '{signature}' } }, credentials: { secret: {} }"),
    [],
  ],
  [
    'a computed header',
    get(SIGNED, parameter('Content-Digest', 'in: header')) +
      components('computed: { content-digest: body }, credentials: { secret: {} }'),
    [],
  ],
  [
    'a message id, which a caller can set',
    get(SIGNED, parameter('X-Id', 'in: header')) +
      components('id: { in: header, name: x-id }, credentials: { secret: {} }'),
    ['X-Id?'],
  ],
  [
    'a window, which a caller can set',
    get(SIGNED, parameter('recvWindow')) +
      components(
        'timestamp: { in: query, name: ts, unit: ms, tolerance: 5, window: { in: query, name: recvWindow } }, credentials: { secret: {} }',
      ),
    ['recvWindow?'],
  ],
];
type Named = { readonly name: string; readonly required: boolean };
const namesOf = (list: readonly unknown[] = []): readonly string[] =>
  (list as readonly Named[]).map(({ name, required }) => `${name}${required ? '' : '?'}`);

test.each(parameters)('parameters: %s', async (_, text, left) => {
  const { document } = await expandWith({ 'openapi.yaml': HEAD + text });
  const { get: operation } = document.paths['/a'] as { get: { parameters: readonly unknown[] } };
  expect(namesOf(operation.parameters)).toEqual(left);
});

test('keeps path item parameters for the operations that are not signed', async () => {
  const text = `paths:
  /a:
    parameters: [${parameter('ts')}, ${parameter('page')}]
    get: { ${SIGNED}, parameters: [${parameter('page', 'in: query, description: own')}], ${OK} }
    put: { security: [], ${OK} }
`;
  const { document } = await expandWith({ 'openapi.yaml': HEAD + text + components(QUERY) });
  const item = document.paths['/a'] as Record<'get' | 'put', { parameters?: readonly unknown[] }>;
  expect([namesOf(item.get.parameters), namesOf(item.put.parameters)]).toEqual([['page'], ['ts', 'page']]);
  expect('parameters' in item).toBe(false);
});

const object = (required: string, more = ''): string =>
  `{ type: object, required: [${required}], properties: { ts: { type: integer }, amount: { type: number }, head: { type: object, required: [nonce], properties: { nonce: { type: string } } } }${more} }`;
/** [description, the paths and components, required properties of the body, in all of its schemas in order] */
const bodies: readonly (readonly [name: string, text: string, asked: readonly (readonly string[])[]])[] = [
  ['JSON properties', post(object('ts, amount')) + components(BODY), [['amount']]],
  ['only values of the scheme', post(object('ts')) + components(BODY), []],
  ['an object that contains one', post(object('head, amount')) + components(BODY), [['amount']]],
  [
    'fields of a form',
    post(object('ts, amount'), 'application/x-www-form-urlencoded') + components(BODY),
    [['amount']],
  ],
  [
    'JSON of a vendor media type',
    post(object('ts, amount'), 'application/vnd.acme+json') + components(BODY),
    [['amount']],
  ],
  [
    'a schema by reference',
    post("{ $ref: '#/components/schemas/S' }") + components(BODY, `schemas: { S: ${object('ts, amount')} }`),
    [['amount']],
  ],
  [
    'parts of a schema',
    post(`{ allOf: [${object('ts, amount')}, { required: [ts, b] }] }`) + components(BODY),
    [['amount'], ['b']],
  ],
  [
    'a reference with a description beside it',
    post("{ $ref: '#/components/schemas/S', description: d, required: [ts, c] }") +
      components(BODY, `schemas: { S: ${object('ts, amount')} }`),
    [['amount'], ['c']],
  ],
  [
    'choices',
    post(`{ oneOf: [${object('ts, amount')}, { type: object, required: [ts] }] }`) + components(BODY),
    [['amount']],
  ],
  [
    'a recursive schema',
    post("{ $ref: '#/components/schemas/S' }") +
      components(
        BODY,
        "schemas: { S: { required: [ts, a], anyOf: [{ $ref: '#/components/schemas/S' }, { required: [ts, b] }] } }",
      ),
    [['b'], ['a']],
  ],
  [
    'a scheme without values in the body',
    post(object('ts, amount')) + components(QUERY),
    [['nonce'], ['ts', 'amount']],
  ],
];
function requiredOf(value: unknown): readonly (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [];
  const { required, ...rest } = value as { readonly required?: readonly string[] };
  return [...Object.values(rest).flatMap(requiredOf), ...(required ? [required] : [])];
}
test.each(bodies)('bodies: %s', async (_, text, asked) => {
  const { document } = await expandWith({ 'openapi.yaml': HEAD + text });
  const { post: operation } = document.paths['/a'] as { post: { requestBody: unknown } };
  expect(requiredOf(operation.requestBody)).toEqual(asked);
});
