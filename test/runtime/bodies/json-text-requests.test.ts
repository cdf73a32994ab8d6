import { afterAll, describe, expect, test } from 'vitest';
import { packageOf, removePackages, taking } from './packages.ts';

const object = { type: 'object', required: ['n'], properties: { n: { type: 'integer' }, s: { type: 'string' } } };
const list = { type: 'array', items: object };
const types = (schema: object, ...names: string[]) => Object.fromEntries(names.map((name) => [name, { schema }]));
const ASP = ['text/plain', 'application/json', 'text/json'];
const ref = { $ref: '#/components/schemas/Item' };

const CONTENTS: Readonly<Record<string, object>> = {
  item: types(object, ...ASP),
  list: types(list, ...ASP),
  referred: types(ref, 'text/plain', 'application/json'),
  merged: types({ allOf: [ref] }, 'text/plain', 'text/json'),
  plain: types(object, 'text/plain'),
  plainList: types(list, 'text/plain'),
  plainMap: types({ type: 'object', additionalProperties: { type: 'integer' } }, 'text/plain'),
  plainReferred: types(ref, 'text/plain; charset=utf-8'),
  plainNullable: types({ type: ['object', 'null'], properties: { n: { type: 'integer' } } }, 'text/plain'),
  plainUnion: types({ oneOf: [ref, list] }, 'text/plain'),
  besideCsv: { ...types({ type: 'string' }, 'text/csv'), ...types(object, 'text/plain') },
  form: types(object, 'text/plain', 'application/x-www-form-urlencoded'),
  latin: types(object, 'text/plain; charset=iso-8859-1'),
  text: types({ type: 'string' }, ...ASP),
  count: types({ type: 'integer' }, 'text/plain'),
  either: types({ oneOf: [{ type: 'string' }, ref] }, 'text/plain'),
};
const paths = Object.entries(CONTENTS).map(([name, content]) => [`/${name}`, taking(name, content)] as const);
const made = await packageOf(Object.fromEntries(paths), { components: { schemas: { Item: object } } });
afterAll(removePackages);

const one = { n: 1 };
const JSON_TYPE = 'application/json';

/** [operation, body, the media type that the caller chooses, the media type and the bytes on the wire] */
type Row = readonly [operation: string, body: unknown, chosen: string | undefined, type: string, text: string];
const SENT: readonly Row[] = [
  ['item', one, undefined, JSON_TYPE, '{"n":1}'],
  ['item', one, 'text/plain', 'text/plain', '{"n":1}'],
  ['item', one, 'text/json', 'text/json', '{"n":1}'],
  ['list', [one], undefined, JSON_TYPE, '[{"n":1}]'],
  ['list', [one], 'text/plain', 'text/plain', '[{"n":1}]'],
  ['referred', one, undefined, JSON_TYPE, '{"n":1}'],
  ['merged', one, undefined, 'text/json', '{"n":1}'],
  ['plain', one, undefined, 'text/plain', '{"n":1}'],
  ['plainList', [one], undefined, 'text/plain', '[{"n":1}]'],
  ['plainList', [], undefined, 'text/plain', '[]'],
  ['plainMap', { a: 1 }, undefined, 'text/plain', '{"a":1}'],
  ['plainReferred', one, undefined, 'text/plain; charset=utf-8', '{"n":1}'],
  ['plainNullable', null, undefined, 'text/plain', 'null'],
  ['plainNullable', one, undefined, 'text/plain', '{"n":1}'],
  ['plainUnion', [one], undefined, 'text/plain', '[{"n":1}]'],
  ['besideCsv', one, undefined, 'text/plain', '{"n":1}'],
  ['form', one, 'text/plain', 'text/plain', '{"n":1}'],
  ['plain', { n: 1, s: 'é' }, undefined, 'text/plain', '{"n":1,"s":"é"}'],
  ['text', 'a', undefined, 'text/plain', 'a'],
  ['count', 5, undefined, 'text/plain', '5'],
  ['either', '{"n":1}', undefined, 'text/plain', '{"n":1}'],
];

describe('plain text that is JSON', () => {
  test.each(SENT)('the client sends %s %j as %s', async (operation, body, contentType, type, text) => {
    const sent = await made.sent(operation, { body, ...(contentType && { contentType }) });
    expect([sent.headers['content-type'], sent.body]).toEqual([type, text]);
  });

  test.each(SENT)('the server reads %s %j from the client: %s', async (operation, body, contentType) => {
    const read: unknown[] = [];
    const handler = (input: { readonly body: unknown }) => {
      read.push(input.body);
      return { status: 204 };
    };
    const error = await made.serving({ [operation]: handler }, async (url) => {
      const result = await made.client(url)[operation]?.({ body, ...(contentType && { contentType }) });
      return result?.error?.message;
    });
    expect([error, read]).toEqual([undefined, [body]]);
  });

  test.each([
    ['item', 'text/plain', '{"n":1}', one],
    ['item', 'text/plain; charset=utf-8', ' {"n":1}\n', one],
    ['item', 'text/json', '{"n":1}', one],
    ['item', JSON_TYPE, '{"n":1}', one],
    ['plain', 'text/plain', '{"n":"1"}', 400],
    ['plain', 'text/plain', '{"n":', 400],
    ['plain', 'text/plain', 'n=1', 400],
    ['plain', 'text/plain', '', 400],
    ['plainList', 'text/plain', '{"n":1}', 400],
    ['plain', JSON_TYPE, '{"n":1}', 415],
    ['plain', 'text/plain', '{"n":9007199254740993}', 400],
    ['text', 'text/plain', '{"n":1}', '{"n":1}'],
    ['either', 'text/plain', '{"n":1}', '{"n":1}'],
  ])('the server reads %s in %s: %s', async (operation, type, body, want) => {
    const read = await made.read(operation, `/${operation}`, {
      method: 'POST',
      headers: { 'content-type': type },
      body,
    });
    if (typeof want === 'number') expect(read).toMatchObject({ status: want });
    else expect(read).toEqual(want);
  });

  test('a charset that is stated', async () => {
    const read = await made.read('latin', '/latin', {
      method: 'POST',
      headers: { 'content-type': 'text/plain; charset=iso-8859-1' },
      body: Buffer.from('{"n":1,"s":"é"}', 'latin1'),
    });
    expect(read).toEqual({ n: 1, s: 'é' });
  });

  test.each([
    ['bytes', new TextEncoder().encode('{"n":1}')],
    ['a Blob', new Blob(['{"n":1}'], { type: 'text/plain' })],
  ])('bytes are sent as they are: %s', async (_, body) => {
    expect((await made.sent('plain', { body })).body).toBe('{"n":1}');
  });

  test('an invalid object is not sent', async () => {
    const result = await made.client('http://127.0.0.1:1', { validation: { input: 'throw' } }).plain?.({
      body: { n: 'a' },
    });
    expect(result?.error?.kind).toBe('validation');
  });
});
