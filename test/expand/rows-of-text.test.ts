import { expect, test } from 'vitest';
import { expandWith } from './expand-with.ts';

const head = "openapi: 3.1.0\ninfo: { title: T, version: '1' }\n";
const lines = 'application/jsonl';

/** [what, media type, its Media Type Object, the schema of a row] */
const rows: readonly (readonly [name: string, mediaType: string, media: string, want: unknown])[] = [
  ['a text schema becomes rows of any type', lines, '{ schema: { type: string } }', {}],
  ['text with a description', lines, '{ schema: { type: string, description: d } }', { description: 'd' }],
  ['text with format binary', lines, '{ schema: { type: string, format: binary } }', {}],
  ['text with a media type', lines, '{ schema: { type: string, contentMediaType: application/jsonl } }', {}],
  ['ndjson', 'application/x-ndjson', '{ schema: { type: string } }', {}],
  ['json-seq', 'application/json-seq', '{ schema: { type: string } }', {}],
  ['with parameters', "'application/x-ndjson; charset=utf-8'", '{ schema: { type: string } }', {}],
  ['rows', lines, '{ schema: { type: object } }', { type: 'object' }],
  [
    'rows by reference',
    lines,
    "{ schema: { $ref: '#/components/schemas/Row' } }",
    { $ref: '#/components/schemas/Row' },
  ],
  ['rows of texts or numbers', lines, '{ schema: { type: [string, number] } }', { type: ['string', 'number'] }],
  ['JSON', 'application/json', '{ schema: { type: string } }', { type: 'string' }],
  ['text', 'text/plain', '{ schema: { type: string } }', { type: 'string' }],
];

test.each(rows)('%s, in requests and responses', async (_, mediaType, media, want) => {
  const content = `content: { ${mediaType}: ${media} }`;
  const paths = `paths:
  /a:
    post:
      requestBody: { ${content} }
      responses: { '200': { description: ok, ${content} }, default: { $ref: '#/components/responses/R' } }
`;
  const components = `components:
  responses: { R: { description: ok, ${content} } }
  schemas: { Row: { type: object } }
`;
  type Content = { readonly content: Readonly<Record<string, { readonly schema: unknown }>> };
  type Document = {
    readonly paths: {
      readonly '/a': {
        readonly post: { readonly requestBody: Content; readonly responses: { readonly '200': Content } };
      };
    };
    readonly components: { readonly responses: { readonly R: Content } };
  };
  const { document } = await expandWith({ 'openapi.yaml': head + paths + components });
  const { paths: made, components: own } = document as unknown as Document;
  const { requestBody, responses } = made['/a'].post;
  const schemas = [requestBody, responses['200'], own.responses.R].flatMap((one) => Object.values(one.content));
  expect(schemas.map(({ schema }) => schema)).toEqual([want, want, want]);
});
