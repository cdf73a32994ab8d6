import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { bundleSpec } from '../../scripts/bundle/index.ts';
import { InputError } from '../../scripts/common/diagnostics/diagnostic.ts';
import { valueAt } from '../../scripts/common/document/pointer.ts';
import { lintSpec } from '../../scripts/lint/index.ts';
import { loadSpec } from '../../scripts/load/index.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'countersign-load-'));
  mkdirSync(path.join(root, 'spec/parts'), { recursive: true });
});
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

function write(files: { readonly [name: string]: string }): string {
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(root, name), text);
  return path.join(root, 'spec/openapi.yaml');
}

const documentWith = (schema: string) =>
  `openapi: 3.1.1\ninfo: { title: T, version: '1' }\npaths: {}\ncomponents:\n  schemas:\n    A: ${schema}\n`;

describe('what is read', () => {
  test('every referenced file, and no other', async () => {
    const file = write({
      'spec/openapi.yaml': documentWith('{ $ref: parts/a.yaml#/A }'),
      'spec/parts/a.yaml': 'A: { properties: { b: { $ref: b.json } } }\nB: { $ref: unused.yaml }\n',
      'spec/parts/b.json': '{ "type": "string" }',
      'spec/parts/unused.yaml': 'type: string\n',
    });
    const spec = await loadSpec(file);
    expect(spec.problems).toEqual([]);
    expect([...spec.files.keys()].map((name) => path.relative(root, name))).toEqual([
      'spec/openapi.yaml',
      'spec/parts/a.yaml',
      'spec/parts/b.json',
    ]);
  });

  test.each([
    ['a space', 'my%20parts/a.yaml#/A', 'my parts/a.yaml'],
    ['an unencoded space', 'my parts/a.yaml#/A', 'my parts/a.yaml'],
    ['a letter of another language', '%C3%BC.yaml#/A', 'ü.yaml'],
    ['the same letter, unencoded', 'ü.yaml#/A', 'ü.yaml'],
    ['a percent sign', '100%25.yaml#/A', '100%.yaml'],
    ['a number sign', 'a%23b.yaml#/A', 'a#b.yaml'],
    ['an encoded slash', 'parts%2Fa.yaml#/A', 'parts/a.yaml'],
    ['an encoded dot', '%2E/a.yaml#/A', 'a.yaml'],
    ['an encoded pointer', 'a.yaml#/%41', 'a.yaml'],
    ['a plus sign', 'a+b.yaml#/A', 'a+b.yaml'],
  ])('a file name with %s, also when bundling', async (_, ref, name) => {
    mkdirSync(path.join(root, 'spec', path.dirname(name)), { recursive: true });
    const file = write({
      'spec/openapi.yaml': documentWith(JSON.stringify({ properties: { a: { $ref: ref } } })),
      [`spec/${name}`]: 'A: { properties: { b: { $ref: "#/B" } } }\nB: { type: string }\n',
    });
    const { document } = await bundleSpec(await loadSpec(file));
    expect(JSON.stringify(document)).toContain('"type":"string"');
    expect((await lintSpec(await loadSpec(file))).filter(({ code }) => code.startsWith('ref'))).toEqual([]);
  });

  describe('a description in a file of its own', () => {
    const intro = '# Intro\n\nkey: [not YAML\n';
    const $ref = '{ $ref: parts/intro.md }';
    const paths = `paths: { /a: { description: ${$ref}, get: { operationId: a, description: ${$ref}, responses: { '200': { description: ${$ref} } } } } }`;
    test.each([
      ['of the document', `info: { title: T, version: '1', description: ${$ref} }\npaths: {}`, '/info'],
      ['of a tag', `info: { title: T, version: '1' }\ntags: [{ name: t, description: ${$ref} }]\npaths: {}`, '/tags/0'],
      [
        'of a server',
        `info: { title: T, version: '1' }\nservers: [{ url: /, description: ${$ref} }]\npaths: {}`,
        '/servers/0',
      ],
      ['of a path', `info: { title: T, version: '1' }\n${paths}`, '/paths/~1a'],
      ['of an operation', `info: { title: T, version: '1' }\n${paths}`, '/paths/~1a/get'],
      ['of a response', `info: { title: T, version: '1' }\n${paths}`, '/paths/~1a/get/responses/200'],
      ['of a schema', documentWith(`{ description: ${$ref} }`).slice(15), '/components/schemas/A'],
      [
        'in another YAML file',
        `info: { title: T, version: '1', description: { $ref: 'parts/texts.yaml#/intro' } }\npaths: {}`,
        '/info',
      ],
    ])('%s is included', async (_, text, pointer) => {
      const file = write({
        'spec/openapi.yaml': `openapi: 3.1.1\n${text}\n`,
        'spec/parts/intro.md': intro,
        'spec/parts/texts.yaml': `intro: ${JSON.stringify(intro)}\n`,
      });
      const spec = await loadSpec(file);
      expect(spec.problems).toEqual([]);
      expect(spec.files.size).toBe(2);
      const { document } = await bundleSpec(spec);
      expect(valueAt(document, `${pointer}/description`)).toBe(intro);
      const codes = (await lintSpec(spec, { profile: 'essential' })).map(({ code }) => code);
      expect(codes.filter((code) => code === 'struct' || code.startsWith('ref'))).toEqual([]);
    });

    test('a property and a value with this name stay as they are', async () => {
      const kept = `{ type: object, properties: { description: { $ref: '#/components/schemas/B' } }, example: { description: ${$ref} } }`;
      const spec = await loadSpec(write({ 'spec/openapi.yaml': `${documentWith(kept)}    B: { type: string }\n` }));
      expect(spec.problems).toEqual([]);
      expect(valueAt(spec.document, '/components/schemas/A/example/description')).toEqual({ $ref: 'parts/intro.md' });
    });

    test('a missing file is reported at the reference', async () => {
      const file = write({ 'spec/openapi.yaml': documentWith(`{ description: ${$ref} }`) });
      expect((await loadSpec(file)).problems).toMatchObject([
        { code: 'ref-file-missing', pointer: '/components/schemas/A/description/$ref' },
      ]);
    });
  });

  describe('an example that consists of a reference', () => {
    const texts = {
      'spec/parts/pet.json': '{ "name": "Rex", "$ref": "kept" }',
      'spec/parts/pets.yaml': 'rex: { name: Rex, $ref: kept }\n',
    };
    const rex = { name: 'Rex', $ref: 'kept' };
    const media = (text: string) =>
      `openapi: 3.0.3\ninfo: { title: T, version: '1' }\npaths: { /a: { get: { responses: { '200': { description: d, content: { application/json: { schema: {}, ${text} } } } } } } }\n`;
    const MEDIA = '/paths/~1a/get/responses/200/content/application~1json';
    test.each<[what: string, text: string, pointer: string, want: unknown]>([
      ['of a media type', media('example: { $ref: ./parts/pet.json }'), `${MEDIA}/example`, rex],
      ['at a pointer', media("example: { $ref: 'parts/pets.yaml#/rex' }"), `${MEDIA}/example`, rex],
      ['of several', media('examples: { a: { value: { $ref: parts/pet.json } } }'), `${MEDIA}/examples/a/value`, rex],
      [
        'of a schema',
        documentWith('{ type: object, example: { $ref: parts/pet.json } }'),
        '/components/schemas/A/example',
        rex,
      ],
      [
        'beside other values',
        media('example: { a: 1, $ref: parts/pet.json }'),
        `${MEDIA}/example`,
        { a: 1, $ref: 'parts/pet.json' },
      ],
      [
        'inside of another value',
        media('example: { a: { $ref: parts/pet.json } }'),
        `${MEDIA}/example`,
        { a: { $ref: 'parts/pet.json' } },
      ],
      ['in the same document', media("example: { $ref: '#/info' }"), `${MEDIA}/example`, { $ref: '#/info' }],
      [
        'of a missing file',
        media('example: { $ref: parts/none.json }'),
        `${MEDIA}/example`,
        { $ref: 'parts/none.json' },
      ],
      [
        'at a URL',
        media("example: { $ref: 'https://a.example/pet.json' }"),
        `${MEDIA}/example`,
        { $ref: 'https://a.example/pet.json' },
      ],
      ['outside of the folder', media('example: { $ref: ../pet.json }'), `${MEDIA}/example`, { $ref: '../pet.json' }],
    ])('%s', async (_, text, pointer, want) => {
      const spec = await loadSpec(write({ ...texts, 'spec/openapi.yaml': text, 'pet.json': '{}' }));
      expect(spec.problems).toEqual([]);
      const { document } = await bundleSpec(spec);
      expect(valueAt(document, pointer)).toEqual(want);
    });
  });

  test('files of a wider root, if it is configured', async () => {
    const file = write({
      'spec/openapi.yaml': documentWith('{ $ref: ../shared.yaml }'),
      'shared.yaml': 'type: string\n',
    });
    expect((await loadSpec(file)).problems.map(({ code }) => code)).toEqual(['ref-outside']);
    expect((await loadSpec(file, { root })).problems).toEqual([]);
  });

  test.each([
    ['a path outside the folder', '../secret.yaml', 'ref-outside'],
    ['an encoded path outside the folder', '%2e%2e/secret.yaml', 'ref-outside'],
    ['a path that leaves the folder and returns', '../spec/../secret.yaml', 'ref-outside'],
    ['an absolute path', '/etc/passwd', 'ref-outside'],
    ['a Windows path', '..\\\\secret.yaml', 'ref-outside'],
    ['a drive', 'C:/secret.yaml', 'ref-remote'],
    ['a symbolic link to a file outside', 'link.yaml', 'ref-outside'],
    ['a symbolic link to a folder outside', 'up/secret.yaml', 'ref-outside'],
    ['a file URL', 'file:///etc/passwd', 'ref-remote'],
    ['a URL without a scheme', '//specs.demo.test/a.yaml', 'ref-remote'],
    ['a data URL', 'data:application/json,{}', 'ref-remote'],
    ['a device', '../../../../../dev/zero', 'ref-outside'],
    ['a folder', 'parts.yaml', 'ref-file-kind'],
    ['a NUL character', 'a%00.yaml', 'ref-syntax'],
    ['an invalid escape', 'a%zz.yaml', 'ref-syntax'],
    ['a file of another kind', 'notes.txt', 'ref-file-kind'],
  ])('%s is rejected', async (_name, ref, code) => {
    const file = write({
      'spec/openapi.yaml': documentWith(`{ $ref: "${ref}" }`),
      'secret.yaml': 'TOP-SECRET: 1\n',
      'spec/notes.txt': 'TOP-SECRET',
    });
    mkdirSync(path.join(root, 'spec/parts.yaml'));
    symlinkSync('../secret.yaml', path.join(root, 'spec/link.yaml'));
    symlinkSync('..', path.join(root, 'spec/up'));
    const spec = await loadSpec(file);
    expect(spec.problems.map((problem) => problem.code)).toEqual([code]);
    expect(spec.files.size).toBe(1);
    expect(JSON.stringify(spec.problems)).not.toContain('TOP-SECRET');
    await expect(bundleSpec(spec)).rejects.toBeInstanceOf(InputError);
  });

  test('files of an allowed host, without a connection to any other', async () => {
    const requests: string[] = [];
    const server = createServer(({ url = '' }, response) => {
      requests.push(url);
      if (url === '/moved.yaml') response.writeHead(302, { location: '/parts/a.yaml' });
      else if (url === '/gone.yaml') response.writeHead(404);
      if (url === '/parts/a.yaml') response.end('A: { properties: { b: { $ref: b.json } } }');
      else if (url === '/parts/b.json') response.end('{ "type": "string", "minLength": 3 }');
      else response.end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const { port } = server.address() as AddressInfo;
    const here = `http://127.0.0.1:${port}`;
    const there = `http://localhost:${port}`;

    const file = write({
      'spec/openapi.yaml': documentWith(`{ $ref: '${here}/parts/a.yaml#/A', example: { $ref: '${there}/e' } }`),
    });
    const refused = await loadSpec(file);
    await lintSpec(refused);
    expect(refused.problems.map(({ code }) => code)).toEqual(['ref-remote']);
    expect(requests).toEqual([]);

    const spec = await loadSpec(file, { allowHosts: ['127.0.0.1'] });
    expect(spec.problems).toEqual([]);
    expect(requests).toEqual(['/parts/a.yaml', '/parts/b.json']);
    expect((await lintSpec(spec)).filter(({ code }) => /^(ref-|no-unresolved)/.test(code))).toEqual([]);
    expect(JSON.stringify((await bundleSpec(spec)).document)).toContain('"minLength":3');
    expect(requests).toHaveLength(2);

    requests.length = 0;
    const wrong = write({
      'spec/openapi.yaml':
        documentWith(`{ $ref: '${there}/parts/a.yaml#/A' }`) +
        `    B: { $ref: '${here}/moved.yaml' }\n    C: { $ref: '${here}/gone.yaml' }\n    D: { $ref: '${here}/parts/a.yaml#/X' }\n`,
    });
    const { problems } = await loadSpec(wrong, { allowHosts: ['127.0.0.1'] });
    expect(problems.map(({ code, at }) => [code, at.line]).sort((a, b) => Number(a[1]) - Number(b[1]))).toEqual([
      ['ref-remote', 6],
      ['ref-remote', 7],
      ['ref-remote', 8],
      ['ref-not-found', 9],
    ]);
    expect(requests.sort()).toEqual(['/gone.yaml', '/moved.yaml', '/parts/a.yaml']);
  });

  test('an invalid part is watched, and its text is not shown', async () => {
    const file = write({
      'spec/openapi.yaml': documentWith('{ $ref: a.yaml }'),
      'spec/a.yaml': "password: 'TOP-SECRET\n",
    });
    const spec = await loadSpec(file);
    expect(spec.files.size).toBe(2);
    expect(spec.texts.size).toBe(1);
  });

  test.each([
    ['file-missing', 'nowhere.yaml', undefined],
    ['file-kind', 'openapi.txt', 'openapi: 3.1.1'],
    ['file-encoding', 'openapi.yaml', Buffer.from([0x61, 0xff, 0xfe])],
  ])('%s', async (code, name, content) => {
    const file = path.join(root, name);
    if (content !== undefined) writeFileSync(file, content);
    await expect(loadSpec(file)).rejects.toMatchObject({ diagnostics: [{ code }] });
  });

  test.each(['utf-16le', 'utf-16be', 'utf-8'])('a file in %s with a byte order mark', async (encoding) => {
    const folder = path.dirname(write({ 'spec/openapi.yaml': '' }));
    const little = Buffer.from(`\ufeff${documentWith('{ description: "äöü", type: string }')}`, 'utf16le');
    const bytes = encoding === 'utf-16be' ? Buffer.from(little).swap16() : little;
    const utf8 = Buffer.from(little.toString('utf16le'), 'utf8');
    writeFileSync(path.join(folder, 'openapi.yaml'), encoding === 'utf-8' ? utf8 : bytes);
    const spec = await loadSpec(path.join(folder, 'openapi.yaml'));
    expect(spec.problems).toEqual([]);
    expect([...spec.texts.values()].join()).toContain('äöü');
  });

  test('limits', async () => {
    const file = write({
      'spec/openapi.yaml': `${documentWith('{ $ref: a.yaml }')}    B: { $ref: b.yaml }\n`,
      'spec/a.yaml': 'type: string\n',
      'spec/b.yaml': 'type: string\n',
    });
    expect((await loadSpec(file, { limits: { files: 2 } })).problems.map(({ code }) => code)).toEqual(['ref-files']);
    await expect(loadSpec(file, { limits: { fileSize: 10 } })).rejects.toMatchObject({
      diagnostics: [
        {
          code: 'file-size',
          message: expect.stringMatching(/large\. Expected at most 10 bytes, received \d{3} bytes\.$/),
        },
      ],
    });
    await expect(loadSpec(file, { limits: { depth: 2 } })).rejects.toMatchObject({
      diagnostics: [{ code: 'yaml-too-deep' }],
    });
  });
});
