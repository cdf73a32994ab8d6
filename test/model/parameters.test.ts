import { expect, test } from 'vitest';
import { buildApi } from '../../scripts/model/index.ts';
import type { ExpandedDocument } from '../../scripts/model/types.ts';

const documentOf = (parameters: readonly object[], timeout?: object) =>
  ({
    openapi: '3.1.0',
    info: { title: 'Test', version: '1.0.0' },
    ...(timeout && { 'x-cs-timeout': timeout }),
    paths: { '/': { get: { operationId: 'op', parameters, responses: { 200: { description: 'Done.' } } } } },
    components: { schemas: { Token: { type: 'string', format: 'password' } } },
  }) as unknown as ExpandedDocument;

const build = (...given: Parameters<typeof documentOf>) =>
  buildApi({ document: documentOf(...given), locate: () => ({ file: '', line: 1, column: 1 }) as never }, 'test');

test.each<[object, true | undefined]>([
  [{ type: 'string', format: 'password' }, true],
  [{ $ref: '#/components/schemas/Token' }, true],
  [{ allOf: [{ $ref: '#/components/schemas/Token' }] }, true],
  [{ type: 'string', format: 'uuid' }, undefined],
  [{ type: 'string', description: 'password' }, undefined],
])('a parameter of %j: secret is %s', (schema, want) => {
  const { operations } = build([{ name: 'token', in: 'query', schema }]);
  expect(operations[0]?.descriptor.parameters[0]?.secret).toBe(want);
});

test.each([
  ['query', 'weird', 'form'],
  ['cookie', 'cookie', 'form'],
  ['header', 'weird', 'simple'],
  ['query', 'deepObject', 'deepObject'],
])('a parameter in %s of style %s is written as %s', (place, style, want) => {
  const { operations } = build([{ name: 'p', in: place, style, schema: { type: 'string' } }]);
  expect(operations[0]?.descriptor.parameters[0]?.style).toBe(want);
});

test.each([
  [{ connect: 3, attempt: 10 }, { attempt: 10 }],
  [{ connect: 3 }, undefined],
  [undefined, undefined],
])('the runtime receives, for the limits %j, %j', (given, want) => {
  expect(build([], given).descriptor.timeout).toEqual(want);
});
