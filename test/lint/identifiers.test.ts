import { expect, test } from 'vitest';
import { expandWith } from '../expand/expand-with.ts';
import { diagnosticsOf, documentWith } from './documents.ts';

const whole = { type: 'integer' };
const text = { type: 'string' };
const twice = (keyword: string, other: object = {}) => ({
  S0: { type: 'object', properties: { x: { [keyword]: 'a', ...whole }, y: { [keyword]: 'a', ...text }, ...other } },
});
/** [what, schemas, the keywords of the reports] */
const rows: readonly (readonly [what: string, schemas: { readonly S0: object }, want: readonly string[]])[] = [
  ['$anchor', twice('$anchor'), ['$anchor']],
  ['$dynamicAnchor', twice('$dynamicAnchor'), ['$dynamicAnchor']],
  ['$id', twice('$id'), ['$id']],
  ['$anchor with a reference', twice('$anchor', { z: { $ref: '#a' } }), ['$anchor']],
  ['$dynamicAnchor with a reference', twice('$dynamicAnchor', { z: { $dynamicRef: '#a' } }), ['$dynamicAnchor']],
  ['both anchors of one schema', { S0: { $anchor: 'a', $dynamicAnchor: 'a', type: 'object' } }, []],
  ['other names', { S0: { $anchor: 'a', properties: { x: { $anchor: 'b' } } } }, []],
  ['other resources', { S0: { $anchor: 'a', properties: { x: { $id: 'x', $anchor: 'a' } } } }, []],
];

test.each(rows)('duplicate identifiers: %s', async (_, schemas, want) => {
  const document = documentWith(schemas);
  const media = (document as { paths: { '/a': { get: { responses: { 200: { content: object } } } } } }).paths['/a'].get
    .responses[200].content as { 'application/json': object };
  media['application/json'] = { ...media['application/json'], example: { x: 1, y: 'b' } };
  for (const profile of ['strict', 'essential'] as const) {
    const found = await diagnosticsOf(JSON.stringify(document), 'openapi.json', profile);
    const reported = found.filter(({ code }) => code === 'identifier-duplicate');
    expect(reported.map(({ pointer }) => pointer?.split('/').at(-1))).toEqual(want);
    expect(found.filter(({ message }) => /resolves to more than one/.test(message))).toEqual([]);
    expect(reported.every(({ severity }) => severity === 'warning')).toBe(true);
  }
});

test('components may have a dynamic anchor of the same name', async () => {
  const schemas = {
    S0: { $dynamicAnchor: 'a', type: 'object', properties: { kids: { items: { $dynamicRef: '#a' } } } },
    S1: { $dynamicAnchor: 'a', type: 'object' },
  };
  const found = await diagnosticsOf(JSON.stringify(documentWith(schemas)), 'openapi.json', 'essential');
  expect(found).toEqual([]);
});

test('identifiers without a dynamic reference are removed', async () => {
  for (const keyword of ['$id', '$anchor', '$dynamicAnchor']) {
    const { document } = await expandWith({ 'openapi.yaml': JSON.stringify(documentWith(twice(keyword))) });
    expect(JSON.stringify(document)).not.toContain(keyword);
  }
});
