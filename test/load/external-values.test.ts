import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { bundleSpec } from '../../scripts/bundle/index.ts';
import { valueAt } from '../../scripts/common/document/pointer.ts';
import { lintSpec } from '../../scripts/lint/index.ts';
import { loadSpec } from '../../scripts/load/index.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'countersign-external-'));
  mkdirSync(path.join(root, 'spec/parts'), { recursive: true });
  writeFileSync(path.join(root, 'outside.json'), '{"a":"outside"}');
  writeFileSync(path.join(root, 'spec/a.json'), '{"a":1}');
  writeFileSync(path.join(root, 'spec/a.yaml'), 'a: 2\n');
  writeFileSync(path.join(root, 'spec/list.json'), '{"first":[{"a":3}]}');
  writeFileSync(path.join(root, 'spec/parts/p.json'), '{"a":4}');
  writeFileSync(path.join(root, 'spec/ref.json'), '{"a":{"$ref":"#/nowhere"}}');
  writeFileSync(path.join(root, 'spec/null.json'), 'null');
  writeFileSync(path.join(root, 'spec/a.xml'), '<a>5</a>\n');
  writeFileSync(path.join(root, 'spec/broken.json'), '{"a":');
  writeFileSync(path.join(root, 'spec/photo.png'), 'PNG');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const documentWith = (example: object, mediaType = 'application/json', openapi = '3.1.1') => ({
  openapi,
  info: { title: 'T', version: '1' },
  paths: {
    '/a': {
      get: {
        operationId: 'a',
        responses: { 200: { description: 'ok', content: { [mediaType]: { schema: {}, examples: { one: example } } } } },
      },
    },
  },
});
const POINTER = '/paths/~1a/get/responses/200/content/application~1json/examples/one';

async function load(document: object, allowHosts: readonly string[] = []) {
  const file = path.join(root, 'spec/openapi.json');
  writeFileSync(file, JSON.stringify(document));
  return loadSpec(file, { allowHosts });
}

describe('an example in a file of its own', () => {
  test.each([
    ['JSON', 'a.json', { a: 1 }],
    ['YAML', 'a.yaml', { a: 2 }],
    ['with a dot', './a.json', { a: 1 }],
    ['a part of a file', 'list.json#/first/0', { a: 3 }],
    ['in a folder', 'parts/p.json', { a: 4 }],
    ['null', 'null.json', null],
    ['a reference in data', 'ref.json', { a: { $ref: '#/nowhere' } }],
    ['XML', 'a.xml', '<a>5</a>\n'],
  ])('%s is read', async (_, externalValue, want) => {
    for (const openapi of ['3.0.3', '3.1.1', '3.2.0']) {
      const spec = await load(documentWith({ summary: 'One', externalValue }, undefined, openapi));
      expect(spec.problems).toEqual([]);
      const { document } = await bundleSpec(spec);
      expect(valueAt(document, POINTER)).toEqual({ summary: 'One', value: want });
      const [name = ''] = externalValue.split('#');
      expect([...spec.files.keys()].map((file) => path.basename(file))).toContain(path.basename(name));
    }
  });

  test.each([
    ['a missing file', 'none.json', 'The `externalValue` refers to a file that does not exist.'],
    [
      'a file outside',
      '../outside.json',
      'The `externalValue` refers to a file outside the folder of the root document.',
    ],
    ['an absolute path', '/etc/hosts.json', 'The `externalValue` is an absolute path.'],
    ['a picture', 'photo.png', 'The `externalValue` refers to a file that is not YAML or JSON.'],
  ])('%s is reported, and the example stays', async (_, externalValue, message) => {
    const spec = await load(documentWith({ externalValue }));
    expect(spec.problems).toMatchObject([
      { severity: 'warning', code: 'example-file', message, pointer: `${POINTER}/externalValue` },
    ]);
    expect(valueAt((await bundleSpec(spec)).document, POINTER)).toEqual({ externalValue });
  });

  test('a file with a syntax error is reported', async () => {
    const spec = await load(documentWith({ externalValue: 'broken.json' }));
    expect(spec.problems.map(({ at }) => path.basename(at.file))).toContain('broken.json');
  });

  test('a value beside it has priority', async () => {
    const spec = await load(documentWith({ externalValue: 'a.json', value: { b: 1 } }));
    expect(valueAt(spec.document, POINTER)).toEqual({ externalValue: 'a.json', value: { b: 1 } });
  });

  test('a value in the file is checked against the schema', async () => {
    const document = documentWith({ externalValue: 'a.json' });
    const media = valueAt(document, POINTER.replace('/examples/one', '')) as { schema: object };
    media.schema = { type: 'object', properties: { a: { type: 'string' } } };
    const found = await lintSpec(await load(document));
    expect(found.map(({ code }) => code)).toContain('no-invalid-media-type-examples');
  });
});

describe('an example at a URL', () => {
  const serve = async () => {
    let asked = 0;
    const server = createServer((_, response) => {
      asked++;
      response.end('{"a":"remote"}');
    }).listen(0, '127.0.0.1');
    onTestFinished(() => void server.close());
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as AddressInfo;
    return { url: `http://127.0.0.1:${port}/a.json`, asked: () => asked };
  };

  test('is not fetched by default', async () => {
    const { url, asked } = await serve();
    const spec = await load(documentWith({ externalValue: url }));
    expect(valueAt(spec.document, POINTER)).toEqual({ externalValue: url });
    expect([spec.problems, asked()]).toEqual([[], 0]);
  });

  test('is fetched once from a host that the configuration names', async () => {
    const { url, asked } = await serve();
    const spec = await load(documentWith({ externalValue: url }), ['127.0.0.1']);
    expect(valueAt(spec.document, POINTER)).toEqual({ value: { a: 'remote' } });
    expect([spec.problems, asked()]).toEqual([[], 1]);
  });
});
