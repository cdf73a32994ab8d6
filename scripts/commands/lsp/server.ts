import { realpathSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import {
  CodeActionKind,
  CompletionItemKind,
  createConnection,
  DiagnosticSeverity,
  type InitializeResult,
  ProposedFeatures,
  type Diagnostic as Shown,
  StreamMessageReader,
  StreamMessageWriter,
  TextDocumentSyncKind,
  TextDocuments,
  type TextEdit,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Diagnostic } from '../../common/diagnostics/diagnostic.ts';
import { loadConfig } from '../../config/index.ts';
import { openWorkspace, specFile, type Workspace } from '../../config/workspace.ts';
import { openParsed } from '../../load/open-parsed.ts';
import { checkSpec } from '../check-spec.ts';
import { proposalsAt } from './completion.ts';
import { definitionInPlugin, definitionInSpec, readWith } from './definition.ts';
import { hoverAt } from './hover.ts';

/** Milliseconds without a keystroke before a spec is checked, because typing is faster than checking. */
const SETTLE = 120;

/** Diagnostics, completion, hover, definitions and quick fixes for specs. Ends with the connection. */
export async function startServer(first: Workspace): Promise<void> {
  let workspace = first;
  const connection = createConnection(
    ProposedFeatures.all,
    new StreamMessageReader(process.stdin),
    new StreamMessageWriter(process.stdout),
  );
  const documents = new TextDocuments(TextDocument);
  /** By address, the diagnostics of the checked text. */
  const found = new Map<string, { readonly text: string; readonly diagnostics: readonly Diagnostic[] }>();
  const timers = new Map<string, NodeJS.Timeout>();
  const parse = openParsed();
  const published = new Map<string, ReadonlySet<string>>();
  /** By provider, the number of checks that began. */
  const begun = new Map<string, number>();

  connection.onInitialize(async ({ workspaceFolders, rootUri }): Promise<InitializeResult> => {
    const uri = workspaceFolders?.[0]?.uri ?? rootUri;
    if (uri?.startsWith('file:')) {
      const root = realpathSync(fileURLToPath(uri));
      // Locations are shown relative to the working directory.
      process.chdir(root);
      workspace = openWorkspace(root, await loadConfig(root).catch(() => ({})));
    }
    return {
      serverInfo: { name: 'countersign' },
      capabilities: {
        textDocumentSync: TextDocumentSyncKind.Incremental,
        completionProvider: { triggerCharacters: [' ', ':', '-', '/', '#'] },
        hoverProvider: true,
        definitionProvider: true,
        codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, CodeActionKind.SourceFixAll] },
      },
    };
  });

  const pathOf = (uri: string): string => {
    const path = uri.startsWith('file:') ? fileURLToPath(uri) : '';
    try {
      return realpathSync(path);
    } catch {
      return path;
    }
  };
  /** The provider whose spec or plugin a file belongs to. */
  const providerOf = (path: string): string | undefined => {
    for (const folder of [workspace.specs, workspace.plugins]) {
      const [name, ...rest] = relative(folder, path).split(sep);
      if (name && name !== '..' && rest.length > 0) return name;
    }
    return undefined;
  };
  const unsaved = (): Map<string, string> => new Map(documents.all().map((each) => [pathOf(each.uri), each.getText()]));

  async function check(provider: string): Promise<void> {
    const shown = unsaved();
    const versions = new Map(documents.all().map(({ uri, version }) => [uri, version]));
    const turn = (begun.get(provider) ?? 0) + 1;
    begun.set(provider, turn);
    const { diagnostics, sources } = await checkSpec(workspace, provider, shown, parse);
    // Checks overlap, and an older one may end last.
    if (begun.get(provider) !== turn) return;
    const byUri = new Map<string, Diagnostic[]>([...sources.keys()].map((file) => [uriOf(file), []]));
    for (const each of diagnostics) {
      const uri = uriOf(each.at.file);
      byUri.set(uri, [...(byUri.get(uri) ?? []), each]);
    }
    for (const uri of published.get(provider) ?? []) if (!byUri.has(uri)) byUri.set(uri, []);
    for (const [uri, list] of byUri) {
      const text = shown.get(pathOf(uri)) ?? readWith(shown)(pathOf(uri)) ?? '';
      found.set(uri, { text, diagnostics: list });
      const version = versions.get(uri);
      await connection.sendDiagnostics({
        uri,
        // With the version, an editor ignores diagnostics of a text that has changed since.
        ...(version !== undefined && { version }),
        diagnostics: list.map((each) => show(each, text)),
      });
    }
    published.set(provider, new Set(byUri.keys()));
  }
  /** The editor's own URI of the file, if the file is open. */
  const uriOf = (file: string): string => {
    const path = resolve(workspace.root, file);
    return documents.all().find(({ uri }) => pathOf(uri) === path)?.uri ?? pathToFileURL(path).href;
  };
  const soon = (uri: string): void => {
    const provider = providerOf(pathOf(uri));
    if (provider === undefined) return;
    clearTimeout(timers.get(provider));
    const report = (error: unknown): void =>
      connection.console.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
    timers.set(
      provider,
      setTimeout(() => void check(provider).catch(report), SETTLE),
    );
  };
  documents.onDidChangeContent(({ document }) => soon(document.uri));
  documents.onDidSave(({ document }) => soon(document.uri));
  documents.onDidClose(({ document }) => soon(document.uri));

  connection.onCompletion(({ textDocument, position }) => {
    const document = documents.get(textDocument.uri);
    if (!document || !isSpec(document.uri)) return [];
    const offset = document.offsetAt(position);
    const text = document.getText();
    const typed = /[^\s:,{[\]}'"]*$/.exec(text.slice(0, offset))?.[0] ?? '';
    const range = { start: document.positionAt(offset - typed.length), end: position };
    return proposalsAt(text, offset).map(({ label, detail, isKey, filter }) => ({
      label,
      kind: isKey ? CompletionItemKind.Property : CompletionItemKind.Value,
      documentation: { kind: 'markdown' as const, value: detail },
      ...(filter !== undefined && { filterText: filter }),
      textEdit: { range, newText: /^#/.test(label) ? `'${label}'` : label },
    }));
  });

  connection.onHover(({ textDocument, position }) => {
    const document = documents.get(textDocument.uri);
    if (!document || !isSpec(document.uri)) return null;
    const hover = hoverAt(document.getText(), document.offsetAt(position), document.uri.endsWith('.json'));
    if (!hover) return null;
    const range = { start: document.positionAt(hover.from), end: document.positionAt(hover.to) };
    return { contents: { kind: 'markdown' as const, value: hover.markdown }, range };
  });

  connection.onDefinition(async ({ textDocument, position }) => {
    const document = documents.get(textDocument.uri);
    const path = pathOf(textDocument.uri);
    const provider = providerOf(path);
    if (!document || provider === undefined) return null;
    const read = readWith(unsaved());
    const offset = document.offsetAt(position);
    const target = isSpec(document.uri)
      ? await definitionInSpec(path, offset, join(workspace.plugins, provider), read)
      : definitionInPlugin(wordAt(document.getText(), offset), realpathOr(specFile(workspace, provider)), read);
    if (!target) return null;
    const text = TextDocument.create('', '', 0, read(target.file) ?? '');
    return { uri: uriOf(target.file), range: { start: text.positionAt(target.from), end: text.positionAt(target.to) } };
  });

  connection.onCodeAction(({ textDocument, range, context }) => {
    const document = documents.get(textDocument.uri);
    const checked = found.get(textDocument.uri);
    // Offsets refer to the checked text.
    if (!document || checked?.text !== document.getText()) return [];
    const editsOf = (list: readonly Diagnostic[]): TextEdit[] =>
      list
        .flatMap(({ fix }) => fix?.edits ?? [])
        .map(({ from, to, text }) => ({
          range: { start: document.positionAt(from), end: document.positionAt(to) },
          newText: text,
        }));
    const here = checked.diagnostics.filter((each) => {
      const { start, end } = show(each, checked.text).range;
      return each.fix && start.line <= range.end.line && end.line >= range.start.line;
    });
    const actions = here.map((each) => ({
      title: each.fix?.title ?? '',
      kind: CodeActionKind.QuickFix,
      diagnostics: [show(each, checked.text)],
      isPreferred: each.fix?.automatic === true,
      edit: { changes: { [textDocument.uri]: editsOf([each]) } },
    }));
    const automatic = checked.diagnostics.filter(({ fix }) => fix?.automatic);
    const all = {
      title: 'Fix all errors whose fix keeps the meaning',
      kind: CodeActionKind.SourceFixAll,
      edit: { changes: { [textDocument.uri]: editsOf(automatic) } },
    };
    const wanted = (kind: string): boolean =>
      context.only === undefined || context.only.some((only) => kind.startsWith(only));
    return [...actions, ...(automatic.length > 0 ? [all] : [])].filter(({ kind }) => wanted(kind));
  });

  documents.listen(connection);
  connection.listen();
  await new Promise<void>((end) => connection.onExit(() => end()));
}

const isSpec = (uri: string): boolean => /\.(ya?ml|json)$/i.test(uri);

const realpathOr = (path: string): string => {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
};

/** A diagnostic as an editor shows it: from its place to the end of the word there. */
function show({ severity, code, message, help, at }: Diagnostic, text: string): Shown {
  const line = text.split(/\r?\n/)[at.line - 1] ?? '';
  const word =
    /^(?:"(?:\\.|[^"\\])*"|'[^']*'|[^\s,{}[\]]+?(?=:(?:\s|$)|[\s,{}[\]]|$))/.exec(line.slice(at.column - 1))?.[0] ??
    ' ';
  const start = { line: at.line - 1, character: at.column - 1 };
  return {
    severity: severity === 'error' ? DiagnosticSeverity.Error : DiagnosticSeverity.Warning,
    code,
    source: 'countersign',
    message: help === '' ? message : `${message}\n${help}`,
    range: { start, end: { line: start.line, character: start.character + Math.max(1, word.length) } },
  };
}

const wordAt = (text: string, offset: number): string =>
  `${/[\w$]*$/.exec(text.slice(0, offset))?.[0] ?? ''}${/^[\w$]*/.exec(text.slice(offset))?.[0] ?? ''}`;
