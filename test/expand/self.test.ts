import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { InputError } from '../../scripts/common/diagnostics/diagnostic.ts';
import { loadSpec } from '../../scripts/load/index.ts';
import { expandWith } from './expand-with.ts';

const V1 = 'https://specs.demo.test/v1';
/** A document whose responses are schemas at these references, one a line from line 11 on. */
const root = (refs: readonly string[], { self = `${V1}/openapi.yaml`, version = '3.2.0' } = {}) => `openapi: ${version}
info: { title: T, version: '1' }
${self === '' ? '' : `$self: ${self}`}
paths:
  /a:
    get:
      operationId: a
      responses:
        '200':
          description: Fine.
          content:
${refs.map((ref, index) => `            text/x${index}: { schema: { $ref: '${ref}' } }`).join('\n')}
components:
  schemas:
    Own: { type: boolean }
`;
const parts = (self: string, schemas: object) =>
  JSON.stringify({
    openapi: '3.2.0',
    ...(self === '' ? {} : { $self: self }),
    info: { title: 'P', version: '1' },
    components: { schemas },
  });
const id = { Id: { type: 'integer' } };
const ref = (uri: string) => ({ $ref: uri });

/** The types of the responses' schemas, through components. */
async function typesOf(files: { readonly [name: string]: string }): Promise<readonly unknown[]> {
  const { document } = await expandWith(files);
  const { paths, components } = document as never as {
    paths: { '/a': { get: { responses: { 200: { content: Record<string, { schema: Found }> } } } } };
    components: { schemas: Record<string, Found> };
  };
  type Found = { $ref?: string; type?: string };
  const end = (schema: Found | undefined): unknown =>
    schema?.$ref === undefined ? schema?.type : end(components.schemas[schema.$ref.split('/').at(-1) ?? '']);
  return Object.values(paths['/a'].get.responses[200].content).map(({ schema }) => end(schema));
}

