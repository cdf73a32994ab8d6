import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openEditor, positionOf, type Range } from './client.ts';

const SPEC = `openapi: 3.1.1
info:
  title: Acme
  version: 1.0.0
  license: { name: MIT, identifier: MIT }
servers:
  - url: https://api.demo.test
x-cs-envelope:
  code: /code
  success: [0]
  errors:
    1: { name: NotFound, description: There is no such thing. }
paths:
  /login:
    get:
      operationId: logIn
      summary: Log in
      security: []
      responses:
        '200': { $ref: '#/components/responses/Fine' }
        '400': { description: A wrong request. }
  /things:
    get:
      operationId: listThings
      summary: List the things
      security: [{ acmeSignature: [], session: [] }]
      x-cs-envelope:
        codes: [1]
      responses:
        '200': { $ref: '#/components/responses/Fine' }
        '400':
          description: A wrong request.
          content: { application/json: { schema: { type: object }, example: { code: 1 } } }
components:
  responses:
    Fine:
      description: Fine.
      content:
        application/json:
          schema: { type: object, required: [code], properties: { code: { type: integer }, token: { type: string } } }
          example: { code: 0, token: t }
  securitySchemes:
    session:
      type: apiKey
      in: header
      name: x-token
      x-cs-session:
        operation: logIn
        token: /token
    acmeSignature:
      type: apiKey
      in: header
      name: x-signature
      x-cs-signing:
        algorithm: hmac-sha256
        credentials: { secret: {} }
        replay: none
`;
const SIGNING = `import { defineSigner } from '@countersign/runtime/signing';
export const acmeSignature = defineSigner({});
`;
const LOGIC = `export const listThings = () => ({ data: [] });\n`;
const FILE = 'specs/acme/openapi.yaml';

type Editor = Awaited<ReturnType<typeof openEditor>>;
let editor: Editor;
const ended: (number | null)[] = [];

beforeAll(async () => {
  editor = await openEditor({
    [FILE]: SPEC,
    'plugins/acme/signing.ts': SIGNING,
    'plugins/acme/logic/things.ts': LOGIC,
  });
  await editor.open(FILE);
  await editor.open('plugins/acme/signing.ts');
  await editor.open('plugins/acme/logic/things.ts');
});
afterAll(async () => {
  ended.push(await editor.close());
  expect(ended).toEqual([0]);
});

