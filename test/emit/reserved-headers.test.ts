import { expect, it } from 'vitest';
import { emitTypes } from '../../scripts/emit/types/emit-types.ts';
import { buildApi } from '../../scripts/model/index.ts';

const header = (name: string, required = true) => ({ name, in: 'header', required, schema: { type: 'string' } });

/** OpenAPI 3.1.1, section 4.8.12.1. */
it.each<[name: string, ignored: boolean, parameter: object]>([
  ['Accept', true, header('Accept')],
  ['Content-Type', true, header('Content-Type')],
  ['Authorization', true, header('Authorization')],
  ['content-type', true, header('content-type')],
  ['AUTHORIZATION', true, header('AUTHORIZATION', false)],
  ['Content-Type', true, { $ref: '#/components/parameters/Type' }],
  ['Accept-Language', false, header('Accept-Language')],
  ['Content-Type', false, { ...header('Content-Type'), in: 'query' }],
  ['Authorization', false, { ...header('Authorization'), in: 'cookie' }],
])('types, validators and descriptors agree on %s: ignored %s', (name, ignored, parameter) => {
  const document = {
    openapi: '3.1.0',
    info: { title: 'Headers', version: '1' },
    paths: {
      '/a': { parameters: [parameter], get: { operationId: 'a', responses: {} } },
      '/b': { get: { operationId: 'b', parameters: [parameter], responses: {} } },
    },
    components: { parameters: { Type: header('Content-Type') } },
  };
  const api = buildApi({ document: document as never, locate: () => ({}) as never }, 'x');
  const [{ text = '' } = {}] = emitTypes(api);
  const paths = text.slice(0, text.indexOf('export interface components'));
  const operations = text.slice(text.indexOf('export interface operations'));
  expect(api.operations.map(({ parameters }) => parameters.length)).toEqual(ignored ? [0, 0] : [1, 1]);
  expect((paths + operations).toLowerCase().includes(name.toLowerCase())).toBe(!ignored);
});
