// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the rows are sources of signers, which contain templates.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Project } from 'ts-morph';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { checkSpec } from '../../scripts/commands/check-spec.ts';
import { presetDocument, readPreset } from '../../scripts/commands/init/presets.ts';
import type { Diagnostic } from '../../scripts/common/diagnostics/diagnostic.ts';
import { formatDiagnostics } from '../../scripts/common/diagnostics/report.ts';
import { openWorkspace, type Workspace } from '../../scripts/config/workspace.ts';
import { makeProvider } from '../../scripts/generate/make-provider.ts';
import { bodyTextProblems } from '../../scripts/inject/body-text/index.ts';

const HEAD = `import { concat, defineSigner, hmacSha256Hex, sha256Hex, toBytes, type SigningInput } from '@countersign/runtime/signing';
const text = new TextDecoder();
const exact = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
`;

function warnings(code: string): readonly string[] {
  const all = HEAD + code;
  const project = new Project({ useInMemoryFileSystem: true, skipLoadingLibFiles: true });
  const file = { path: '/signing.ts', shown: 'signing.ts', text: all };
  return bodyTextProblems(project.createSourceFile('/signing.ts', all), file).map(({ at, message }) => {
    const kind = /UTF-8/.test(message) ? 'lossy' : /byte order mark/.test(message) ? 'bom' : 'numbers';
    return `${kind} ${at.line - 3}`;
  });
}

/** A signer with this expression as its string to sign. */
const signer = (expression: string, parameter = '{ body, timestamp, url }'): string =>
  `export const s = defineSigner({
  stringToSign: (${parameter}) => ${expression},
  sign: (message, { credentials }) => hmacSha256Hex(credentials.secret ?? '', message),
});`;

