import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { acceptDocument, makeFiles } from '../hostile/pipeline.ts';
import { checkPackages } from './check-packages.ts';

const folder = mkdtempSync(join(tmpdir(), 'countersign-deep-'));
afterAll(() => rmSync(folder, { recursive: true }));

type Wrap = (inner: object) => object;

const CHAINS: Readonly<Record<string, Wrap>> = {
  Optional: (inner) => ({ type: 'object', properties: { next: inner } }),
  Required: (inner) => ({ type: 'object', required: ['next'], properties: { next: inner } }),
  List: (inner) => ({ type: 'array', items: inner }),
  OneOf: (inner) => ({ oneOf: [{ type: 'object', required: ['a'], properties: { a: inner } }, { type: 'null' }] }),
};

/** This number of components. Each is composed of the next one. */
function chain(name: string, wrap: Wrap, length: number): [string, object][] {
  return Array.from({ length }, (_, at) => [
    `${name}${at}`,
    at === length - 1 ? { type: 'string' } : wrap({ $ref: `#/components/schemas/${name}${at + 1}` }),
  ]);
}

test('long chains of components compile and import', async () => {
  const content = (name: string) => ({
    content: { 'application/json': { schema: { $ref: `#/components/schemas/${name}0` } } },
  });
  const document = {
    openapi: '3.1.0',
    info: { title: 'Deep', version: '1' },
    servers: [{ url: 'https://provider.example' }],
    paths: Object.fromEntries(
      Object.keys(CHAINS).map((name) => [
        `/${name}`,
        {
          post: {
            operationId: `send${name}`,
            requestBody: content(name),
            responses: { 200: { description: 'ok', ...content(name) } },
          },
        },
      ]),
    ),
    components: {
      schemas: Object.fromEntries(Object.entries(CHAINS).flatMap(([name, wrap]) => chain(name, wrap, 60))),
    },
  };
  const outcome = await acceptDocument(join(folder, 'openapi.json'), document);
  if (outcome.kind === 'refused') throw new Error(JSON.stringify(outcome.diagnostics));
  const files = (await makeFiles(outcome.api)).map((file) =>
    // The package's own tests of its types are compiled with it.
    file.path === 'test/types.ts'
      ? { ...file, path: 'src/types-test.ts', text: file.text.replaceAll('../src/', './') }
      : file,
  );
  expect(files.some(({ path }) => path === 'src/types-test.ts')).toBe(true);
  expect(checkPackages(join(folder, 'packages'), { deep: files })).toEqual([]);
});
