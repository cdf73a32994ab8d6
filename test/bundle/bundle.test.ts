import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type BundledSpec, bundleSpec } from '../../scripts/bundle/index.ts';
import { loadSpec } from '../../scripts/load/index.ts';

const head = "openapi: 3.1.1\ninfo: { title: T, version: '1' }\n";

async function bundleWith(files: { readonly [name: string]: string }): Promise<BundledSpec> {
  const folder = mkdtempSync(path.join(tmpdir(), 'countersign-bundle-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(folder, name), text);
  return bundleSpec(await loadSpec(path.join(folder, 'openapi.yaml')));
}

describe('bundling', () => {
  test('a single file is not changed', async () => {
    const { document, spec } = await bundleWith({ 'openapi.yaml': `${head}paths: {}\n` });
    expect(document).toBe(spec.document);
  });

  test.each([
    ['a slash', 'a/b', 'parts.json#/defs/a~1b', 'a_b'],
    ['a tilde', 'a~b', 'parts.json#/defs/a~0b', 'a_b'],
    ['a percent sign', 'a%b', 'parts.json#/defs/a%25b', 'a_b'],
    ['a media type', 'application/json', 'parts.json#/defs/application~1json', 'application_json'],
    ['a space', 'a b', 'parts.json#/defs/a%20b', 'a b'],
    ['angle brackets', 'Page<A>', 'parts.json#/defs/Page%3CA%3E', 'Page<A>'],
    ['a name that is taken', 'a/c', 'parts.json#/defs/a~1c', 'a_c-2'],
  ])('a part whose name has %s is found by its new name', async (_, name, ref, key) => {
    const self = { $ref: `#/defs/${ref.split('/').at(-1)}` };
    const one = {
      type: 'object',
      properties: { self },
      discriminator: { propertyName: 'k', mapping: { k: self.$ref } },
    };
    const { document } = await bundleWith({
      'openapi.yaml': `${head}paths: {}\ncomponents: { schemas: { X: { $ref: '${ref}' }, 'a_c': { type: string }, own/name: { type: string }, Y: { $ref: '#/components/schemas/own~1name' } } }\n`,
      'parts.json': JSON.stringify({ defs: { [name]: one } }),
    });
    const $ref = `#/components/schemas/${key}`;
    expect(document.components).toMatchObject({
      schemas: {
        X: { $ref },
        'own/name': { type: 'string' },
        Y: { $ref: '#/components/schemas/own~1name' },
        [key]: { properties: { self: { $ref } }, discriminator: { mapping: { k: $ref } } },
      },
    });
  });

  test('parts of other files become components, including recursive ones', async () => {
    const { document, locate, spec } = await bundleWith({
      'openapi.yaml': `${head}paths:\n  /a: { $ref: paths.yaml#/a }\nx-parts: { info: { title: T } }\n`,
      'paths.yaml':
        'a:\n  get:\n    operationId: a\n    responses: { "200": { $ref: "#/ok" } }\nok:\n  description: Fine.\n  content:\n    application/json:\n      schema: { $ref: tree.json }\n',
      'tree.json':
        '{ "type": "object", "properties": { "child": { "$ref": "#" }, "root": { "$ref": "openapi.yaml#/x-parts/info" } } }',
    });
    expect(document).toEqual({
      openapi: '3.1.1',
      info: { title: 'T', version: '1' },
      paths: { '/a': { get: { operationId: 'a', responses: { '200': { $ref: '#/components/responses/ok' } } } } },
      components: {
        responses: {
          ok: {
            description: 'Fine.',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/tree' } } },
          },
        },
        schemas: {
          tree: {
            type: 'object',
            properties: { child: { $ref: '#/components/schemas/tree' }, root: { $ref: '#/components/schemas/info' } },
          },
          info: { title: 'T' },
        },
      },
      'x-parts': { info: { title: 'T' } },
    });
    const places = [
      '/components/responses/ok/description',
      '/components/schemas/tree/properties/child',
      '/paths/~1a/get/operationId',
    ];
    expect(places.map((pointer) => ({ ...locate(pointer), file: path.basename(locate(pointer).file) }))).toEqual([
      { file: 'paths.yaml', line: 6, column: 16 },
      { file: 'tree.json', line: 1, column: 37 },
      { file: 'paths.yaml', line: 3, column: 18 },
    ]);
    // The loaded documents are unchanged.
    expect(spec.document.paths).toEqual({ '/a': { $ref: 'paths.yaml#/a' } });
  });

  test('a symbolic link inside the folder is resolved', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'countersign-links-'));
    mkdirSync(path.join(folder, 'parts'));
    const responses = '{ "200": { description: ok, content: { application/json: { schema: { $ref: LINK } } } } }';
    const links = ['./link.yaml', './folder/tree.yaml', './parts/tree.yaml'];
    const paths = links.map((link, at) => `  /${at}: { get: { responses: ${responses.replace('LINK', link)} } }\n`);
    writeFileSync(path.join(folder, 'openapi.yaml'), `${head}paths:\n${paths.join('')}`);
    writeFileSync(path.join(folder, 'parts/tree.yaml'), '{ type: object, properties: { leaf: { $ref: leaf.yaml } } }');
    writeFileSync(path.join(folder, 'parts/leaf.yaml'), '{ type: string }');
    symlinkSync('parts/tree.yaml', path.join(folder, 'link.yaml'));
    symlinkSync('parts', path.join(folder, 'folder'));
    const spec = await loadSpec(path.join(folder, 'openapi.yaml'));
    const { document } = await bundleSpec(spec);
    rmSync(folder, { recursive: true });
    expect([...spec.sources.keys()].map((file) => path.basename(file))).toEqual([
      'openapi.yaml',
      'tree.yaml',
      'leaf.yaml',
    ]);
    expect(JSON.stringify(document.paths).match(/#\/components\/schemas\/\w+/g)).toEqual(
      links.map(() => '#/components/schemas/tree'),
    );
    expect(Object.keys((document.components as { schemas: object }).schemas).sort()).toEqual(['leaf', 'tree']);
  });

  test('an external example is named, not read', async () => {
    const { document } = await bundleWith({
      'openapi.yaml': `${head}paths: {}\ncomponents:\n  examples: { a: { externalValue: https://specs.demo.test/a.json } }\n  schemas: { A: { $ref: a.yaml } }\n`,
      'a.yaml': 'type: string\n',
    });
    expect(document.components).toMatchObject({ examples: { a: { externalValue: 'https://specs.demo.test/a.json' } } });
  });

  test('bundling twice returns the same result', async () => {
    const { spec } = await bundleWith({ 'openapi.yaml': `${head}paths: {}\n` });
    expect(bundleSpec(spec)).toBe(bundleSpec(spec));
  });
});
