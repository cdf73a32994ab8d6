import { afterAll, describe, expect, test } from 'vitest';
import { packageOf, removePackages } from '../runtime/bodies/packages.ts';

/** Names of HTTP methods, of client members and of every function: operations keep them. */
const KEPT = [
  ...['get', 'put', 'post', 'patch', 'head', 'options', 'trace', 'query', 'request', 'fetch', 'use', 'close'],
  ...['servers', 'settings', 'call', 'apply', 'bind', 'name', 'length', 'stream', 'pages'],
];
/** No variable can have these names, or every object has a property of that name. */
const NUMBERED = ['delete', 'class', 'new', 'then', 'toString', 'valueOf', 'constructor'];
const rows: readonly (readonly [operationId: string, name: string])[] = [
  ...KEPT.map((name) => [name, name] as const),
  ...NUMBERED.map((name) => [name, `${name}2`] as const),
  ['get-resource', 'getResource'],
  ['put_resource', 'putResource'],
];

const responses = { 204: { description: 'done' } };
const made = await packageOf(
  Object.fromEntries(rows.map(([operationId]) => [`/of/${operationId}`, { get: { operationId, responses } }])),
);
afterAll(removePackages);

describe('a call of the client can have the name of an HTTP method or a JavaScript keyword', () => {
  test.each(rows)('%s: client.%s', async (operationId, name) => {
    const { target, method } = await made.sent(name, {});
    expect([method, target]).toEqual(['GET', `/of/${operationId}`]);
  });
});
