import { describe, expect, test } from 'vitest';
import { checkEncodings } from '../../scripts/model/check-encodings.ts';
import { apiOf } from '../validators/fixture.ts';

const FORM = 'application/x-www-form-urlencoded';
const PARTS = 'multipart/form-data';
const schema = {
  type: 'object',
  properties: {
    list: { type: 'array', items: { type: 'string' } },
    meta: { type: 'object' },
    name: { type: 'string' },
  },
};

function build(encoding: object, mediaType: string) {
  const requestBody = { content: { [mediaType]: { schema, encoding } } };
  const paths = { '/': { post: { operationId: 'send', requestBody, responses: { 200: { description: 'ok' } } } } };
  return apiOf({}, { paths });
}

const header = (more: object) => ({ headers: { 'X-Part': { schema: { type: 'string', ...more } } } });

/** [description, the document's encoding, media type, the descriptor] */
const rows: readonly (readonly [name: string, encoding: object, mediaType: string, want: object | undefined])[] = [
  ['a style', { meta: { style: 'deepObject' } }, FORM, { meta: { style: 'deepObject', explode: false } }],
  ['only explode', { list: { explode: false } }, FORM, { list: { style: 'form', explode: false } }],
  [
    'reserved characters',
    { name: { allowReserved: true } },
    FORM,
    { name: { style: 'form', explode: true, allowReserved: true } },
  ],
  ['a content type', { name: { contentType: 'image/png' } }, PARTS, { name: { contentType: 'image/png' } }],
  ['a list of content types', { name: { contentType: 'image/png, image/jpeg' } }, PARTS, undefined],
  ['a range of content types', { name: { contentType: 'image/*' } }, PARTS, undefined],
  ['a fixed header', { name: header({ const: 'a' }) }, PARTS, { name: { headers: { 'X-Part': 'a' } } }],
  ['a header with a default', { name: header({ default: 'b' }) }, PARTS, { name: { headers: { 'X-Part': 'b' } } }],
  ['a header that only callers know', { name: header({}) }, PARTS, { name: { headers: { 'X-Part': null } } }],
  ['headers of a form without parts', { name: header({ const: 'a' }) }, FORM, undefined],
  ['a style in multipart/mixed', { meta: { style: 'deepObject' } }, 'multipart/mixed', undefined],
  ['a body that is not a form', { meta: { style: 'deepObject' } }, 'application/json', undefined],
];
test.each(rows)('%s', (_, encoding, mediaType, want) => {
  expect(build(encoding, mediaType).operations[0]?.descriptor.body?.encodings?.[mediaType]).toEqual(want);
});

describe('an object with another type than JSON', () => {
  const problems = (encoding: object, mediaType: string) =>
    checkEncodings(build(encoding, mediaType)).map(({ pointer, message }) => [pointer, message]);

  test('is not supported, and a warning reports it', () => {
    const at = `/paths/~1/post/requestBody/content/${PARTS.replace('/', '~1')}/encoding`;
    const message = 'The contentType of "meta" is ignored: an object is sent as JSON.';
    expect(problems({ meta: { contentType: 'application/yaml' } }, PARTS)).toEqual([[at, message]]);
  });

  test('is XML in a multipart body, without a warning', () => {
    expect(problems({ meta: { contentType: 'application/xml' } }, PARTS)).toEqual([]);
  });

  test.each([
    ['JSON with another name', { meta: { contentType: 'application/ld+json' } }],
    ['a style, which takes precedence', { meta: { contentType: 'application/xml', style: 'deepObject' } }],
    ['text', { name: { contentType: 'application/xml' } }],
  ])('no warning for %s', (_, encoding) => {
    expect(problems(encoding, FORM)).toEqual([]);
  });
});
