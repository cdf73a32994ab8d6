import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createConsolePages } from '../../runtime/mock/console/pages.ts';
import { makeConsoleAssets } from '../../scripts/commands/mock/console-assets.ts';
import { providerOf } from './provider-of.ts';
import { type Started, startGateway } from './support.ts';

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const answering = (schema: object) => ({
  responses: { 200: { description: 'ok', content: { 'application/json': { schema } } } },
});
const get = (operationId: string, schema: object) => ({ get: { operationId, ...answering(schema) } });

/** Ten levels with four references each, and at the end a value that cannot exist: every attempt is rejected. */
const fan = (end: object) =>
  Object.fromEntries(
    Array.from({ length: 10 }, (_, level) => {
      const names = ['c0', 'c1', 'c2', 'c3'];
      const member = level === 0 ? end : ref(`L${level - 1}`);
      return [
        `L${level}`,
        { type: 'object', required: names, properties: Object.fromEntries(names.map((name) => [name, member])) },
      ];
    }),
  );

const SLOW = {
  openapi: '3.1.0',
  info: { title: 'Slow', version: '1' },
  paths: {
    '/fan': get('fan', ref('L6')),
    '/impossible': get('impossible', ref('Impossible')),
    '/deep': get('deep', ref('Deep')),
  },
  components: {
    schemas: {
      ...fan({ type: 'string' }),
      Impossible: {
        type: 'object',
        required: ['n', 'more'],
        properties: { n: { type: 'integer', multipleOf: 7, minimum: 8, maximum: 13 }, more: ref('L3') },
      },
      // A value ends only after 600 schemas inside each other.
      Deep: {
        type: 'object',
        required: ['inner'],
        properties: { inner: { type: 'array', minItems: 1, items: ref('Deep') } },
      },
    },
  },
};
const QUICK = {
  openapi: '3.1.0',
  info: { title: 'Quick', version: '1' },
  paths: { '/quick': get('quick', { type: 'integer' }) },
};

let mock: Started;
beforeAll(async () => {
  const providers = new Map([
    ['slow', await providerOf(SLOW, 'slow')],
    ['quick', await providerOf(QUICK, 'quick')],
  ]);
  mock = await startGateway({
    providers: [...providers].map(([name, provider]) => ({ name, load: async () => provider })),
    pages: (gateway) =>
      createConsolePages({
        gateway,
        url: () => mock.url,
        fires: {},
        stateful: false,
        docs: false,
        atRoot: true,
        assets: makeConsoleAssets,
      }),
  });
  // Each loads what it needs with its first request.
  for (const path of ['/quick/quick', '/', '/slow/fan']) await (await fetch(mock.url + path)).arrayBuffer();
});
afterAll(() => mock.close());

describe('a slow response does not block others', () => {
  it.each(['impossible', 'deep'])('/%s', async (name) => {
    const order: string[] = [];
    const ask = async (path: string, prefer = '') => {
      const response = await fetch(mock.url + path, { headers: { prefer } });
      await response.arrayBuffer();
      order.push(path);
      return response.status;
    };
    const slow = ask(`/slow/${name}`, 'dynamic=true, seed=1');
    expect(await Promise.all([ask('/quick/quick'), ask('/')])).toEqual([200, 200]);
    expect(await slow).toBe(200);
    expect(order.at(-1)).toBe(`/slow/${name}`);
  });
});
