import { afterAll, expect, test } from 'vitest';
import { packageOf, removePackages } from './packages.ts';

const list = (name: string, items: object) => ({ name, in: 'query', explode: false, schema: { type: 'array', items } });
const media = await packageOf({
  '/q': {
    get: {
      operationId: 'q',
      parameters: [
        list('text', { type: 'string' }),
        list('whole', { type: 'integer' }),
        list('number', { type: 'number' }),
        list('flag', { type: 'boolean' }),
        list('either', { type: ['integer', 'string'] }),
      ],
      responses: { '204': { description: 'ok' } },
    },
  },
});
afterAll(removePackages);

const rows: readonly (readonly [query: string, want: object | number])[] = [
  ['whole=1,2', { whole: [1, 2] }],
  ['whole=1%2C2', { whole: [1, 2] }],
  ['whole=1%2c2%2c3', { whole: [1, 2, 3] }],
  ['whole=1', { whole: [1] }],
  ['number=1.5%2C-2', { number: [1.5, -2] }],
  ['flag=true%2Cfalse', { flag: [true, false] }],
  ['text=a,b', { text: ['a', 'b'] }],
  ['text=a%2Cb', { text: ['a,b'] }],
  ['text=a%2Cb,c', { text: ['a,b', 'c'] }],
  ['either=1%2C2', { either: ['1,2'] }],
  ['whole=1%2Cx', 400],
  ['whole=1%2C2,3', 400],
];
test.each(rows)('%s', async (query, want) => {
  let read: unknown;
  const handler = (input: { readonly query: unknown }) => {
    read = input.query;
    return { status: 204 };
  };
  await media.serving({ q: handler }, async (url) => {
    const { status } = await fetch(`${url}/q?${query}`);
    if (status !== 204) read = status;
  });
  expect(read).toEqual(want);
});
