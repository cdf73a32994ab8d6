import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { change, codesOf, expectMadeOrRefused, outcomeOf, validDocument } from './wrong-kinds.ts';

const folder = mkdtempSync(join(tmpdir(), 'countersign-kinds-'));
const file = join(folder, 'openapi.json');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.each(['strict', 'essential'] as const)('%s', (profile) => {
  test('the document is valid', async () => {
    expect(codesOf(await outcomeOf(file, validDocument(), profile))).toEqual([]);
  });

  test('a schema can be true or false, which Redocly does not know', async () => {
    const codes = codesOf(await outcomeOf(file, change('/components/schemas/S/properties/c', false), profile));
    const component = codesOf(await outcomeOf(file, change('/components/parameters/Q/schema', true), profile));
    expect([...codes, ...component]).toEqual(profile === 'strict' ? ['struct /components/parameters/Q/schema'] : []);
  });

  const post = '/paths/~1a~1{id}/post';
  test.each<[pointer: string, value: unknown]>([
    ['/info', null],
    ['/servers/0', null],
    ['/tags/0', null],
    ['/paths', null],
    ['/paths/~1a~1{id}', null],
    [post, null],
    [`${post}/requestBody`, 'none'],
    [`${post}/requestBody/content/application~1json/schema`, 'string'],
    [`${post}/responses/200`, 5],
    [`${post}/parameters`, 'q'],
    [`${post}/parameters/1`, true],
    [`${post}/parameters/1/in`, 'constructor'],
    [`${post}/parameters/1/name`, 5],
    [`${post}/parameters/1/schema`, null],
    [`${post}/summary`, {}],
    ['/components/schemas', []],
  ])('%s as %j is rejected with its location', async (pointer, value) => {
    const codes = codesOf(await outcomeOf(file, change(pointer, value), profile));
    expect(codes).toContain(`struct ${pointer}`);
  });

  test.each([
    '/info',
    '/info/title',
    '/info/version',
    '/servers',
    '/servers/0/url',
    '/tags',
    '/tags/0/name',
    '/paths',
    '/components',
    '/components/schemas',
    post,
    `${post}/operationId`,
    `${post}/responses`,
    `${post}/responses/200/description`,
    `${post}/parameters`,
    `${post}/parameters/1/in`,
    `${post}/parameters/1/name`,
    `${post}/parameters/1/schema`,
    `${post}/requestBody/content`,
    `${post}/requestBody/content/application~1json/schema`,
  ])('without %s, the document is generated or rejected with a location', async (pointer) => {
    const outcome = await outcomeOf(file, change(pointer, undefined), profile);
    if (outcome.kind === 'refused') for (const { at } of outcome.diagnostics) expect(at.line).toBeGreaterThan(0);
  });

  test('for any value in any place, the document is generated or rejected with a location', async () => {
    await expectMadeOrRefused(file, profile, 60);
  });
});

/** Results of the search: a value at a location and its error, or nothing if it is valid. */
const FOUND: readonly [pointer: string, value: unknown, codes: readonly string[]][] = [
  [
    '/components/schemas/S/properties/b/items',
    { $ref: '#/paths' },
    ['ref-kind /components/schemas/S/properties/b/items/$ref'],
  ],
  // A keyword that JSON Schema does not define may have any value, even one that leads back to the schema.
  ...['parameters', 'headers', 'responses', 'requestBodies', 'callbacks'].flatMap(
    (keyword): [string, unknown, readonly string[]][] =>
      [[{ $ref: '#/components/schemas/S' }], { a: { $ref: '#/components/schemas/S' } }].map((value) => [
        '/components/schemas/S',
        { type: 'object', required: ['a'], properties: { a: { type: 'string' } }, [keyword]: value },
        [],
      ]),
  ),
  [
    '/components/schemas/S',
    { type: 'object', properties: { a: { type: 'string' } }, requestBody: { $ref: '#/components/schemas/S' } },
    [],
  ],
];

test.each(FOUND)('%s as %j', async (pointer, value, codes) => {
  expect(codesOf(await outcomeOf(file, change(pointer, value), 'essential'))).toEqual(codes);
});
