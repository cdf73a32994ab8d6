import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { bundleSpec } from '../../scripts/bundle/index.ts';
import { expandDocument } from '../../scripts/expand/index.ts';
import { lintSpec } from '../../scripts/lint/index.ts';
import { loadSpec } from '../../scripts/load/index.ts';
import { diagnosticsOf, documentWith, problemsOf } from './documents.ts';

describe('x-cs-* extensions in a third-party document', () => {
  const withKey = (key: string, at: (document: string) => string) =>
    at(JSON.stringify(documentWith({ S0: { type: 'string' } }))).replaceAll('KEY', key);
  const onOperation = (text: string) => text.replace('"summary":"A"', '"summary":"A","KEY":{"kind":1}');
  const onTag = (text: string) => text.replace('"openapi":', '"tags":[{"name":"a","KEY":1}],"openapi":');

  test.each<[name: string, key: string, at: (text: string) => string, want: string[]]>([
    ['known, with an invalid value', 'x-cs-page', onOperation, ['x-cs-schema']],
    ['known, written with an escape', 'x\\u002dcs-page', onOperation, ['x-cs-schema']],
    ['unknown', 'x-cs-pages', onOperation, ['x-cs-unknown']],
    ['known, at an unsupported place', 'x-cs-page', onTag, ['x-cs-place', 'x-cs-schema']],
    ['none', 'x-other', onOperation, []],
  ])('%s', async (_, key, at, want) => {
    expect(await problemsOf(withKey(key, at), 'openapi.json', 'essential')).toEqual(want);
  });
});

describe('other extensions, for which Redocly has different types', () => {
  const webhook = (value: unknown) => ({ openapi: '3.0.3', 'x-webhooks': value });
  const property = (value: unknown) => ({
    components: { schemas: { S0: { type: 'object', properties: { 'x-logo': value } } } },
  });
  test.each<[name: string, change: object, want: string[]]>([
    ['a logo', { info: { title: 'T', version: '1', 'x-logo': 'https://a.test/logo.png' } }, ['warning struct']],
    ['x-sdk-exclude among webhooks', webhook({ 'x-sdk-exclude': true }), ['warning struct']],
    ['webhooks as a list', webhook([]), ['error struct']],
    ['an invalid webhook', webhook({ hook: true }), ['error struct']],
    ['a schema property with the name of an extension', property('text'), ['error struct']],
  ])('%s', async (_name, change, want) => {
    const text = JSON.stringify({ ...documentWith({ S0: { type: 'string' } }), ...change });
    const found = await diagnosticsOf(text, 'openapi.json', 'essential');
    const told = found.filter(({ message }) => message.startsWith('Expected type'));
    expect(told.map(({ severity, code }) => `${severity} ${code}`)).toEqual(want);
    if (!want.includes('error struct')) expect(found.filter(({ severity }) => severity === 'error')).toEqual([]);
  });
});

describe('references from places and to targets that are not allowed', () => {
  const get = (response: object) => ({
    '/a': { get: { operationId: 'a', summary: 'A', security: [], responses: { 200: response, 400: {} } } },
  });
  const op = '/paths/~1a/get/responses/200/$ref';
  test.each<[name: string, change: object, want: string]>([
    [
      'components that reference a part of themselves',
      { components: { $ref: '#/components/schemas/X' } },
      'ref-not-found /components/$ref',
    ],
    [
      'a map that references itself',
      { components: { responses: { $ref: '#/components/responses' } } },
      'ref-cycle /components/responses/$ref',
    ],
    ['a whole map', { paths: { $ref: '#/x-paths' }, 'x-paths': {} }, 'ref-place /paths/$ref'],
    ['to the document', { paths: get({ $ref: '#' }) }, `ref-kind ${op}`],
    ['to its own operation', { paths: get({ $ref: '#/paths/~1a/get' }) }, `ref-kind ${op}`],
    ['to itself', { paths: get({ $ref: '#/paths/~1a/get/responses/200' }) }, `ref-cycle ${op}`],
    [
      'from a schema to the document',
      { components: { schemas: { S0: { items: { $ref: '#' } } } } },
      'ref-kind /components/schemas/S0/items/$ref',
    ],
  ])('%s', async (_name, change, want) => {
    const text = JSON.stringify({ ...documentWith({ S0: {} }), ...change });
    for (const profile of ['strict', 'essential'] as const) {
      const found = await diagnosticsOf(text, 'openapi.json', profile);
      expect(found.map(({ code, pointer }) => `${code} ${pointer}`)).toContain(want);
    }
  });

  test('a referenced map in another file is resolved', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'countersign-lint-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const { paths, ...document } = documentWith({ S0: { type: 'string' } });
    const local = JSON.stringify(paths).replace('#/', 'openapi.json#/');
    writeFileSync(path.join(folder, 'paths.json'), local);
    writeFileSync(path.join(folder, 'openapi.json'), JSON.stringify({ ...document, paths: { $ref: 'paths.json' } }));
    const spec = await loadSpec(path.join(folder, 'openapi.json'));
    expect(await lintSpec(spec)).toEqual([]);
    expect(Object.keys(expandDocument(await bundleSpec(spec)).document.paths ?? {})).toEqual(['/a']);
  });
});

describe('property names of Object.prototype', () => {
  test.each([
    ['hasOwnProperty of the document', '{"hasOwnProperty": 1, ', ['document-refused']],
    ['hasOwnProperty of another object', '{"x-a": [{"hasOwnProperty": 1}], ', []],
    ['__proto__ of the document', '{"__proto__": {"paths": {}}, ', ['struct']],
  ])('%s', async (_name, start, want) => {
    expect(await problemsOf(JSON.stringify(documentWith({ S0: {} })).replace('{', start))).toEqual(want);
  });

  test.each(['__proto__', 'constructor', 'toString', 'valueOf', 'then'])('property %s', async (name) => {
    const text = JSON.stringify(
      documentWith({ S0: { type: 'object', properties: { NAME: { type: 'string' } }, required: ['NAME'] } }),
    );
    expect(await problemsOf(text.replaceAll('NAME', name))).toEqual([]);
  });

  test.each(['__proto__', 'constructor', 'hasOwnProperty', 'toString'])(
    'a reference to %s is not found',
    async (name) => {
      const text = JSON.stringify(documentWith({ S0: { $ref: `#/components/schemas/${name}` } }));
      expect(await problemsOf(text)).toEqual(['ref-not-found']);
    },
  );

  test.each(['__proto__', 'constructor', 'hasOwnProperty', 'toString'])(
    'a reference to a schema named %s is resolved',
    async (name) => {
      const text = JSON.stringify(
        documentWith({ S0: { $ref: '#/components/schemas/NAME' }, NAME: { type: 'string' } }),
      );
      expect(await problemsOf(text.replaceAll('NAME', name))).toEqual([]);
    },
  );
});
