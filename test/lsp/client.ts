import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-jsonrpc/node';
import { limit } from '../run/slowness.ts';

const MAIN = join(import.meta.dirname, '../../scripts/main.ts');

/** The diagnostics that a server publishes for a file. */
export type Published = {
  readonly uri: string;
  /** Version of the checked text; undefined for a file that is not open in an editor. */
  readonly version?: number;
  readonly diagnostics: readonly Shown[];
};
export type Shown = {
  readonly code: string;
  readonly message: string;
  readonly severity: number;
  readonly range: Range;
};
export type Edit = { readonly range: Range; readonly newText: string };
export type Action = {
  readonly title: string;
  readonly kind: string;
  readonly diagnostics?: readonly Shown[];
  readonly edit: { readonly changes: { readonly [uri: string]: readonly Edit[] } };
};
type Position = { readonly line: number; readonly character: number };
export type Range = { readonly start: Position; readonly end: Position };

/** `countersign lsp` in a workspace of these files, and an editor as its client. */
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
  let version = 0;
  /** The version of the text that the server has, by URI. */
  const sent = new Map<string, number>();
  const next = (address: string): number => {
    version += 1;
    sent.set(address, version);
    return version;
  };
  return {
    capabilities,
    uri,
    connection,
    open: (path: string, text = files[path] ?? '') =>
      connection.sendNotification('textDocument/didOpen', {
        textDocument: { uri: uri(path), languageId: 'yaml', version: next(uri(path)), text },
      }),
    dismiss: (path: string) =>
      connection.sendNotification('textDocument/didClose', { textDocument: { uri: uri(path) } }),
    change: (path: string, text: string) =>
      connection.sendNotification('textDocument/didChange', {
        textDocument: { uri: uri(path), version: next(uri(path)) },
        contentChanges: [{ text }],
      }),
    /** The diagnostics of the text that the editor shows, once they are as wanted. Rejects if they never are. */
    diagnostics: (path: string, wanted: (codes: readonly string[]) => boolean = () => true): Promise<Published> =>
      new Promise((resolve, reject) => {
        const address = uri(path);
        const last = (): Published | undefined =>
          published.findLast((each) => each.uri === address && each.version === sent.get(address));
        const codes = (): string[] | undefined => last()?.diagnostics.map(({ code }) => code);
        const end = (settle: () => void): void => {
          clearTimeout(timer);
          child.off('exit', ended);
          waiting.delete(look);
          settle();
        };
        const fail = (why: string): void => end(() => reject(new Error(`${why} ${path} has: ${codes()?.join(', ')}`)));
        const ended = (): void => fail('The server ended.');
        const timer = setTimeout(() => fail('The wanted diagnostics did not come.'), limit(60_000));
        const look = (): void => {
          const found = last();
          if (found && wanted(codes() ?? [])) end(() => resolve(found));
        };
        child.once('exit', ended);
        waiting.add(look);
        look();
      }),
    actions: (path: string, diagnostic: Shown): Promise<readonly Action[]> =>
      connection.sendRequest('textDocument/codeAction', {
        textDocument: { uri: uri(path) },
        range: diagnostic.range,
        context: { diagnostics: [diagnostic] },
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

/** The position of a text in another. `at` is an offset from its beginning. */
export function positionOf(text: string, part: string, at = part.length): Position {
  const offset = text.indexOf(part) + at;
  const lines = text.slice(0, offset).split('\n');
  return { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 };
}