describe('a signer that decodes the body as text causes a warning', () => {
  test.each<[string, string, readonly string[]]>([
    ['a template with a decoded body', signer('`${timestamp}.${text.decode(body)}`'), ['lossy 2']],
    ['an inline decoder', signer('new TextDecoder().decode(body) + timestamp'), ['lossy 2']],
    ['a decoder with only a label', signer("new TextDecoder('utf-8').decode(body)"), ['lossy 2']],
    [
      'a decoder that only keeps the byte order mark',
      signer("new TextDecoder('utf-8', { ignoreBOM: true }).decode(body)"),
      ['lossy 2'],
    ],
    ['a decoder that only throws', signer("new TextDecoder('utf-8', { fatal: true }).decode(body)"), ['bom 2']],
    ['a decoder that does not throw', signer("new TextDecoder('utf-8', { fatal: false }).decode(body)"), ['lossy 2']],
    [
      'the method of a decoder in a variable',
      `const read = text.decode.bind(text);\n${signer('read(body)')}`,
      ['lossy 3'],
    ],
    [
      'a helper that decodes',
      `const read = (bytes: Uint8Array) => text.decode(bytes);\n${signer('read(body)')}`,
      ['lossy 1'],
    ],
    [
      'a helper that is a function',
      `${signer('canonical(body)')}\nfunction canonical(bytes: Uint8Array) { return text.decode(bytes); }`,
      ['lossy 5'],
    ],
    [
      'a helper with the whole input',
      `const canonical = (input: SigningInput) => text.decode(input.body);\n${signer('canonical')}`.replace(
        '({ body, timestamp, url }) => canonical',
        'canonical',
      ),
      ['lossy 1'],
    ],
    [
      'a helper that gets the input of a signer',
      `const canonical = (given) => text.decode(given.body);\n${signer('canonical(input)', 'input')}`,
      ['lossy 1'],
    ],
    ['a body by another name', signer('text.decode(content)', '{ body: content }'), ['lossy 2']],
    ['a body from a rest element', signer('text.decode(rest.body)', '{ timestamp, ...rest }'), ['lossy 2']],
    ['a property', signer('`${input.timestamp}${text.decode(input.body)}`', 'input'), ['lossy 2']],
    ['a property in brackets', signer("text.decode(input['body'])", 'input'), ['lossy 2']],
    [
      'a body in a variable',
      signer('{ const { body: raw } = input; const all = raw; return text.decode(all); }', 'input'),
      ['lossy 2'],
    ],
    ['a part of a body', signer('text.decode(body.subarray(0, 10))'), ['lossy 2']],
    ['a copy of a body', signer('text.decode(new Uint8Array(body))'), ['lossy 2']],
    ['joined bytes', signer('text.decode(concat(timestamp, body))'), ['lossy 2']],
    ['one of two branches', signer("body.length > 0 ? text.decode(body) : ''"), ['lossy 2']],
    ['a decoded form', signer('[...new URLSearchParams(text.decode(body))].sort().join()'), ['lossy 2']],
    ['decoded JSON', signer('JSON.parse(text.decode(body)).id'), ['lossy 2']],
    ['toString()', signer('body.toString()'), ['lossy 2']],
    ['a Buffer as text', signer('`${timestamp}${Buffer.from(body).toString()}`'), ['lossy 2']],
    ['a Buffer as UTF-8', signer("Buffer.from(body).toString('utf8')"), ['lossy 2']],
    ['Buffers that are joined', signer("Buffer.concat([Buffer.from(timestamp), body]).toString('utf-8')"), ['lossy 2']],
    ['bytes in a template', signer('`${timestamp}.${body}`'), ['numbers 2']],
    ['bytes and text with a plus', signer("timestamp + '.' + body"), ['numbers 2']],
    ['String()', signer('String(body)'), ['numbers 2']],
    ['bytes in a list that is joined', signer("[timestamp, url.pathname, body].join('\\n')"), ['numbers 2']],
    ['one character for each byte', signer('String.fromCharCode(...body)'), ['numbers 2']],
    ['a Response', signer('new Response(body).text()'), ['lossy 2']],
    ['a Blob', signer('new Blob([body]).text()'), ['lossy 2']],
    ['a StringDecoder', signer("new StringDecoder('utf8').write(body)"), ['lossy 2']],
    [
      'a method',
      'export const s = defineSigner({\n  stringToSign({ body }) { return text.decode(body); },\n  sign: (m) => m,\n});',
      ['lossy 2'],
    ],
    [
      'a shorthand',
      'const stringToSign = ({ body }) => text.decode(body);\nexport const s = defineSigner({ stringToSign, sign: (m) => m });',
      ['lossy 1'],
    ],
    [
      'a signer without defineSigner',
      'export const s: Signer = { stringToSign: ({ body }) => text.decode(body), sign: (m) => m };',
      ['lossy 1'],
    ],
    [
      'a verifier that decodes the body',
      'export const s = defineSigner({\n  stringToSign: ({ body }) => body,\n  sign: (m) => m,\n  verify: (message, signature, { body }) => check(text.decode(body), signature),\n});',
      ['lossy 4'],
    ],
    [
      'a sign that decodes the message',
      'export const s = defineSigner({\n  stringToSign: ({ body }) => body,\n  sign: (message, { credentials }) => hmacSha256Hex(credentials.secret, text.decode(message)),\n});',
      ['lossy 3'],
    ],
    ['several places', signer('`${text.decode(body)}${timestamp}${text.decode(body)}`'), ['lossy 2', 'lossy 2']],
  ])('%s', (_, code, wanted) => {
    expect(warnings(code)).toEqual(wanted);
  });
});

