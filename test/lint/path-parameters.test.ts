import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { lintSpec } from '../../scripts/lint/index.ts';
import { loadSpec } from '../../scripts/load/index.ts';

const folder = mkdtempSync(join(tmpdir(), 'countersign-path-parameters-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const path = (name: string) => ({ name, in: 'path', required: true, schema: { type: 'string' } });
const responses = { 200: { description: 'ok' }, 400: { description: 'bad' } };
const get = (more: object) => ({ operationId: 'a', summary: 's', security: [], responses, ...more });

/** The messages of the rule for one path item. */
async function problemsOf(key: string, item: object, more: object = {}): Promise<readonly string[]> {
  const file = join(folder, 'openapi.json');
  const info = { title: 'T', version: '1.0.0', license: { name: 'MIT', identifier: 'MIT' } };
  const servers = [{ url: 'https://api.acme.test' }];
  writeFileSync(file, JSON.stringify({ openapi: '3.1.0', info, servers, paths: { [key]: item }, ...more }));
  const problems = await lintSpec(await loadSpec(file));
  return problems.filter(({ code }) => code === 'path-parameters-defined').map(({ message }) => message);
}

describe('path parameter names', () => {
  test.each(['id', 'user-id', 'scope.id', '$id', '@type', 'имя', '日本', 'a b', 'id+', "o'k", 'a:b', 'x[y]', '*path'])(
    '%s is a valid name',
    async (name) => {
      expect(await problemsOf(`/a/{${name}}/b`, { get: get({ parameters: [path(name)] }) })).toEqual([]);
      expect(await problemsOf(`/a/x{${name}}.json`, { parameters: [path(name)], get: get({}) })).toEqual([]);
      expect(await problemsOf(`/a/{${name}}`, { get: get({}) })).toEqual([
        `The operation does not define the path parameter \`{${name}}\` expected by path \`/a/{${name}}\`.`,
      ]);
      expect(await problemsOf('/a', { get: get({ parameters: [path(name)] }) })).toEqual([
        `Path parameter \`${name}\` is not used in the path \`/a\`.`,
      ]);
    },
  );

  const shared = { components: { parameters: { Id: path('$id') } } };
  const ref = { $ref: '#/components/parameters/Id' };
  const callback = {
    '{$request.body#/url}': { post: { ...get({ operationId: 'called' }) } },
    '/called/{who}': { post: { ...get({ operationId: 'other' }), parameters: [path('who')] } },
  };
  test.each([
    ['a reference', '/a/{$id}', { get: get({ parameters: [ref] }) }, []],
    ['the same reference twice', '/a/{$id}', { get: get({ parameters: [ref] }), put: get({ parameters: [ref] }) }, []],
    ['one of two parameters in a segment', '/a/{from}-{to}', { get: get({ parameters: [path('from')] }) }, ['to']],
    ['a query parameter', '/a/{id}', { get: get({ parameters: [{ ...path('id'), in: 'query' }] }) }, ['id']],
    ['one of two operations', '/a/{id}', { get: get({ parameters: [path('id')] }), put: get({}) }, ['id']],
    ['callbacks', '/a/{id}', { get: get({ parameters: [path('id')], callbacks: { on: callback } }) }, []],
    ['after callbacks', '/a/{id}', { get: get({ callbacks: { on: callback } }) }, ['id']],
    ['a name in another case', '/a/{Id}', { get: get({ parameters: [path('id')] }) }, ['Id', 'id']],
  ])('%s', async (_, key, item, names) => {
    const found = await problemsOf(key, item, shared);
    expect(found.map((message) => /`\{?([^`{}]+)\}?`/.exec(message)?.[1])).toEqual(names);
  });
});
