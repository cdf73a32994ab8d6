import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { URLSearchParams } from 'node:url';
import express from 'express';
import { afterAll, describe, expect, test } from 'vitest';
import { packageOf, removePackages, taking } from './packages.ts';

const text = { type: 'string' };
const strings = { type: 'array', items: text };
const deep = { style: 'deepObject', explode: true };
const price = {
  type: 'object',
  properties: {
    price: text,
    quantity: { type: 'integer' },
    tags: strings,
    data: { type: 'object', additionalProperties: text },
  },
};
const pair = { type: 'object', properties: { r: { type: 'integer' }, g: { type: 'integer' } } };
const open = { type: 'object', additionalProperties: text };
const schema = {
  type: 'object',
  properties: {
    plain: text,
    repeated: strings,
    commas: strings,
    spaces: strings,
    pipes: { type: 'array', items: { type: 'integer' } },
    piped: strings,
    spread: pair,
    packed: pair,
    metadata: open,
    expand: strings,
    items: { type: 'array', items: price },
    json: text,
    jsonList: { type: 'array', items: { type: 'integer' } },
    object: pair,
    reserved: text,
    nested: {
      type: 'object',
      properties: { card: { type: 'object', properties: { number: { type: 'integer' }, ok: { type: 'boolean' } } } },
    },
  },
};
const encoding = {
  commas: { style: 'form', explode: false },
  spaces: { style: 'spaceDelimited', explode: false },
  pipes: { style: 'pipeDelimited' },
  piped: { style: 'pipeDelimited' },
  spread: { style: 'form', explode: true },
  packed: { explode: false },
  metadata: deep,
  expand: deep,
  items: deep,
  json: { contentType: 'application/json' },
  jsonList: { contentType: 'application/json' },
  reserved: { allowReserved: true },
  nested: { style: 'deepObject' },
};
const FORM = 'application/x-www-form-urlencoded';
const form = await packageOf({ '/form': taking('form', { [FORM]: { schema, encoding } }) });
afterAll(removePackages);

/** [description, the value of a body, how it is sent] */
const rows: readonly (readonly [name: string, body: object, wire: string])[] = [
  ['text', { plain: 'a b&c=é+%' }, 'plain=a+b%26c%3D%C3%A9%2B%25'],
  ['a list repeats its name', { repeated: ['1', '2'] }, 'repeated=1&repeated=2'],
  ['a list separated by commas', { commas: ['x', 'y,z'] }, 'commas=x,y%2Cz'],
  ['a list separated by spaces', { spaces: ['x', 'y&z'] }, 'spaces=x%20y%26z'],
  ['a list separated by pipes', { pipes: [1, 2] }, 'pipes=1%7C2'],
  ['an exploded object', { spread: { r: 1, g: 2 } }, 'r=1&g=2'],
  ['an object in one value', { packed: { r: 1, g: 2 } }, 'packed=r,1,g,2'],
  ['deepObject', { metadata: { a: '1', 'b c': '2' } }, 'metadata%5Ba%5D=1&metadata%5Bb+c%5D=2'],
  ['deepObject of a list', { expand: ['charge', 'customer'] }, 'expand%5B0%5D=charge&expand%5B1%5D=customer'],
  [
    'deepObject of a list of objects',
    {
      items: [
        { price: 'p', quantity: 2, tags: ['t'] },
        { price: 'q', data: { k: 'v' } },
      ],
    },
    'items%5B0%5D%5Bprice%5D=p&items%5B0%5D%5Bquantity%5D=2&items%5B0%5D%5Btags%5D%5B0%5D=t&items%5B1%5D%5Bprice%5D=q&items%5B1%5D%5Bdata%5D%5Bk%5D=v',
  ],
  [
    'deepObject in deepObject',
    { nested: { card: { number: 42, ok: true } } },
    'nested%5Bcard%5D%5Bnumber%5D=42&nested%5Bcard%5D%5Bok%5D=true',
  ],
  ['JSON text', { json: 'hi' }, 'json=%22hi%22'],
  ['a list as one JSON value', { jsonList: [1, 2] }, 'jsonList=%5B1%2C2%5D'],
  ['an object is JSON', { object: { r: 1 } }, 'object=%7B%22r%22%3A1%7D'],
  ['reserved characters', { reserved: 'a/b?c:d&e=f' }, 'reserved=a/b?c:d%26e%3Df'],
];

