import { afterAll, beforeAll, expect, test } from 'vitest';
import { clientOf } from './fixtures.ts';
import { json, serve, type TestServer } from './serve.ts';

let server: TestServer;
beforeAll(async () => {
  server = await serve((_, answer) => json(answer, {}));
});
afterAll(() => server.close());

const base = {
  name: 'p',
  in: 'path',
  required: true,
  style: 'simple',
  explode: false,
  shape: { kind: 'any' },
} as const;

type Row = readonly [value: unknown, want: string | undefined, more?: object];
const rows: readonly Row[] = [
  ['a', '/api/files/a/x'],
  ['a/b', '/api/files/a%2Fb/x'],
  ['../../admin', '/api/files/..%2F..%2Fadmin/x'],
  ['a?x=1', '/api/files/a%3Fx%3D1/x'],
  ['a#b', '/api/files/a%23b/x'],
  ['a%2Fb', '/api/files/a%252Fb/x'],
  ['a\\b', '/api/files/a%5Cb/x'],
  ['a:b@c', '/api/files/a%3Ab%40c/x'],
  ['..', undefined],
  ['.', undefined],
  ['', undefined],
  [['a/b', '..'], '/api/files/a%2Fb,../x'],
  [{ a: '/', b: '?' }, '/api/files/a=%2F,b=%3F/x', { explode: true }],
  ['../x', '/api/files/...%2Fx/x', { style: 'label' }],
  ['../x', '/api/files/;p=..%2Fx/x', { style: 'matrix' }],
];

test.each([true, false])('a value stays within its path segment, allowReserved %s', async (allowReserved) => {
  for (const [value, want, more] of rows) {
    const parameter = { ...base, allowReserved, ...more };
    const client = clientOf({ path: '/files/{p}/x', parameters: [parameter] }, { baseUrl: `${server.url}/api` });
    const before = server.received.length;
    const { error } = await client.op({ path: { p: value } });
    expect([value, server.received.slice(before).map(({ target }) => target), error?.kind]).toEqual([
      value,
      want === undefined ? [] : [want],
      want === undefined ? 'validation' : undefined,
    ]);
  }
});
