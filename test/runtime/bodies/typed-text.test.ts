import { afterAll, describe, expect, test } from 'vitest';
import { serve } from '../client/serve.ts';
import { packageOf, removePackages, taking } from './packages.ts';

const integer = { type: 'integer' };
const schemas = {
  integer,
  number: { type: 'number' },
  boolean: { type: 'boolean' },
  nullable: { type: ['integer', 'null'] },
  either: { type: ['integer', 'string'] },
  choice: { enum: [1, 2] },
  int64: { ...integer, format: 'int64' },
};
type Name = keyof typeof schemas;
const answering = (operationId: string, schema: object) => ({
  get: { operationId, responses: { 200: { description: 'ok', content: { 'text/plain': { schema } } } } },
});
const media = await packageOf(
  Object.fromEntries(
    Object.entries(schemas).flatMap(([name, schema]) => [
      [`/${name}`, taking(`read${name}`, { 'text/plain': { schema } })],
      [`/answer/${name}`, answering(`answer${name}`, schema)],
    ]),
  ),
);
afterAll(removePackages);

/** [schema, text, its value, or undefined where the contract does not allow it] */
const rows: readonly (readonly [name: Name, text: string, value: unknown])[] = [
  ['integer', '7', 7],
  ['integer', '7\n', 7],
  ['integer', '-0.5', undefined],
  ['integer', 'seven', undefined],
  ['integer', '', undefined],
  ['integer', '9007199254740993', undefined],
  ['int64', '9007199254740993', undefined],
  ['number', '1.5', 1.5],
  ['number', '1e3', 1000],
  ['boolean', 'false', false],
  ['boolean', 'yes', undefined],
  ['nullable', 'null', null],
  ['nullable', '3', 3],
  ['either', '007', '007'],
  ['either', '7', '7'],
  ['choice', '2', 2],
  ['choice', '3', undefined],
];

describe('text that encodes a typed value', () => {
  test.each(rows)('%s %j as a body', async (name, text, value) => {
    const init = { method: 'POST', headers: { 'content-type': 'text/plain' }, body: text };
    const read = await media.read(`read${name}`, `/${name}`, init);
    if (value === undefined) expect(read).toMatchObject({ status: 400 });
    else expect(read).toEqual(value);
  });

  test.each(rows)('%s %j as a response', async (name, text, value) => {
    const peer = await serve((_, answer) => {
      answer.writeHead(200, { 'content-type': 'text/plain' });
      answer.end(text);
    });
    const client = media.client(peer.url, { validation: { responses: 'throw' } });
    const { data, error } = (await client[`answer${name}`]?.()) ?? {};
    await peer.close();
    expect([data, error?.kind]).toEqual(value === undefined ? [undefined, 'validation'] : [value, undefined]);
  });
});