describe('a form', () => {
  test.each(rows)('%s: the client sends it', async (_, body, wire) => {
    const received = await form.sent('form', { body });
    expect([received.headers['content-type'], received.body]).toEqual([FORM, wire]);
  });

  test.each(rows)('%s: the server parses it', async (_, body, wire) => {
    const init = { method: 'POST', headers: { 'content-type': FORM }, body: wire };
    expect(await form.read('form', '/form', init)).toEqual(body);
  });

  test.each(rows)('%s: from our client to our server', async (_, body) => {
    let read: unknown;
    const handler = (input: { readonly body: unknown }) => {
      read = input.body;
      return { status: 204 };
    };
    const { error } = await form.serving(
      { form: handler },
      async (url) => (await form.client(url).form?.({ body })) ?? {},
    );
    expect([error?.message, read]).toEqual([undefined, body]);
  });

  test.each([
    [{ spaces: ['x', 'y z'] }, 'an item of spaces contains " ", the delimiter of spaceDelimited'],
    [{ piped: ['a|b'] }, 'an item of piped contains "|", the delimiter of pipeDelimited'],
  ])('the client does not send a delimiter in an item: %j', async (body, message) => {
    await expect(form.sent('form', { body })).rejects.toThrow(message);
  });

  test('the client omits undefined and null', async () => {
    const body = { plain: undefined, metadata: { a: undefined, b: 'x' }, commas: [] };
    expect((await form.sent('form', { body })).body).toBe('metadata%5Bb%5D=x');
  });

  const spelled: readonly (readonly [name: string, wire: string, want: unknown])[] = [
    ['unencoded brackets', 'metadata[a]=1&metadata[b]=2', { metadata: { a: '1', b: '2' } }],
    ['a list with empty brackets', 'expand[]=a&expand[]=b', { expand: ['a', 'b'] }],
    ['a list that repeats its name', 'expand=a&expand=b', { expand: ['a', 'b'] }],
    ['indexes out of order', 'expand[1]=b&expand[0]=a', { expand: ['a', 'b'] }],
    [
      'objects after empty brackets',
      'items[][price]=p&items[][quantity]=1&items[][price]=q',
      { items: [{ price: 'p', quantity: 1 }, { price: 'q' }] },
    ],
    ['an encoded comma in an item', 'commas=a%2Cb,c', { commas: ['a,b', 'c'] }],
    ['text that is not JSON', 'json=hi', { json: 'hi' }],
    [
      'names that every object inherits',
      'metadata[__proto__]=x&metadata[constructor]=y',
      { metadata: JSON.parse('{"__proto__":"x","constructor":"y"}') },
    ],
  ];
  test.each(spelled)('the server parses the format of other clients: %s', async (_, wire, want) => {
    const init = { method: 'POST', headers: { 'content-type': FORM }, body: wire };
    expect(await form.read('form', '/form', init)).toEqual(want);
  });

  test('the server rejects an invalid value and reports its location', async () => {
    const init = { method: 'POST', headers: { 'content-type': FORM }, body: 'items[0][quantity]=many' };
    expect(await form.read('form', '/form', init)).toMatchObject({
      status: 400,
      body: expect.stringContaining('/items/0/quantity'),
    });
  });
});

/** As Express reads forms: with `qs`, which reads what Rack and PHP read. */
async function readByExpress(use: (url: string) => Promise<void>): Promise<unknown> {
  let read: unknown;
  const app = express().use(express.urlencoded({ extended: true }));
  app.post('/form', (request, response) => {
    read = request.body;
    response.sendStatus(204);
  });
  const server = createServer(app).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  server.close();
  return read;
}

test('Express parses what our client sends', async () => {
  const body = {
    metadata: { a: '1' },
    expand: ['x', 'y'],
    items: [{ price: 'p', tags: ['t', 'u'] }],
    nested: { card: { number: 42 } },
  };
  const read = await readByExpress(async (url) => {
    const result = await form.client(url).form?.({ body });
    expect(result?.error).toBeUndefined();
  });
  expect(read).toEqual({ ...body, nested: { card: { number: '42' } } });
});

test('our server parses what URLSearchParams writes', async () => {
  const body = new URLSearchParams({ plain: 'ü &', 'metadata[a]': 'x' });
  expect(await form.read('form', '/form', { method: 'POST', body })).toEqual({ plain: 'ü &', metadata: { a: 'x' } });
});
