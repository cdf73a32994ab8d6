import { describe, expect, it } from 'vitest';
import { createMakeUp } from '../../runtime/mock/make-up.ts';
import { createValidators } from '../../runtime/mock/validators.ts';
import { buildApi } from '../../scripts/model/index.ts';

/** Schemas that no finite value matches, and some that one matches: public documents have both. */
const SCHEMAS: { readonly [name: string]: object } = {
  Self: { type: 'object', required: ['parent'], properties: { parent: { $ref: '#/components/schemas/Self' } } },
  A: { type: 'object', required: ['b'], properties: { b: { $ref: '#/components/schemas/B' } } },
  B: { type: 'object', required: ['a'], properties: { a: { $ref: '#/components/schemas/A' } } },
  List: {
    type: 'object',
    required: ['items'],
    properties: { items: { type: 'array', minItems: 1, items: { $ref: '#/components/schemas/List' } } },
  },
  Two: {
    type: 'object',
    required: ['left', 'right'],
    properties: { left: { $ref: '#/components/schemas/Two' }, right: { $ref: '#/components/schemas/Two' } },
  },
  Ends: {
    type: 'object',
    required: ['next'],
    properties: { next: { oneOf: [{ type: 'null' }, { $ref: '#/components/schemas/Ends' }] } },
  },
  Map: { type: 'object', minProperties: 1, additionalProperties: { $ref: '#/components/schemas/Map' } },
  Composed: {
    allOf: [{ type: 'object', required: ['up'], properties: { up: { $ref: '#/components/schemas/Composed' } } }],
  },
};

describe('a schema that requires itself', () => {
  it.each(Object.keys(SCHEMAS))('has a value of bounded size: %s', (name) => {
    const schema = { $ref: `#/components/schemas/${name}` };
    const document = {
      openapi: '3.1.0',
      info: { title: 'Loops', version: '1' },
      paths: {
        '/a': { get: { operationId: 'a', responses: { 200: { content: { 'application/json': { schema } } } } } },
      },
      components: { schemas: SCHEMAS },
    };
    const api = buildApi(
      { document: document as never, locate: () => ({ file: '', line: 1, column: 1 }) as never },
      'x',
    );
    const [operation] = api.operations;
    const value = createMakeUp({ api: api.descriptor, document })(
      { descriptor: operation?.descriptor as never, validators: { responses: {} } },
      {
        status: '200',
        mediaType: 'application/json',
        pointer: operation?.responses[0]?.content[0]?.pointer ?? '',
        code: undefined,
      },
      undefined,
    );
    expect(JSON.stringify(value).length).toBeLessThan(500_000);
  });
});

describe('nullable, as documents write it', () => {
  it.each([
    [{ nullable: true }, null, true],
    [{ nullable: true, description: 'anything' }, 'x', true],
    [{ nullable: false }, 1, true],
    [{ nullable: true, enum: ['a'] }, 'a', true],
    [{ nullable: true, type: 'string' }, null, true],
    [{ nullable: true, type: 'string' }, 1, false],
    [{ nullable: false, type: 'string' }, 'x', true],
    [
      { type: 'object', properties: { nullable: { type: 'boolean' } }, required: ['nullable'] },
      { nullable: true },
      true,
    ],
    [{ type: 'object', properties: { a: { nullable: true } } }, { a: null }, true],
  ])('%j: %j is valid: %s', (schema, value, want) => {
    const validators = createValidators({ components: { schemas: { S: schema } } }, 'response');
    const result = validators.at('/components/schemas/S')['~standard'].validate(value) as { issues?: unknown };
    expect(result.issues === undefined).toBe(want);
  });
});
