import { expect, test } from 'vitest';
import { expandWith } from './expand-with.ts';

const row = { type: 'object', required: ['n'] };
const item = 'itemSchema: { type: object, required: [n] }';

/** [what, media type, its Media Type Object in OpenAPI 3.2, what it is in 3.1, warnings] */
const rows: readonly (readonly [name: string, mediaType: string, media: string, want: unknown, warnings: number])[] = [
  ['jsonl', 'application/jsonl', `{ ${item} }`, { schema: row }, 0],
  ['ndjson', 'application/ndjson', `{ ${item} }`, { schema: row }, 0],
  ['x-ndjson', 'application/x-ndjson', `{ ${item} }`, { schema: row }, 0],
  ['jsonlines', 'application/jsonlines', `{ ${item} }`, { schema: row }, 0],
  ['json-seq', 'application/json-seq', `{ ${item} }`, { schema: row }, 0],
  ['with a parameter', "'application/jsonl; charset=utf-8'", `{ ${item} }`, { schema: row }, 0],
  ['beside the schema of all rows', 'application/jsonl', `{ schema: { type: array }, ${item} }`, { schema: row }, 0],
  ['beside text', 'application/jsonl', `{ schema: { type: string }, ${item} }`, { schema: row }, 0],
  ['by reference', 'application/jsonl', "{ $ref: '#/components/mediaTypes/Rows' }", { schema: row }, 0],
  ['of events', 'text/event-stream', `{ ${item} }`, {}, 2],
  ['of JSON', 'application/json', `{ schema: { type: array }, ${item} }`, { schema: { type: 'array' } }, 2],
];

test.each(rows)('the schema of an item, %s', async (_, mediaType, media, want, count) => {
  const content = `content: { ${mediaType}: ${media} }`;
  const { document, warnings } = await expandWith({
    'openapi.yaml': `openapi: 3.2.0
info: { title: T, version: '1' }
paths:
  /a: { post: { requestBody: { ${content} }, responses: { '200': { description: ok, ${content} } } } }
components: { mediaTypes: { Rows: { ${item} } } }
`,
  });
  type Content = { readonly content: Readonly<Record<string, unknown>> };
  const { post } = document.paths['/a'] as unknown as {
    readonly post: { readonly requestBody: Content; readonly responses: { readonly '200': Content } };
  };
  expect([post.requestBody, post.responses['200']].flatMap((one) => Object.values(one.content))).toEqual([want, want]);
  expect(warnings.filter(({ pointer }) => pointer?.endsWith('itemSchema'))).toHaveLength(count);
});
