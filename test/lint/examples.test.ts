import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { lintSpec } from '../../scripts/lint/index.ts';
import { loadSpec } from '../../scripts/load/index.ts';
import { scratchFolder } from '../run/scratch-folder.ts';

const OBJECT = { type: 'object', properties: { a: { type: 'string' } } };
const price = (multipleOf: number) => ({ type: 'object', properties: { price: { type: 'number', multipleOf } } });

/** The pointers of invalid examples of a response, below its media type. */
async function invalid(
  version: string,
  mediaType: string,
  media: object,
  parts: object = {},
): Promise<readonly string[]> {
  const folder = scratchFolder('examples');
  const responses = { 200: { description: 'A row.', content: { [mediaType]: media } }, 400: { description: 'Wrong.' } };
  const document = {
    openapi: version,
    info: { title: 'T', version: '1', license: { name: 'MIT', url: 'https://mit.example' } },
    servers: [{ url: 'https://api.demo.test' }],
    security: [],
    paths: { '/rows': { get: { operationId: 'getRow', summary: 'Get a row', responses } } },
  };
  writeFileSync(path.join(folder, 'openapi.json'), JSON.stringify(document));
  writeFileSync(path.join(folder, 'parts.json'), JSON.stringify(parts));
  const problems = await lintSpec(await loadSpec(path.join(folder, 'openapi.json')));
  expect(new Set(problems.map(({ code }) => code))).toEqual(
    problems.length > 0 ? new Set(['no-invalid-media-type-examples']) : new Set(),
  );
  return problems.map(({ pointer = '' }) => pointer.replace(/^.*\/content\/[^/]+/, ''));
}

describe.each(['3.0.3', '3.1.1'])('examples in OpenAPI %s', (version) => {
  it.each<readonly [string, string, object, readonly string[]]>([
    ['XML as text', 'application/xml', { schema: OBJECT, example: '<row><a>1</a></row>' }, []],
    ['XML as a value', 'application/xml', { schema: OBJECT, example: { a: '1' } }, []],
    ['XML as a wrong value', 'application/xml', { schema: OBJECT, example: { a: 1 } }, ['/example/a']],
    ['CSV', 'text/csv', { schema: { type: 'array', items: OBJECT }, example: 'a\n1\n' }, []],
    ['a form', 'application/x-www-form-urlencoded', { schema: OBJECT, example: 'a=1' }, []],
    ['lines', 'application/jsonl', { schema: OBJECT, examples: { one: { value: '{"a":"1"}\n' } } }, []],
    [
      'a wrong line',
      'application/jsonl',
      { schema: OBJECT, examples: { x: { value: { a: 1 } } } },
      ['/examples/x/value/a'],
    ],
    [
      'text for a list of texts',
      'text/plain',
      { schema: { type: 'string', enum: ['a', 'b'] }, example: 'c' },
      ['/example'],
    ],
    ['JSON as text', 'application/json', { schema: OBJECT, example: 'a' }, ['/example']],
    ['JSON with a suffix as text', 'application/vnd.a+json', { schema: OBJECT, example: 'a' }, ['/example']],
    ['any type as text', '*/*', { schema: OBJECT, example: 'a' }, ['/example']],
    ['a multiple of 0.01', 'application/json', { schema: price(0.01), example: { price: 19.99 } }, []],
    ['a multiple of 0.1', 'application/json', { schema: price(0.1), examples: { one: { value: { price: 4.7 } } } }, []],
    [
      'no multiple of 0.01',
      'application/json',
      { schema: price(0.01), example: { price: 19.995 } },
      ['/example/price'],
    ],
    ['no multiple of 5', 'application/json', { schema: price(5), example: { price: 7 } }, ['/example/price']],
  ])('%s', async (_, mediaType, media, want) => {
    expect(await invalid(version, mediaType, media)).toEqual(want);
  });

  it.each([
    [19.99, 0],
    [19.995, 1],
  ])('an example in another file: %s', async (price_, count) => {
    const examples = { one: { $ref: 'parts.json#/price' } };
    const parts = { price: { value: { price: price_ } } };
    expect(await invalid(version, 'application/json', { schema: price(0.01), examples }, parts)).toHaveLength(count);
  });
});
