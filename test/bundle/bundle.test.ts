import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
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
  test('one file is what was loaded', async () => {
    const { document, spec } = await bundleWith({ 'openapi.yaml': `${head}paths: {}\n` });
    expect(document).toBe(spec.document);
  });

  test('parts of other files become components, recursion and all', async () => {
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
    // What was loaded is as it was.
    expect(spec.document.paths).toEqual({ '/a': { $ref: 'paths.yaml#/a' } });
  });

  test('an external example is named, not read', async () => {
    const { document } = await bundleWith({
      'openapi.yaml': `${head}paths: {}\ncomponents:\n  examples: { a: { externalValue: https://specs.demo.test/a.json } }\n  schemas: { A: { $ref: a.yaml } }\n`,
      'a.yaml': 'type: string\n',
    });
    expect(document.components).toMatchObject({ examples: { a: { externalValue: 'https://specs.demo.test/a.json' } } });
  });

  test('twice is once', async () => {
    const { spec } = await bundleWith({ 'openapi.yaml': `${head}paths: {}\n` });
    expect(bundleSpec(spec)).toBe(bundleSpec(spec));
  });
});
