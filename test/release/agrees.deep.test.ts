import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packageFolder } from '../../scripts/commands/build/build.ts';
import type { Bump } from '../../scripts/commands/diff/types.ts';
import { planRelease } from '../../scripts/commands/release/plan.ts';
import type { Registry } from '../../scripts/commands/release/registry.ts';
import { openWorkspace } from '../../scripts/config/workspace.ts';
import { makeWorkspace, type TestWorkspace } from '../build/make-workspace.ts';

const BASE = `openapi: 3.1.1
info: { title: Shop, version: 1.0.0, license: { name: MIT, identifier: MIT } }
servers: [{ url: 'https://shop.example' }]
security: []
paths:
  /notes:
    get:
      operationId: listNotes
      summary: List the notes
      parameters: [{ name: state, in: query, schema: { type: string, enum: [open, done] } }]
      responses:
        '200':
          description: The notes.
          headers: { X-Total: { required: true, schema: { type: integer } } }
          content: { application/json: { schema: { type: array, items: { $ref: '#/components/schemas/Note' } } } }
    post:
      operationId: addNote
      summary: Add a note
      requestBody:
        required: true
        content: { application/json: { schema: { type: object, required: [text], properties: { text: { type: string } } } } }
      responses:
        '201':
          description: The note.
          content: { application/json: { schema: { $ref: '#/components/schemas/Note' } } }
  /notes/{id}:
    get:
      operationId: getNote
      summary: Get a note
      parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
      responses:
        '200':
          description: The note.
          content: { application/json: { schema: { $ref: '#/components/schemas/Note' } } }
components:
  schemas:
    Note: { type: object, required: [id, state], properties: { id: { type: string }, state: { type: string, enum: [open, done] }, by: { type: string } } }
    Unused: { type: object, properties: { a: { type: string } } }
`;
const UNUSED = '    Unused: { type: object, properties: { a: { type: string } } }\n';
const REMOVED = '  /notes/{id}:';
const GET = BASE.slice(BASE.indexOf(REMOVED), BASE.indexOf('components:'));

/** The text that is replaced, its replacement, and a part of what both commands print. */
type Edit = readonly [from: string, to: string, says: string];
const OPTIONAL = 'required: [text], properties: {';

/** Edits with the same bump, together, because each group is generated and built: at least one of them alone has it. */
const GROUPS: readonly (readonly [title: string, bump: Bump, edits: readonly Edit[]])[] = [
  [
    'schemas, operations, properties and headers are removed',
    'major',
    [
      [UNUSED, '', 'The schema `Unused` was removed'],
      [GET, '', 'was removed'],
      [', by: { type: string }', '', '`by`'],
      ['required: true, schema: { type: integer }', 'schema: { type: integer }', 'the header `x-total`'],
      ['https://shop.example', 'https://shop.test', 'calls go to'],
      [OPTIONAL, 'required: [text, to], properties: { to: { type: string },', '`to`'],
    ],
  ],
  [
    'schemas and operations are renamed',
    'major',
    [
      ['Note', 'Memo', 'The schema `Note` was removed'],
      ['Unused:', 'Other:', 'The schema `Unused` was removed'],
      ['operationId: get', 'operationId: read', 'was removed'],
    ],
  ],
  [
    'only a schema that nothing uses has another type',
    'major',
    [['{ a: { type: string', '{ a: { type: integer', '`Unused`']],
  ],
  [
    'operations, properties and values are added',
    'minor',
    [
      [GET, `${GET}${GET.replace('/{id}', '/{id}/copy').replace('getNote', 'copyNote')}`, 'is new'],
      [OPTIONAL, 'required: [text], properties: { to: { type: string },', '`to`'],
      [', by: { type: string }', ', by: { type: string }, at: { type: string }', '`at`'],
      [
        'in: query, schema: { type: string, enum: [open',
        'in: query, schema: { type: string, enum: [late, open',
        'late',
      ],
    ],
  ],
  [
    'a schema is added, and a summary changes',
    'patch',
    [
      [UNUSED, `${UNUSED}    More: { type: string }\n`, '`More`'],
      ['summary: List the notes', 'summary: Show the notes', 'listNotes'],
    ],
  ],
];

let workspace: TestWorkspace;
let published: string;
const write = async (text: string): Promise<void> => {
  await writeFile(join(workspace.root, 'specs/shop/openapi.yaml'), text);
  const { code, stderr } = await workspace.run(['generate']);
  expect([code, stderr]).toEqual([0, expect.any(String)]);
};
const readJson = async (path: string) => JSON.parse(await readFile(path, 'utf8'));
/** A registry with the first build as its only version. */
const registry: Registry = {
  find: async () => ({ last: '1.0.0', taken: ['1.0.0'] }),
  fetch: async () => {
    const manifest = await readJson(join(published, 'package.json'));
    const document = await readJson(join(published, 'openapi.json'));
    return { version: '1.0.0', folder: published, document, recorded: manifest.countersign, manifest, changelog: '' };
  },
  publish: () => Promise.reject(new Error('A plan publishes nothing.')),
};
const plan = async () => {
  const opened = await openWorkspace(workspace.root);
  const temporary = join(workspace.root, 'dist/published');
  const [only] = await planRelease(opened, ['shop'], registry, temporary);
  if (only === undefined) throw new Error('There is no plan.');
  return only;
};
const diff = async () => {
  const { stdout } = await workspace.run(['diff', 'shop', '--json', '--against', join(published, 'openapi.json')]);
  return JSON.parse(stdout)[0];
};

beforeAll(async () => {
  workspace = await makeWorkspace([]);
  await mkdir(join(workspace.root, 'specs/shop'), { recursive: true });
  await writeFile(
    join(workspace.root, 'countersign.config.ts'),
    "export default { providers: { shop: { lint: 'essential' } } };\n",
  );
  await write(BASE);
  expect(await workspace.run(['build'])).toMatchObject({ code: 0 });
  published = await mkdtemp(join(tmpdir(), 'countersign-published-'));
  await cp(packageFolder(await openWorkspace(workspace.root), 'shop'), published, { recursive: true });
});
afterAll(async () => {
  await workspace.remove();
  await rm(published, { recursive: true, force: true });
});

describe('diff and release', () => {
  it('report no change for the published contract', async () => {
    expect([(await diff()).changes, (await plan()).changes]).toEqual([[], []]);
  });

  it.each(GROUPS)('report the same if %s', async (_, bump, edits) => {
    let text = BASE;
    for (const [from, to] of edits) {
      expect(text).toContain(from);
      text = text.replaceAll(from, to);
    }
    await write(text);
    const [seen, planned] = [await diff(), await plan()];
    expect([seen.bump, planned.bump]).toEqual([bump, bump]);
    // Release also compares the exported types. It prints every line of `diff` unchanged.
    expect(planned.changes).toEqual(expect.arrayContaining(seen.changes));
    for (const [, , says] of edits) expect(JSON.stringify(seen.changes)).toContain(says);
  });
});