describe('no warning for', () => {
  test.each<[string, string]>([
    ['bytes', signer('body')],
    ['joined bytes', signer('concat(`${timestamp}.`, body)')],
    ['a digest of the body', signer('`${timestamp}.${sha256Hex(body)}`')],
    ['a digest in a list', signer("[timestamp, url.pathname, sha256Hex(body)].join('\\n')")],
    ['a decoder that keeps or rejects every byte', signer('exact.decode(body)')],
    ['such a decoder for JSON', signer('JSON.parse(exact.decode(body)).id')],
    [
      'a decoder that throws, for JSON',
      signer("JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body)).id"),
    ],
    [
      'a decoder that throws, for a form',
      signer("[...new URLSearchParams(new TextDecoder('utf-8', { fatal: true }).decode(body))].join()"),
    ],
    [
      'such a decoder with options in a variable',
      `const options = { fatal: true, ignoreBOM: true } as const;\n${signer("new TextDecoder('utf-8', options).decode(body)")}`,
    ],
    ['a decoder from another file', signer('other.decode(body)')],
    ['one character for each byte', signer("new TextDecoder('latin1').decode(body)")],
    ['base64 of the body', signer("`${timestamp}${Buffer.from(body).toString('base64')}`")],
    ['hex of the body', signer("Buffer.from(body).toString('hex')")],
    ['base64 by btoa', signer('btoa(String.fromCharCode(...body))')],
    ['the length of the body', signer('`${timestamp}.${body.length}`')],
    ['other bytes', signer("`${text.decode(fromHex('00'))}${timestamp}`")],
    ['text of other values', signer('`${timestamp}${url.href}${String(url)}`')],
    [
      'the body of another function',
      'const show = ({ body }: { body: string }) => `${body}`;\nexport const s = defineSigner({ stringToSign: ({ body }) => concat(show({ body: sha256Hex(body) }), body), sign: (m) => m });',
    ],
    [
      'a digest under the name of a body',
      'const line = (body: string) => `${body}\\n`;\nexport const s = defineSigner({ stringToSign: ({ body }) => line(sha256Hex(body)), sign: (m) => m });',
    ],
    [
      'a message that is text',
      'export const s = defineSigner({ stringToSign: ({ timestamp }) => timestamp, sign: (message, { credentials }) => sha256Hex(`${message}${credentials.secret}`) });',
    ],
    [
      'the query',
      'function line(query: SigningInput["query"]) { return `${query}`; }\nexport const s = defineSigner({ stringToSign: ({ query }) => line(query), sign: (m) => m });',
    ],
    ['a comment and a string', signer("timestamp /* text.decode(body) */ + 'text.decode(body)'")],
    [
      'a recursive function',
      'const again = (body: Uint8Array): Uint8Array => again(body);\nexport const s = defineSigner({ stringToSign: ({ body }) => again(body), sign: (m) => m });',
    ],
    ['an empty file', ''],
  ])('%s', (_, code) => {
    expect(warnings(code)).toEqual([]);
  });
});

describe('the warning is reported', () => {
  let workspace: Workspace;
  beforeAll(async () => {
    const root = await mkdtemp(join(tmpdir(), 'countersign-body-text-'));
    await mkdir(join(root, 'specs/shop'), { recursive: true });
    await mkdir(join(root, 'plugins/shop'), { recursive: true });
    const { message: _, key: __, vectors: ___, ...signing } = readPreset('hmac').signing;
    const document = presetDocument('shop', 'signed', { ...readPreset('hmac'), signing });
    await writeFile(join(root, 'specs/shop/openapi.yaml'), stringify(document));
    const code = HEAD + signer('`${timestamp}${text.decode(body)}`').replace('export const s ', 'export const signed ');
    await writeFile(join(root, 'plugins/shop/signing.ts'), code);
    workspace = openWorkspace(root);
  });
  afterAll(() => rm(workspace.root, { recursive: true, force: true }));

  const shown = (found: readonly Diagnostic[]): readonly string[] =>
    found
      .filter(({ code }) => code === 'signing-body-text')
      .map(({ severity, at }) => `${severity} ${at.file}:${at.line}:${at.column}`);
  const wanted = ['warning plugins/shop/signing.ts:5:62'];

  test('by lint, with its line', async () => {
    const { diagnostics, sources } = await checkSpec(workspace, 'shop');
    expect(shown(diagnostics)).toEqual(wanted);
    expect(formatDiagnostics(diagnostics, { color: false, sources })).toContain('text.decode(body)');
  });

  test('by lint, for unsaved text in an editor', async () => {
    const path = join(workspace.plugins, 'shop/signing.ts');
    const { diagnostics } = await checkSpec(workspace, 'shop', new Map([[path, HEAD + signer('body')]]));
    expect(shown(diagnostics)).toEqual([]);
  });

  test('by generate, which continues', async () => {
    const { warnings, sources } = await makeProvider(workspace, 'shop', undefined);
    expect([shown(warnings), sources.has('plugins/shop/signing.ts')]).toEqual([wanted, true]);
  });
});
