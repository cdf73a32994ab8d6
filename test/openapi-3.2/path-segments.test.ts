import { afterAll, describe, expect, test } from 'vitest';
import { packageOf, removePackages } from '../runtime/bodies/packages.ts';

const responses = { 204: { description: 'done' } };
const parameter = { name: 'p', in: 'path', required: true, allowReserved: true, schema: { type: 'string' } };
const made = await packageOf(
  {
    '/files/{p}': { get: { operationId: 'last', parameters: [parameter], responses } },
    '/files/{p}/meta': { get: { operationId: 'middle', parameters: [parameter], responses } },
    '/labels/{p}': { get: { operationId: 'label', parameters: [{ ...parameter, style: 'label' }], responses } },
  },
  { openapi: '3.2.0' },
);
afterAll(removePackages);

/** [operation, value, what is sent; undefined: the call is rejected] */
const rows: readonly (readonly [operation: string, value: string, target: string | undefined])[] = [
  ['last', '%2e', undefined],
  ['last', '%2e%2e', undefined],
  ['last', '%2E%2E', undefined],
  ['last', '.%2e', undefined],
  ['last', '%2e.', undefined],
  ['last', '..', undefined],
  ['middle', '%2e%2e', undefined],
  ['middle', '%2E', undefined],
  ['label', '%2e', undefined],
  ['label', '.', undefined],
  ['last', '%2e%2e%2e', '/files/%2e%2e%2e'],
  ['last', '%2ea', '/files/%2ea'],
  ['last', '%2e%2e/x', '/files/%2e%2e%2Fx'],
  ['middle', 'a%2F%2e%2e', '/files/a%2F%2e%2e/meta'],
  ['last', '%3F', '/files/%3F'],
  ['last', 'a:@!$&;=', '/files/a:@!$&;='],
];

describe('a value with escapes stays one path segment', () => {
  test.each(rows)('%s: %s', async (operation, value, target) => {
    const call = made.sent(operation, { path: { p: value } }).then(
      (sent) => sent.target,
      (error: Error) => error.message,
    );
    expect(await call).toEqual(target ?? expect.stringContaining('/path/p: not a valid path segment'));
  });
});
