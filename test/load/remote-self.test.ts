import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { bundleSpec } from '../../scripts/bundle/index.ts';
import { openWorkspace } from '../../scripts/config/workspace.ts';
import { generate } from '../../scripts/generate/index.ts';
import { lintSpec } from '../../scripts/lint/index.ts';
import { loadSpec } from '../../scripts/load/index.ts';

const folderOf = (files: { readonly [name: string]: string }): string => {
  const folder = mkdtempSync(path.join(tmpdir(), 'countersign-remote-self-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  }
  return folder;
};

/** A document whose responses are schemas at these references. */
const documentOf = (refs: readonly string[]) =>
  JSON.stringify({
    openapi: '3.2.0',
    info: { title: 'T', version: '1' },
    servers: [{ url: 'https://acme.example' }],
    paths: Object.fromEntries(
      refs.map(($ref, index) => [
        `/p${index}`,
        {
          get: {
            operationId: `get${index}`,
            responses: { 200: { description: 'ok', content: { 'application/json': { schema: { $ref } } } } },
          },
        },
      ]),
    ),
  });
/** A document of parts. */
const parts = ($self: string | undefined, schemas: object) =>
  JSON.stringify({
    openapi: '3.2.0',
    ...($self && { $self }),
    info: { title: 'P', version: '1' },
    components: { schemas },
  });
const id = { Id: { type: 'integer', minLength: 41 } };
const refTo = ($ref: string) => ({ Id: { type: 'object', properties: { inner: { $ref } } } });
const CANONICAL = 'https://specs.example/v1/parts';
const at = (uri: string) => `${uri}#/components/schemas/Id`;

type Case = {
  readonly name: string;
  /** Of the host, by path. `HERE` is its URL. */
  readonly remote: { readonly [path: string]: string };
  readonly local?: { readonly [path: string]: string };
  readonly refs: readonly string[];
  /** The requested paths, sorted. */
  readonly requests: readonly string[];
  readonly problems?: readonly RegExp[];
};

const cases: readonly Case[] = [
  {
    name: 'a local reference to the $self of a fetched file, before and after the reference to its URL',
    remote: { '/mirror/a.json': parts(CANONICAL, id) },
    refs: [at(CANONICAL), at('HERE/mirror/a.json'), at(CANONICAL)],
    requests: ['/mirror/a.json'],
  },
  {
    name: 'a fetched file that refers to itself by its $self',
    remote: {
      '/a.json': parts(CANONICAL, { ...refTo(`${CANONICAL}#/components/schemas/Own`), Own: { minLength: 41 } }),
    },
    refs: [at('HERE/a.json')],
    requests: ['/a.json'],
  },
  {
    name: 'a fetched file that refers to the $self of another',
    remote: { '/a.json': parts(undefined, refTo(at(CANONICAL))), '/deep/b.json': parts(CANONICAL, id) },
    refs: [at('HERE/a.json'), at('HERE/deep/b.json')],
    requests: ['/a.json', '/deep/b.json'],
  },
  {
    name: 'a relative reference to a $self, by the $self of its file',
    remote: {
      '/a.json': parts(CANONICAL, refTo(at('other'))),
      '/deep/b.json': parts('https://specs.example/v1/other', id),
    },
    refs: [at('HERE/a.json'), at('HERE/deep/b.json')],
    requests: ['/a.json', '/deep/b.json'],
  },
  {
    name: 'a relative $self of a fetched file',
    remote: { '/mirror/a.json': parts('../v1/parts', id) },
    refs: [at('HERE/mirror/a.json'), at('HERE/v1/parts')],
    requests: ['/mirror/a.json', '/v1/parts'],
  },
  {
    name: 'a relative reference beside a file whose $self has a host that is not allowed',
    remote: { '/a/a.json': parts(CANONICAL, refTo(at('b.json'))), '/a/b.json': parts(undefined, id) },
    refs: [at('HERE/a/a.json')],
    requests: ['/a/a.json', '/a/b.json'],
  },
  {
    name: 'a relative reference by a $self at another path of an allowed host',
    remote: { '/mirror/a.json': parts('HERE/v1/a.json', refTo(at('b.json'))), '/v1/b.json': parts(undefined, id) },
    refs: [at('HERE/mirror/a.json')],
    requests: ['/mirror/a.json', '/v1/b.json'],
  },
  {
    name: 'two fetched files with one $self',
    remote: { '/a.json': parts(CANONICAL, id), '/b.json': parts(CANONICAL, id) },
    refs: [at('HERE/a.json'), at('HERE/b.json'), at(CANONICAL)],
    requests: ['/a.json', '/b.json'],
    problems: [/ref-self.*HERE\/a\.json and HERE\/b\.json have the same `\$self`/],
  },
  {
    name: 'a fetched file cannot read files of this machine by their $self',
    remote: { '/a.json': parts(undefined, refTo(at(CANONICAL))) },
    local: { 'parts.json': parts(CANONICAL, id) },
    refs: [at('HERE/a.json')],
    requests: ['/a.json'],
    problems: [/ref-remote/],
  },
];

describe('$self of files of an allowed host', () => {
  test.each(cases.map((each) => [each.name, each] as const))(
    '%s',
    async (_, { remote, local = {}, refs, requests, problems = [] }) => {
      const asked: string[] = [];
      const server = createServer(({ url = '' }, response) => {
        asked.push(url);
        const text = remote[url];
        response.writeHead(text === undefined ? 404 : 200).end(text?.replaceAll('HERE', here));
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      onTestFinished(() => void server.close());
      const here = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      const folder = folderOf({ ...local, 'openapi.json': documentOf(refs.map((ref) => ref.replace('HERE', here))) });
      const spec = await loadSpec(path.join(folder, 'openapi.json'), { allowHosts: ['127.0.0.1'] });
      const found = spec.problems.map(({ code, message }) => `${code} ${message}`.replaceAll(here, 'HERE'));
      if (problems.length > 0) {
        expect(found).toHaveLength(problems.length);
        for (const [index, problem] of problems.entries()) expect(found[index]).toMatch(problem);
      }
      // The second path of a relative `$self` is known only when the first was read.
      expect([...new Set(asked)].filter((url) => url in remote).sort()).toEqual(
        requests.filter((url) => url in remote),
      );
      if (problems.length > 0) return;
      expect(found).toEqual([]);
      expect((await lintSpec(spec)).filter(({ code }) => /^(ref-|no-unresolved)/.test(code))).toEqual([]);
      const { document } = await bundleSpec(spec);
      const text = JSON.stringify(document);
      expect(text).toContain('"minLength":41');
      expect(
        [...text.matchAll(/"\$ref":"([^"]*)"/g)].map(([, ref]) => ref).filter((ref) => !ref?.startsWith('#')),
      ).toEqual([]);
    },
  );
});

describe('the cached result of generate', () => {
  test.each(['second.json', 'deep/second.json', 'dist/second.json'])(
    'is not used when %s declares the same $self',
    async (name) => {
      const folder = folderOf({
        'specs/acme/openapi.json': documentOf([at(CANONICAL)]),
        'specs/acme/dist/parts.json': parts(CANONICAL, { Id: { type: 'integer' } }),
      });
      symlinkSync(path.join(import.meta.dirname, '../../node_modules'), path.join(folder, 'node_modules'));
      const workspace = {
        ...openWorkspace(folder, { providers: { acme: { lint: 'essential' } } }),
        cache: path.join(folder, 'cache'),
      };
      await generate(workspace);
      mkdirSync(path.join(folder, 'specs/acme/deep'), { recursive: true });
      writeFileSync(path.join(folder, 'specs/acme', name), parts(CANONICAL, { Id: { type: 'string' } }));
      await expect(generate(workspace)).rejects.toMatchObject({ diagnostics: [{ code: 'ref-self' }] });
    },
  );
});
