import { describe, expect, test } from 'vitest';
import { checkEncodings } from '../../scripts/model/encoding.ts';
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

function problems(encoding: object, mediaType: string): readonly (readonly [string | undefined, string])[] {
  const requestBody = { content: { [mediaType]: { schema, encoding } } };
  const paths = { '/': { post: { operationId: 'send', requestBody, responses: { 200: { description: 'ok' } } } } };
  return checkEncodings(apiOf({}, { paths })).map(({ pointer, message }) => [pointer, message]);
}

describe('encoding of forms', () => {
  const said: readonly (readonly [name: string, encoding: object, names: string])[] = [
    ['deepObject', { meta: { style: 'deepObject' } }, '"meta"'],
    ['an object’s members by themselves', { meta: { style: 'form', explode: true } }, '"meta"'],
    ['a list with commas', { list: { explode: false } }, '"list"'],
    ['a list with spaces', { list: { style: 'spaceDelimited' }, name: {} }, '"list"'],
    ['several', { list: { style: 'pipeDelimited' }, meta: { style: 'deepObject', explode: true } }, '"list", "meta"'],
  ];
  test.each(said)('%s is not used, and that is said', (_, encoding, names) => {
    const at = `/paths/~1/post/requestBody/content/${FORM.replace('/', '~1')}/encoding`;
    const message = `style and explode of ${names} are not used: a list repeats its name, an object is sent as JSON.`;
    expect(problems(encoding, FORM)).toEqual([[at, message]]);
  });

  const unused: readonly (readonly [name: string, encoding: object, mediaType: string, names: string])[] = [
    ['an object as XML', { meta: { contentType: 'application/xml' } }, FORM, '"meta"'],
    ['a part’s header', { name: { headers: { 'x-part': { schema: { type: 'string' } } } } }, PARTS, '"name"'],
  ];
  test.each(unused)('%s is not used, and that is said', (_, encoding, mediaType, names) => {
    const at = `/paths/~1/post/requestBody/content/${mediaType.replace('/', '~1')}/encoding`;
    const message = `contentType and headers of ${names} are not used: an object is sent as JSON, a part without headers.`;
    expect(problems(encoding, mediaType)).toEqual([[at, message]]);
  });

  const silent: readonly (readonly [name: string, encoding: object, mediaType: string])[] = [
    ['what we do anyway', { list: { style: 'form', explode: true }, name: { style: 'form' } }, FORM],
    ['other members', { list: { contentType: 'text/plain' } }, FORM],
    ['a file of a type', { name: { contentType: 'image/png' }, meta: { contentType: 'application/ld+json' } }, PARTS],
    ['what is no form', { meta: { style: 'deepObject' } }, 'application/json'],
  ];
  test.each(silent)('nothing is said of %s', (_, encoding, mediaType) => {
    expect(problems(encoding, mediaType)).toEqual([]);
  });
});