describe('countersign lsp', () => {
  it('reports its capabilities', () => {
    expect(editor.capabilities).toMatchObject({
      capabilities: { completionProvider: {}, hoverProvider: true, definitionProvider: true, codeActionProvider: {} },
    });
  });

  it('reports errors of unsaved text, and none once they are fixed', async () => {
    await editor.diagnostics(FILE, (codes) => codes.length === 0);
    await editor.change(FILE, SPEC.replace('#/components/responses/Fine', '#/components/responses/Fien'));
    const { diagnostics } = await editor.diagnostics(FILE, (codes) => codes.includes('ref-not-found'));
    expect(diagnostics[0]?.range.start).toEqual(positionOf(SPEC, "'#/components", 0));
    await editor.change(FILE, SPEC.replace('title: Acme', 'title: [Acme'));
    await editor.diagnostics(FILE, (codes) => codes.some((code) => code.startsWith('yaml-')));
    await editor.change(FILE, SPEC);
    await editor.diagnostics(FILE, (codes) => codes.length === 0);
  });

  const COMPLETIONS: readonly (readonly [string, string, string, readonly string[]])[] = [
    ['operationIds of a login', 'operation: logIn', 'operation: ', ['logIn', 'listThings']],
    ['schemes', '[{ acmeSignature: [], session: [] }]', '[{ ', ['acmeSignature', 'session']],
    ['codes', 'codes: [1]', 'codes: [', ['1']],
    ['error names', '1: { name: NotFound,', '1: { name: ', ['Forbidden', 'TooManyRequests']],
    ['references', "$ref: '#/components/responses/Fine'", '$ref: ', ['#/components/responses/Fine']],
    ['algorithms', 'algorithm: hmac-sha256', 'algorithm: ', ['hmac-sha512', 'ed25519']],
    [
      'fields of an extension',
      'algorithm: hmac-sha256\n',
      'algorithm: hmac-sha256\n        ',
      ['timestamp', 'nonce', 'message'],
    ],
    [
      'extensions of an operation',
      'summary: List the things\n',
      'summary: List the things\n      ',
      ['x-cs-retry', 'x-cs-page', 'deprecated'],
    ],
  ];
  it.each(COMPLETIONS)('completes %s', async (_, from, to, want) => {
    const text = SPEC.replace(
      from,
      to === from ? from : `${to}${from.includes('\n') ? '\n' : from.slice(to.length).replace(/^[\w'#/-]+/, '')}`,
    );
    await editor.change(FILE, text);
    const items = await editor.ask<readonly { readonly label: string }[]>('completion', FILE, positionOf(text, to));
    expect(items.map(({ label }) => label)).toEqual(expect.arrayContaining([...want]));
    await editor.change(FILE, SPEC);
  });

  it.each([
    ['an extension', 'x-cs-signing', /requests are signed/],
    ['a field of an extension', 'credentials: {', /./],
    ['a code', '[1]', /NotFound: There is no such thing/],
    ['an operation', 'operation: logIn', /Log in/],
  ])('shows the docs of %s', async (_, part, want) => {
    const at = part.startsWith('operation') ? 13 : 1;
    const hover = await editor.ask<{ readonly contents: { readonly value: string } }>(
      'hover',
      FILE,
      positionOf(SPEC, part, at),
    );
    expect(hover.contents.value).toMatch(want);
  });

  type Location = { readonly uri: string; readonly range: Range };
  it.each([
    ['a reference', FILE, SPEC, "'#/components/responses", FILE, SPEC, '    Fine:', 4],
    ['a login', FILE, SPEC, 'operation: logIn', FILE, SPEC, 'operationId: logIn', 0],
    ['a scheme', FILE, SPEC, '[{ acmeSig', FILE, SPEC, '    acmeSignature:', 4],
    ['a code', FILE, SPEC, 'codes: [1', FILE, SPEC, '    1: {', 4],
    ['the signer in a plugin', FILE, SPEC, 'x-cs-signing', 'plugins/acme/signing.ts', SIGNING, 'acmeSignature', 0],
    [
      'the handler in a plugin',
      FILE,
      SPEC,
      'operationId: listThings',
      'plugins/acme/logic/things.ts',
      LOGIC,
      'listThings',
      0,
    ],
    [
      'the scheme of a signer',
      'plugins/acme/signing.ts',
      SIGNING,
      'const acmeSig',
      FILE,
      SPEC,
      '    acmeSignature:',
      4,
    ],
    [
      'the operation of a handler',
      'plugins/acme/logic/things.ts',
      LOGIC,
      'const list',
      FILE,
      SPEC,
      'operationId: listThings',
      0,
    ],
  ])('goes to the definition of %s', async (_, from, text, part, to, target, place, at) => {
    const location = await editor.ask<Location>('definition', from, positionOf(text, part));
    expect(location).toMatchObject({ uri: editor.uri(to), range: { start: positionOf(target, place, at) } });
  });

  it('fixes an error by an edit', async () => {
    const wrong = SPEC.replace('https://api.demo.test', 'https://api.demo.test/');
    await editor.change(FILE, wrong);
    const { diagnostics } = await editor.diagnostics(FILE, (codes) => codes.includes('no-server-trailing-slash'));
    const found = diagnostics.find(({ code }) => code === 'no-server-trailing-slash');
    const actions = found ? await editor.actions(FILE, found) : [];
    expect(actions.map(({ kind }) => kind)).toEqual(['quickfix', 'source.fixAll']);
    const [edit] = actions[0]?.edit.changes[editor.uri(FILE)] ?? [];
    expect(edit?.newText).toBe('https://api.demo.test');
    await editor.change(FILE, SPEC);
    await editor.diagnostics(FILE, (codes) => codes.length === 0);
  });
});
