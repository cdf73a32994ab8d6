import { existsSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { addSetting } from '../../scripts/commands/init/relax-lint.ts';
import { camelCase } from '../../scripts/common/text/names.ts';
import { makeWorkspace, repository, type TestWorkspace } from '../build/make-workspace.ts';

let workspace: TestWorkspace;

beforeAll(async () => {
  workspace = await makeWorkspace([]);
  await workspace.run(['init', '--scope', '@shops']);
  await workspace.run(['add', 'plain']);
  await workspace.run(['add', 'signed', '--signing', 'md5', '--signer']);
});
afterAll(() => workspace.remove());

const read = (path: string): Promise<string> => readFile(join(workspace.root, path), 'utf8');

describe('add --from', () => {
  const write = (name: string, text: string): Promise<void> => writeFile(join(workspace.root, name), text);
  /** What external documents omit: licence, host, name, summary, failures and security. */
  const bare = (openapi: string, schema: object): object => ({
    openapi,
    info: { title: 'Old', version: '1', description: 'Old.' },
    paths: {
      '/pets/{id}': {
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
        get: {
          description: 'Finds a pet. Slowly.',
          responses: { '200': { description: 'A pet.', content: { 'application/json': { schema } } } },
        },
      },
    },
    components: { schemas: { Pet: { type: 'string', nullable: true }, Unused: { type: 'string' } } },
  });

  it('converts OpenAPI 3.0 from a URL to 3.1, and reports what it added', async () => {
    const document = bare('3.0.3', { $ref: '#/components/schemas/Pet' });
    const server = createServer((_, response) => response.end(JSON.stringify(document)));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    try {
      const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/openapi.json`;
      const { code, stdout, stderr } = await workspace.run(['add', 'old', '--from', url]);
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      for (const told of [
        'operationId × 1',
        'summary × 1',
        'response × 1',
        'info.license',
        'servers',
        'security: []',
        'removed 1 unused components',
      ])
        expect(stdout).toContain(told);
    } finally {
      server.close();
    }
    const spec = parse(await read('specs/old/openapi.yaml'));
    expect(spec).toMatchObject({
      openapi: '3.1.1',
      info: { license: { name: 'Unknown' } },
      security: [],
      components: { schemas: { Pet: { type: ['string', 'null'] } } },
    });
    expect(spec.components.schemas).not.toHaveProperty('Unused');
    expect(spec.paths['/pets/{id}'].get).toMatchObject({
      operationId: 'getPetsId',
      summary: 'Finds a pet',
      responses: { '4XX': { 'x-cs-source': 'inferred' } },
    });
    expect(await workspace.run(['lint', 'old'])).toMatchObject({ code: 0 });
    expect(await workspace.run(['generate', 'old'])).toMatchObject({ code: 0, stderr: '' });
  });

  it('keeps a complete 3.1 file unchanged, with its comments', async () => {
    const text = `# Theirs.\n${await read('specs/plain/openapi.yaml')}`;
    await write('theirs.yaml', text);
    expect(await workspace.run(['add', 'theirs', '--from', 'theirs.yaml'])).toMatchObject({ code: 0 });
    expect(await read('specs/theirs/openapi.yaml')).toBe(text);
  });

  it('completes a 3.1 file without changing its comments', async () => {
    const [openapi, ...rest] = stringify(bare('3.1.0', { type: 'string' })).split('\n');
    await write('bare.yaml', [openapi, '# Theirs.', ...rest].join('\n').replace('nullable: true', 'minLength: 1'));
    expect(await workspace.run(['add', 'bare', '--from', 'bare.yaml'])).toMatchObject({ code: 0 });
    const made = await read('specs/bare/openapi.yaml');
    expect(made).toContain('# Theirs.');
    expect(made).toContain('operationId: getPetsId');
    expect(await workspace.run(['generate', 'bare'])).toMatchObject({ code: 0 });
  });

  it.each([
    ['a recipe', 'stripe', false],
    ['an algorithm', 'hmac-sha512', true],
  ])('adds signing by %s to a document that declares no security', async (_, signing, hasSigner) => {
    const name = `doc-${signing}`;
    await write('unsigned.json', JSON.stringify(bare('3.0.3', { type: 'string' })));
    const added = await workspace.run(['add', name, '--from', 'unsigned.json', '--signing', signing]);
    expect(added).toMatchObject({ code: 0, stderr: '' });
    const scheme = `${camelCase(name)}Signature`;
    expect(added.stdout).toContain(`added    security ${scheme} for all operations`);
    const spec = parse(await read(`specs/${name}/openapi.yaml`));
    expect(spec.security).toEqual([{ [scheme]: [] }]);
    expect(Object.keys(spec.components.securitySchemes)).toEqual([scheme]);
    expect(existsSync(join(workspace.root, `plugins/${name}/signing.ts`))).toBe(hasSigner);
    const generated = await workspace.run(['generate', name]);
    expect({ code: generated.code, stderr: generated.stderr }).toEqual({ code: 0, stderr: '' });
    expect(await read(`generated/${name}/src/operations.ts`)).toContain(scheme);
  });

  it.each([
    ['none', [], [{ takenSignature: [] }]],
    ['a key', [{ takenSignature: [] }], [{ takenSignature: [], takenSignature2: [] }]],
    ['a key or no credentials', [{ takenSignature: [] }, {}], [{ takenSignature: [], takenSignature2: [] }, {}]],
  ])('adds a signature under an unused name to a document whose security is %s', async (_, security, want) => {
    const key = { takenSignature: { type: 'apiKey', in: 'header', name: 'X-Key' } };
    const components = { securitySchemes: security.length > 0 ? key : {} };
    await write('taken.json', JSON.stringify({ ...bare('3.0.3', { type: 'string' }), security, components }));
    await rm(join(workspace.root, 'specs/taken'), { recursive: true, force: true });
    const added = await workspace.run(['add', 'taken', '--from', 'taken.json', '--signing', 'hmac']);
    expect(added).toMatchObject({ code: 0, stderr: '' });
    expect(added.stdout.includes('beside what the document requires')).toBe(security.length > 0);
    expect(parse(await read('specs/taken/openapi.yaml'))).toMatchObject({ security: want });
    expect(await workspace.run(['generate', 'taken'])).toMatchObject({ code: 0 });
  });

  describe('requires a signature where the document declares it', () => {
    const parameter = { name: 'signature', in: 'query', required: true, schema: { type: 'string' } };
    const key = { type: 'apiKey', in: 'header', name: 'x-mbx-apikey' };
    const signature = { type: 'apiKey', in: 'query', name: 'signature' };
    const other = { type: 'http', scheme: 'bearer' };
    const want = { boundSignature: [] };

    type Row = readonly [
      title: string,
      operation: object,
      rest: { readonly open?: object[]; readonly [field: string]: unknown },
      want: object,
    ];
    it.each<Row>([
      ['as a parameter', { parameters: [parameter] }, {}, { signed: [want], security: [], schemes: [] }],
      [
        'as a referenced parameter, with the API key that the recipe sends',
        { parameters: [{ $ref: '#/components/parameters/sig' }], security: [{ key: [] }] },
        { components: { parameters: { sig: parameter }, securitySchemes: { key } } },
        { signed: [want], security: [], schemes: [] },
      ],
      [
        'as a parameter, beside an API key that another operation requires',
        { parameters: [parameter], security: [{ key: [] }] },
        { components: { securitySchemes: { key } }, open: [{ key: [] }] },
        { signed: [want], open: [{ key: [] }], security: undefined, schemes: ['key'] },
      ],
      [
        'as API keys of the operation',
        { security: [{ key: [], signature: [] }, {}] },
        { components: { securitySchemes: { key, signature } } },
        { signed: [want, {}], security: [], schemes: [] },
      ],
      [
        'as API keys of the document, with a token',
        {},
        {
          components: { securitySchemes: { key, signature, other } },
          security: [{ key: [], signature: [], other: [] }],
        },
        { security: [{ other: [], ...want }], schemes: ['other'] },
      ],
    ])('%s', async (_title, operation, { open, ...rest }, wanted) => {
      const responses = { '200': { description: 'Done.' }, '400': { description: 'Wrong.' } };
      const paths = {
        '/signed': { get: { operationId: 'getSigned', summary: 'Signed', responses, ...operation } },
        '/open': { get: { operationId: 'getOpen', summary: 'Open', responses, ...(open && { security: open }) } },
      };
      const info = { title: 'Bound', version: '1', license: { name: 'MIT', identifier: 'MIT' } };
      const servers = [{ url: 'https://api.bound.test' }];
      await write('bound.json', JSON.stringify({ openapi: '3.1.1', info, servers, paths, ...rest }));
      await rm(join(workspace.root, 'specs/bound'), { recursive: true, force: true });
      const added = await workspace.run(['add', 'bound', '--from', 'bound.json', '--signing', 'binance']);
      expect(added).toMatchObject({ code: 0, stderr: '' });
      expect(added.stdout).toContain('added    security boundSignature where the document declares its signature');
      expect(added.stdout).not.toContain('style error');
      const spec = parse(await read('specs/bound/openapi.yaml'));
      const { boundSignature: own, ...schemes } = spec.components.securitySchemes;
      expect(own).toHaveProperty('x-cs-signing');
      expect({
        signed: spec.paths['/signed'].get.security,
        open: spec.paths['/open'].get.security,
        security: spec.security,
        schemes: Object.keys(schemes),
      }).toEqual({ signed: undefined, open: undefined, ...wanted });
      expect(await workspace.run(['generate', 'bound'])).toMatchObject({ code: 0 });
    });
  });

  it('writes a signer for a signing scheme in the document, which generate accepts', async () => {
    const scheme = (await read('specs/signed/openapi.yaml')).replaceAll('signedSignature', 'theirSignature');
    await write('signing.yaml', scheme);
    const signing = await workspace.run(['add', 'signing', '--from', 'signing.yaml', '--signing', 'md5']);
    expect(signing).toMatchObject({ code: 0, stderr: '' });
    expect(await read('plugins/signing/signing.ts')).toContain('export const theirSignature =');
    // A recipe needs no signer. A signer for the same scheme is rejected.
    await workspace.run(['add', 'recipe', '--signing', 'md5']);
    await write(
      'recipe.yaml',
      (await read('specs/recipe/openapi.yaml')).replaceAll('recipeSignature', 'otherSignature'),
    );
    const kept = await workspace.run(['add', 'data', '--from', 'recipe.yaml', '--signing', 'md5']);
    expect(kept).toMatchObject({ code: 0 });
    expect(kept.stdout).toContain('kept     the signing scheme of the document: --signing adds none');
    expect(existsSync(join(workspace.root, 'plugins/data/signing.ts'))).toBe(false);
    const { code, stderr } = await workspace.run(['generate', 'signing', 'data']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });

  it.each([
    ['a folder', '.', undefined, 'The path is a folder.'],
    ['a file below a file', 'package.json/x', undefined, 'The file does not exist.'],
    ['an empty file', 'empty.yaml', '\n', 'The document is empty.'],
    ['Swagger', 'swagger.json', '{"swagger":"2.0"}', 'The document uses Swagger 2.0'],
    [
      'an unsupported OpenAPI version',
      'later.yaml',
      'openapi: 4.0.0\n',
      'The version `openapi: 4.0.0` is not supported.',
    ],
  ])('rejects %s and reports the error', async (_, from, content, says) => {
    if (content !== undefined) await write(from, content);
    const { code, stderr } = await workspace.run(['add', 'refused', '--from', from]);
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining(says) });
    expect(/Convert/.test(stderr)).toBe(says.includes('Swagger'));
  });

  it('bundles several files into one', async () => {
    await write(
      'whole.json',
      JSON.stringify(bare('3.1.0', { $ref: './parts.yaml#/Pet' })).replace(',"nullable":true', ''),
    );
    await write('parts.yaml', 'Pet: { type: object, required: [name], properties: { name: { type: string } } }\n');
    expect(await workspace.run(['add', 'whole', '--from', 'whole.json'])).toMatchObject({ code: 0, stderr: '' });
    expect(await read('specs/whole/openapi.yaml')).not.toContain('parts.yaml');
    expect(await workspace.run(['generate', 'whole'])).toMatchObject({ code: 0 });
    expect(await read('generated/whole/src/types.ts')).toMatch(/name: string/);
  });
});

describe('add --from, with a document that violates our style rules', () => {
  it('is generated anyway, and the configuration says why', async () => {
    const examples = join(repository, 'node_modules/@readme/oas-examples/3.0/json');
    for (const [provider, file] of [
      ['kinds', 'discriminators.json'],
      ['back-calls', 'callbacks.json'],
    ] as const) {
      const { code, stdout, stderr } = await workspace.run(['add', provider, '--from', join(examples, file)]);
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(stdout).toMatch(/\d+ style errors? (is reported as a warning|are reported as warnings)/);
    }
    expect(await read('countersign.config.ts')).toBe(
      "import { defineConfig } from 'countersign';\n\nexport default defineConfig({\n  scope: '@shops',\n  providers: {\n    kinds: { lint: 'essential' },\n    'back-calls': { lint: 'essential' }\n  }\n});\n",
    );
    const made = await workspace.run(['generate', 'kinds', 'back-calls']);
    expect({ code: made.code, written: /files written/.test(made.stdout) }).toEqual({ code: 0, written: true });
  });

  it('reports how many errors are left, and lint says how to fix them', async () => {
    const text = `openapi: 3.0.3
info: { title: T, version: '1' }
paths:
  /things:
    post:
      requestBody: { content: { application/json: { schema: null } } }
      responses: { '200': { description: Things. } }
`;
    await writeFile(join(workspace.root, 'empty-schema.yaml'), text);
    const added = await workspace.run(['add', 'empty-schema', '--from', 'empty-schema.yaml']);
    expect(added.stdout).toContain('1 error must be fixed before generation: run npx countersign lint empty-schema');
    const { code, stderr } = await workspace.run(['lint', 'empty-schema']);
    expect([code, stderr]).toEqual([
      1,
      expect.stringContaining('help: Write `{}` for a schema that accepts any value, or remove the key.'),
    ]);
    await rm(join(workspace.root, 'specs/empty-schema'), { recursive: true });
  });

  it.each([
    ['export default {};', "export default {\n  providers: {\n    acme: { lint: 'essential' }\n  }\n};"],
    ['export default { providers: { acme: { hooks: true } } };', "lint: 'essential'"],
    ['const own = {};\nexport default own satisfies object;', "acme: { lint: 'essential' }"],
    ["export default { providers: { acme: { lint: 'strict' } } };", undefined],
    ['export default await load();', undefined],
  ])('writes the setting into %s, or reports that it cannot', (text, want) => {
    if (want === undefined) expect(addSetting(text, 'acme')).toBeUndefined();
    else expect(addSetting(text, 'acme')).toContain(want);
  });
});