describe('a reference to the $self of a second file', () => {
  const uri = `${V1}/shared/parts`;
  test.each<[string, { readonly [name: string]: string }, readonly unknown[]]>([
    [
      'absolute, at another path',
      { 'openapi.yaml': root([`${uri}#/components/schemas/Id`]), 'b.yaml': parts(uri, id) },
      ['integer'],
    ],
    [
      'as a reference relative to the $self of the document',
      { 'openapi.yaml': root(['shared/parts#/components/schemas/Id']), 'b.yaml': parts(uri, id) },
      ['integer'],
    ],
    [
      'a JSON file in a folder with a space',
      { 'openapi.yaml': root([`${uri}#/components/schemas/Id`]), 'my parts/b#1.json': parts(uri, id) },
      ['integer'],
    ],
    [
      'relative to the published address of its file',
      { 'openapi.yaml': root([`${V1}/all/ids#/components/schemas/Id`]), 'all/b.yaml': parts('ids', id) },
      ['integer'],
    ],
    [
      'relative to its path, from a document without $self',
      { 'openapi.yaml': root(['all/ids#/components/schemas/Id'], { self: '' }), 'all/b.yaml': parts('ids', id) },
      ['integer'],
    ],
    [
      'absolute, from a document without $self',
      { 'openapi.yaml': root([`${uri}#/components/schemas/Id`], { self: '' }), 'b.yaml': parts(uri, id) },
      ['integer'],
    ],
    [
      'not a URL',
      {
        'openapi.yaml': root(['urn:demo:parts#/components/schemas/Id']),
        'b.yaml': parts('urn:demo:parts', id),
      },
      ['integer'],
    ],
    [
      'with its own references: to itself, to the first document, to a third file',
      {
        'openapi.yaml': root(['Itself', 'Back', 'Third'].map((name) => `${uri}#/components/schemas/${name}`)),
        'b.yaml': parts(uri, {
          ...id,
          Itself: ref('parts#/components/schemas/Id'),
          Back: ref('../openapi.yaml#/components/schemas/Own'),
          Third: ref(`${V1}/third#/components/schemas/Name`),
        }),
        'deep/er/c.yaml': parts(`${V1}/third`, { Name: { type: 'string' } }),
      },
      ['integer', 'boolean', 'string'],
    ],
    [
      'from a file that is not a document, also through a chain of references',
      {
        'openapi.yaml': root(['list.yaml', 'list.yaml#/properties/id', `${V1}/openapi.yaml#/components/schemas/Own`]),
        'list.yaml': `type: object\nproperties: { id: { $ref: '${uri}#/components/schemas/Id' } }\n`,
        'b.yaml': parts(uri, id),
      },
      ['object', 'integer', 'boolean'],
    ],
    [
      'beside a file at that path, which has another $self',
      {
        'openapi.yaml': root(['parts.yaml#/components/schemas/Id']),
        'parts.yaml': parts(`${V1}/other`, { Id: { type: 'string' } }),
        'b.yaml': parts(`${V1}/parts.yaml`, id),
      },
      ['integer'],
    ],
    [
      'beside a copy in a generated package',
      {
        'openapi.yaml': root([`${uri}#/components/schemas/Id`]),
        'b.yaml': parts(uri, id),
        'generated/demo/package.json': '{}',
        'generated/demo/openapi.json': parts(uri, { Id: { type: 'string' } }),
      },
      ['integer'],
    ],
    [
      'beside files that cannot be parsed',
      { 'openapi.yaml': root([`${uri}#/components/schemas/Id`]), 'b.yaml': parts(uri, id), 'c.yaml': '$self: [' },
      ['integer'],
    ],
    [
      'a path, where no file has the URI',
      { 'openapi.yaml': root(['b.yaml#/components/schemas/Id']), 'b.yaml': parts('', id) },
      ['integer'],
    ],
  ])('%s', async (_, files, want) => {
    expect(await typesOf(files)).toEqual(want);
  });

  test('a discriminator refers to a $self', async () => {
    const kinds = { A: { type: 'object', required: ['k'], properties: { k: { const: 'a' } } } };
    const document = JSON.parse(parts(`${V1}/openapi.yaml`, {})) as { components: { schemas: object } };
    document.components.schemas = {
      Any: {
        oneOf: [ref(`${uri}#/components/schemas/A`)],
        discriminator: { propertyName: 'k', mapping: { a: `${uri}#/components/schemas/A` } },
      },
    };
    const files = { 'openapi.yaml': JSON.stringify({ ...document, paths: {} }), 'b.yaml': parts(uri, kinds) };
    expect(JSON.stringify((await expandWith(files)).document)).not.toContain('shared/parts');
  });

  test('in a file outside the folder that another reference loads later', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'countersign-self-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    mkdirSync(path.join(folder, 'demo'));
    const file = path.join(folder, 'demo', 'openapi.yaml');
    writeFileSync(file, root([`${uri}#/components/schemas/Id`, '../shared.yaml#/components/schemas/Id']));
    writeFileSync(path.join(folder, 'shared.yaml'), parts(uri, id));
    const { problems } = await loadSpec(file, { root: folder });
    expect(problems).toEqual([]);
  });

  test.each<[string, { readonly [name: string]: string }, string, readonly (string | RegExp)[]]>([
    [
      'that two files declare',
      {
        'openapi.yaml': root([`${uri}#/components/schemas/Id`]),
        'b.yaml': parts(uri, id),
        'more/c.json': parts(uri, id),
      },
      'ref-self',
      ['b.yaml and ', 'more/c.json', `"${uri}"`],
    ],
    [
      'that two files declare, by a relative reference',
      {
        'openapi.yaml': root(['shared/parts#/components/schemas/Id']),
        'b.yaml': parts(uri, id),
        'c.yaml': parts(uri, id),
      },
      'ref-self',
      ['b.yaml and ', 'c.yaml'],
    ],
    [
      'that no file declares',
      { 'openapi.yaml': root([`${uri}#/components/schemas/Id`]), 'b.yaml': parts(`${V1}/other`, id) },
      'ref-remote',
      [/No file in \S+ has/, `"${uri}"`, '`allowHosts`'],
    ],
    [
      'whose file lacks the part',
      { 'openapi.yaml': root([`${uri}#/components/schemas/No`]), 'b.yaml': parts(uri, id) },
      'ref-not-found',
      ['b.yaml'],
    ],
    [
      'in a document of OpenAPI 3.1',
      { 'openapi.yaml': root([`${uri}#/components/schemas/Id`], { version: '3.1.0' }), 'b.yaml': parts(uri, id) },
      'ref-remote',
      ['does not fetch it'],
    ],
  ])('a URI %s is an error with its location', async (_, files, code, words) => {
    const error = await expandWith(files).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    if (!(error instanceof InputError)) throw new Error('expected an InputError');
    const [found] = error.diagnostics;
    expect(found).toMatchObject({ code, at: { file: expect.stringMatching(/openapi\.yaml$/), line: 12 } });
    for (const word of words) expect(found?.message).toMatch(word);
  });
});
