import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  createMessageConnection,
  type MessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-jsonrpc/node';
import { limit } from '../run/slowness.ts';

const root = join(import.meta.dirname, '../..');
/** A module that exists only in the editor. */
const FILE = join(import.meta.dirname, 'described.ts');

type Place = { readonly name: string; readonly at: number; readonly starts: string; readonly ends: string };

/** The operations of a provider: the name of each method, and the first and the last line of its description. */
function described(provider: string) {
  const document = JSON.parse(readFileSync(join(root, 'generated', provider, 'openapi.json'), 'utf8'));
  const items: readonly (readonly [path: string, item: Record<string, { operationId?: string; summary?: string }>])[] =
    Object.entries(document.paths);
  return items.flatMap(([path, item]) =>
    Object.entries(item).flatMap(([method, { operationId, summary = '' }]) =>
      operationId === undefined
        ? []
        : [{ operationId, summary, request: `${method.toUpperCase()} ${path.replace(/#.*/, '')}` }],
    ),
  );
}

const PROVIDERS = [
  ['plattr', 'Plattr'],
  ['moonpacket', 'Moonpacket'],
] as const;

let text = '';
const places: Place[] = [];
for (const [provider, prefix] of PROVIDERS) {
  text += `import { type ${prefix}Client } from '../../generated/${provider}/src/index.ts';
import type { ${prefix}Handlers } from '../../generated/${provider}/src/server.ts';
declare const client${prefix}: ${prefix}Client;
declare const handlers${prefix}: ${prefix}Handlers<{ readonly db: string }>;
`;
  for (const { operationId, summary, request } of described(provider)) {
    for (const object of [`client${prefix}`, `handlers${prefix}`]) {
      text += `${object}.`;
      places.push({ name: `${object}.${operationId}`, at: text.length, starts: summary, ends: request });
      text += `${operationId};\n`;
    }
  }
}

it('there are calls and handlers', () => {
  expect(places.length).toBeGreaterThan(30);
});

describe('TypeScript 5 shows the description of each operation', () => {
  const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile);
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, root);
  const service = ts.createLanguageService({
    ...ts.sys,
    useCaseSensitiveFileNames: () => ts.sys.useCaseSensitiveFileNames,
    getCompilationSettings: () => options,
    getScriptFileNames: () => [FILE],
    getScriptVersion: () => '1',
    getScriptSnapshot: (path) => {
      const found = path === FILE ? text : ts.sys.readFile(path);
      return found === undefined ? undefined : ts.ScriptSnapshot.fromString(found);
    },
    getCurrentDirectory: () => root,
    getDefaultLibFileName: ts.getDefaultLibFilePath,
  });

  it.each(places)('$name', ({ at, starts, ends }) => {
    const shown = ts.displayPartsToString(service.getQuickInfoAtPosition(FILE, at)?.documentation);
    expect(shown.startsWith(starts), shown).toBe(true);
    expect(shown).toContain(ends);
  });
});

describe('TypeScript 7 shows the description of each operation', () => {
  const uri = pathToFileURL(FILE).href;
  const compiler = fileURLToPath(new URL('./bin/tsc', import.meta.resolve('typescript-7/package.json')));
  let editor: MessageConnection;
  let stop: () => void;

  beforeAll(async () => {
    const child = spawn(process.execPath, [compiler, '--lsp', '--stdio'], { stdio: ['pipe', 'pipe', 'ignore'] });
    editor = createMessageConnection(new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin));
    stop = () => {
      editor.dispose();
      child.kill();
    };
    editor.onRequest('workspace/configuration', ({ items }: { items: readonly unknown[] }) => items.map(() => null));
    editor.onRequest('client/registerCapability', () => null);
    editor.listen();
    const capabilities = { textDocument: { hover: { contentFormat: ['plaintext'] } } };
    await editor.sendRequest('initialize', { processId: process.pid, rootUri: pathToFileURL(root).href, capabilities });
    await editor.sendNotification('initialized', {});
    const textDocument = { uri, languageId: 'typescript', version: 1, text };
    await editor.sendNotification('textDocument/didOpen', { textDocument });
  }, limit(30_000));
  afterAll(() => stop());

  it.each(places)('$name', async ({ at, starts, ends }) => {
    const lines = text.slice(0, at).split('\n');
    const position = { line: lines.length - 1, character: lines.at(-1)?.length };
    const found = await editor.sendRequest<{ contents: { value: string } } | null>('textDocument/hover', {
      textDocument: { uri },
      position,
    });
    expect(found?.contents.value).toContain(starts);
    expect(found?.contents.value).toContain(ends);
  });
});
