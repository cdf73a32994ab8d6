import { describe, expect, test } from 'vitest';
import { expandWith, placeOf } from './expand-with.ts';

const head = (version: string) => `openapi: ${version}\ninfo: { title: T, version: '1' }\n`;

describe('OpenAPI 3.0 becomes 3.1', () => {
  test.each([
    ['nullable with a type', { type: 'string', nullable: true }, { type: ['string', 'null'] }],
    ['nullable: false', { type: 'string', nullable: false }, { type: 'string' }],
    ['nullable enum', { type: 'string', nullable: true, enum: ['a'] }, { type: ['string', 'null'], enum: ['a', null] }],
    [
      'nullable enum with null',
      { type: 'string', nullable: true, enum: [null] },
      { type: ['string', 'null'], enum: [null] },
    ],
    [
      'nullable anyOf',
      { nullable: true, anyOf: [{ type: 'string' }] },
      { anyOf: [{ type: 'string' }, { type: 'null' }] },
    ],
    [
      'nullable oneOf',
      { nullable: true, oneOf: [{ type: 'string' }] },
      { oneOf: [{ type: 'string' }, { type: 'null' }] },
    ],
    [
      'nullable allOf',
      { nullable: true, description: 'd', allOf: [{ $ref: '#/components/schemas/B' }] },
      { anyOf: [{ allOf: [{ $ref: '#/components/schemas/B' }] }, { type: 'null' }], description: 'd' },
    ],
    ['nullable alone', { nullable: true, description: 'd' }, { description: 'd' }],
    [
      'nullable beside $ref',
      { $ref: '#/components/schemas/B', nullable: true },
      { anyOf: [{ $ref: '#/components/schemas/B' }, { type: 'null' }] },
    ],
    [
      'keywords without an effect beside $ref',
      { $ref: '#/components/schemas/B', description: 'd', minLength: 3 },
      { $ref: '#/components/schemas/B', description: 'd' },
    ],
    ['exclusiveMinimum: true', { minimum: 1, exclusiveMinimum: true }, { exclusiveMinimum: 1 }],
    ['exclusiveMinimum: false', { minimum: 1, exclusiveMinimum: false }, { minimum: 1 }],
    ['exclusiveMaximum: true', { maximum: 1, exclusiveMaximum: true }, { exclusiveMaximum: 1 }],
    ['exclusiveMaximum without a bound', { type: 'integer', exclusiveMaximum: true }, { type: 'integer' }],
    ['example', { type: 'string', example: 'a' }, { type: 'string', examples: ['a'] }],
    ['example: null', { type: 'string', example: null }, { type: 'string', examples: [null] }],
    ['a file', { type: 'string', format: 'binary' }, { type: 'string', format: 'binary' }],
    [
      'inside another schema',
      { type: 'array', items: { type: 'object', properties: { nullable: { type: 'string', nullable: true } } } },
      { type: 'array', items: { type: 'object', properties: { nullable: { type: ['string', 'null'] } } } },
    ],
    ['data', { default: { nullable: true, type: 'string' } }, { default: { nullable: true, type: 'string' } }],
  ])('%s', async (_name, given, want) => {
    const { document } = await expandWith({
      'openapi.yaml': `${head('3.0.3')}paths: {}\ncomponents: { schemas: { A: ${JSON.stringify(given)}, B: { type: string } } }\n`,
    });
    expect(document.openapi).toBe('3.1.1');
    expect(document.components?.schemas?.A).toEqual(want);
  });

  test('schemas of parameters, bodies and responses are converted too, and locations stay', async () => {
    const expanded = await expandWith({
      'openapi.yaml': `${head('3.0.3')}paths:
  /a:
    post:
      operationId: a
      parameters:
        - name: p
          in: query
          schema: { type: string, nullable: true }
          example: x
      responses:
        '200':
          description: Fine.
          content:
            application/json:
              schema:
                type: integer
                exclusiveMinimum: true
                minimum: 0
x-webhooks:
  paid: { post: { operationId: paid, responses: {} } }
`,
    });
    const { paths } = expanded.document;
    expect(paths['/a']?.post).toMatchObject({
      parameters: [{ name: 'p', schema: { type: ['string', 'null'] }, example: 'x' }],
      responses: { '200': { content: { 'application/json': { schema: { type: 'integer', exclusiveMinimum: 0 } } } } },
    });
    expect(paths['/paid']).toMatchObject({ 'x-cs-webhook': 'paid' });
    const schema = '/paths/~1a/post/responses/200/content/application~1json/schema';
    expect(placeOf(expanded, `${schema}/exclusiveMinimum`)).toBe('openapi.yaml:19:35');
    expect(placeOf(expanded, '/paths/~1a/post/parameters/0/schema/type/1')).toBe('openapi.yaml:10:21');
  });
});

describe('OpenAPI 3.2 stays unchanged', () => {
  test('nothing is omitted, and referenced media types are inlined', async () => {
    const { document, warnings } = await expandWith({
      'openapi.yaml': `${head('3.2.0')}$self: https://specs.demo.test/a.yaml
tags: [{ name: t, summary: T, kind: nav }]
paths:
  /a:
    query: { operationId: search, responses: {} }
    get:
      operationId: a
      parameters:
        - { name: all, in: querystring, content: { application/json: { schema: { type: object } } } }
        - { name: p, in: query, schema: { type: string } }
        - { name: c, in: cookie, style: cookie, schema: { type: string } }
      responses:
        '200':
          summary: Fine
          description: Fine.
          content:
            application/json: { $ref: '#/components/mediaTypes/Row' }
            text/event-stream: { itemSchema: { type: object } }
components:
  mediaTypes:
    Row: { schema: { type: string }, examples: { one: { dataValue: x } } }
`,
    });
    expect(warnings).toEqual([]);
    const media = { schema: { type: 'string' }, examples: { one: { dataValue: 'x' } } };
    expect(document).toEqual({
      openapi: '3.2.0',
      $self: 'https://specs.demo.test/a.yaml',
      info: { title: 'T', version: '1' },
      tags: [{ name: 't', summary: 'T', kind: 'nav' }],
      paths: {
        '/a': {
          query: { operationId: 'search', responses: {} },
          get: {
            operationId: 'a',
            parameters: [
              { name: 'all', in: 'querystring', content: { 'application/json': { schema: { type: 'object' } } } },
              { name: 'p', in: 'query', schema: { type: 'string' } },
              { name: 'c', in: 'cookie', style: 'cookie', schema: { type: 'string' } },
            ],
            responses: {
              '200': {
                summary: 'Fine',
                description: 'Fine.',
                content: { 'application/json': media, 'text/event-stream': { itemSchema: { type: 'object' } } },
              },
            },
          },
        },
      },
      components: { mediaTypes: { Row: media } },
    });
  });
});
