import { expect, test } from 'vitest';
import { diagnosticsOf, documentWith } from './documents.ts';

const text = { type: 'string' };
const tuple = { type: 'array', items: [text, text] };
const empty = { type: 'array', items: [] };

const found = async (profile: 'strict' | 'essential', schema: object) => {
  const document = JSON.stringify(documentWith({ S0: schema }));
  const all = await diagnosticsOf(document, 'openapi.json', profile);
  return all
    .filter(({ pointer = '' }) => pointer.startsWith('/components/schemas/S0'))
    .map(({ severity, help }) => [severity, help.split('. ')[0]]);
};

test('a list in items is an error of your own contract, with its fix', async () => {
  expect(await found('strict', tuple)).toEqual([['error', 'Since OpenAPI 3.1, `items` is one schema']]);
  expect(await found('strict', empty)).toEqual([['error', 'An empty list limits nothing']]);
});

test('a list in items of an external document is read, with a warning', async () => {
  for (const schema of [tuple, empty])
    expect(new Set((await found('essential', schema)).map(([severity]) => severity))).toEqual(new Set(['warning']));
});

test('a list as a property is an error for both', async () => {
  for (const profile of ['strict', 'essential'] as const)
    expect((await found(profile, { properties: { items: [text] } })).map(([severity]) => severity)).toContain('error');
});
