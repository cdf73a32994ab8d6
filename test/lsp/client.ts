import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-jsonrpc/node';

const MAIN = join(import.meta.dirname, '../../scripts/main.ts');

/** What a server says of a file. */
export type Published = {
  readonly uri: string;
  readonly diagnostics: readonly {
    readonly code: string;
    readonly message: string;
    readonly severity: number;
    readonly range: Range;
  }[];
};
type Position = { readonly line: number; readonly character: number };
export type Range = { readonly start: Position; readonly end: Position };

/** `countersign lsp` in a workspace of these files, and an editor that speaks to it. */
export async function openEditor(files: { readonly [path: string]: string }) {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'countersign-lsp-')));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  const child = spawn(process.execPath, [MAIN, 'lsp', '--stdio'], { cwd: root, stdio: ['pipe', 'pipe', 'inherit'] });
  const connection = createMessageConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  const published: Published[] = [];
  const waiting = new Set<() => void>();
  connection.onNotification('textDocument/publishDiagnostics', (params: Published) => {
    published.push(params);
    for (const look of waiting) look();
  });
  connection.listen();
  const uri = (path: string): string => pathToFileURL(join(root, path)).href;
  const capabilities = await connection.sendRequest('initialize', {
    processId: process.pid,
    rootUri: pathToFileURL(root).href,
    capabilities: {},
  });
  await connection.sendNotification('initialized', {});
  let version = 1;
  return {
    capabilities,
    uri,
    connection,
    open: (path: string, text = files[path] ?? '') =>
      connection.sendNotification('textDocument/didOpen', {
        textDocument: { uri: uri(path), languageId: 'yaml', version, text },
      }),
    change: (path: string, text: string) =>
      connection.sendNotification('textDocument/didChange', {
        textDocument: { uri: uri(path), version: ++version },
        contentChanges: [{ text }],
      }),
    /** The next diagnostics of a file that are as wanted. */
    diagnostics: (path: string, wanted: (codes: readonly string[]) => boolean): Promise<Published> =>
      new Promise((resolve) => {
        const look = (): void => {
          const last = published.findLast((each) => each.uri === uri(path));
          if (last === undefined || !wanted(last.diagnostics.map(({ code }) => code))) return;
          waiting.delete(look);
          resolve(last);
        };
        waiting.add(look);
        look();
      }),
    ask: <Result>(method: string, path: string, position: Position, more: object = {}): Promise<Result> =>
      connection.sendRequest(`textDocument/${method}`, { textDocument: { uri: uri(path) }, position, ...more }),
    close: async (): Promise<number | null> => {
      await connection.sendRequest('shutdown');
      const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
      await connection.sendNotification('exit');
      const code = await ended;
      connection.dispose();
      return code;
    },
  };
}

/** Where a text stands in another. `at` counts from its beginning. */
export function positionOf(text: string, part: string, at = part.length): Position {
  const offset = text.indexOf(part) + at;
  const lines = text.slice(0, offset).split('\n');
  return { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 };
}
