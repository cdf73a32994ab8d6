import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { bundleSpec } from '../../scripts/bundle.ts';
import { InputError } from '../../scripts/diagnostic.ts';
import { lintSpec } from '../../scripts/lint.ts';
import { loadSpec } from '../../scripts/load.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'countersign-load-'));
  mkdirSync(path.join(root, 'spec/parts'), { recursive: true });
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(root, { recursive: true, force: true });
});

function write(files: { readonly [name: string]: string }): string {
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(root, name), text);
  return path.join(root, 'spec/openapi.yaml');
}

const documentWith = (schema: string) =>
  `openapi: 3.1.1\ninfo: { title: T, version: '1' }\npaths: {}\ncomponents:\n  schemas:\n    A: ${schema}\n`;

describe('what is read', () => {
  test('every file that a reference reaches, and no other', async () => {
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

  test('files of a wider root, when it is named', async () => {
    const file = write({
      'spec/openapi.yaml': documentWith('{ $ref: ../shared.yaml }'),
      'shared.yaml': 'type: string\n',
    });
    expect((await loadSpec(file)).problems.map(({ code }) => code)).toEqual(['ref-outside']);
    expect((await loadSpec(file, { root })).problems).toEqual([]);
  });

  test.each([
    ['a path out of the folder', '../secret.yaml', 'ref-outside'],
    ['an encoded path out of the folder', '%2e%2e/secret.yaml', 'ref-outside'],
    ['a path that leaves and comes back', '../spec/../secret.yaml', 'ref-outside'],
    ['an absolute path', '/etc/passwd', 'ref-outside'],
    ['a Windows path', '..\\\\secret.yaml', 'ref-outside'],
    ['a drive', 'C:/secret.yaml', 'ref-remote'],
    ['a symbolic link out of the folder', 'link.yaml', 'ref-outside'],
    ['a symbolic link to a folder outside', 'up/secret.yaml', 'ref-outside'],
    ['a file URL', 'file:///etc/passwd', 'ref-remote'],
    ['a URL without a scheme', '//specs.demo.test/a.yaml', 'ref-remote'],
    ['a data URL', 'data:application/json,{}', 'ref-remote'],
    ['a device', '../../../../../dev/zero', 'ref-outside'],
    ['a folder', 'parts.yaml', 'ref-file-kind'],
    ['a NUL', 'a%00.yaml', 'ref-syntax'],
    ['a wrong escape', 'a%zz.yaml', 'ref-syntax'],
    ['a file of another kind', 'notes.txt', 'ref-file-kind'],
  ])('%s is refused', async (_name, ref, code) => {
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

  test('no connection is made, not even to an allowed host', async () => {
    let requests = 0;
    const server = createServer((_request, response) => {
      requests++;
      response.end('type: string');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const fetching = vi.spyOn(globalThis, 'fetch');
    const { port } = server.address() as AddressInfo;
    const url = `http://127.0.0.1:${port}/a.yaml`;
    const file = write({
      'spec/openapi.yaml': `${documentWith(`{ $ref: '${url}' }`)}    B: { properties: { c: { $ref: '${url}#/x' } }, example: { $ref: '${url}' } }\n`,
    });
    const spec = await loadSpec(file, { allowHosts: ['127.0.0.1'] });
    await lintSpec(spec);
    server.close();
    expect(spec.problems.map(({ code }) => code)).toEqual(['ref-remote', 'ref-remote']);
    expect(requests).toBe(0);
    expect(fetching).not.toHaveBeenCalled();
  });

  test('a broken part is watched, and its text is shown to nobody', async () => {
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

  test('limits', async () => {
    const file = write({
      'spec/openapi.yaml': `${documentWith('{ $ref: a.yaml }')}    B: { $ref: b.yaml }\n`,
      'spec/a.yaml': 'type: string\n',
      'spec/b.yaml': 'type: string\n',
    });
    expect((await loadSpec(file, { limits: { files: 2 } })).problems.map(({ code }) => code)).toEqual(['ref-files']);
    await expect(loadSpec(file, { limits: { fileSize: 10 } })).rejects.toMatchObject({
      diagnostics: [{ code: 'file-size' }],
    });
    await expect(loadSpec(file, { limits: { depth: 2 } })).rejects.toMatchObject({
      diagnostics: [{ code: 'yaml-too-deep' }],
    });
  });
});
