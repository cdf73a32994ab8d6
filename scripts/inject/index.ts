import { IndentationText, Project, QuoteKind, type SourceFile } from 'ts-morph';
import type { Diagnostic } from '../common/diagnostics/diagnostic.ts';
import type { PluginFile, PluginFiles } from '../load/load-plugins.ts';
import type { Api, File } from '../model/types.ts';
import { bodyTextProblems } from './body-text/index.ts';
import { compose, specifier } from './compose.ts';
import { HANDLERS_MODULE, PLUGINS_MODULE, unhandledStatement } from './handlers-module.ts';
import { matchHandlers, matchHooks, matchSigners } from './match.ts';
import { type PluginExport, readExports } from './read-exports.ts';

/** Composition modules with the plugins in them. */
export type Injected = {
  readonly files: readonly File[];
  /** Operations that no plugin handles; they answer 501. */
  readonly unhandled: readonly string[];
  /** Exports that match nothing, signers that are missing; with any, `files` are as they came. */
  readonly diagnostics: readonly Diagnostic[];
  /** What signers do that is legal and seldom meant. */
  readonly warnings: readonly Diagnostic[];
};

/** What TypeScript's parser finds wrong in a plugin; types are checked later, against the composition. */
function syntaxProblems(source: SourceFile, file: PluginFile): readonly Diagnostic[] {
  const { parseDiagnostics } = source.compilerNode as unknown as {
    readonly parseDiagnostics: readonly { readonly start: number; readonly messageText: unknown }[];
  };
  return parseDiagnostics.map(({ start, messageText }) => {
    const { line, column } = source.getLineAndColumnAtPos(start);
    return {
      severity: 'error',
      code: 'plugin-syntax',
      message: typeof messageText === 'string' ? messageText : 'The file is not valid TypeScript.',
      help: 'Fix the syntax error. Plugins are parsed, not run.',
      at: { file: file.shown, line, column },
    };
  });
}

/** What `lint` says of the signers of a provider. A file that does not parse is reported by `generate`. */
export function lintSigners(file: PluginFile): readonly Diagnostic[] {
  const project = new Project({ useInMemoryFileSystem: true, skipLoadingLibFiles: true });
  return bodyTextProblems(project.createSourceFile('/signing.ts', file.text), file);
}

/**
 * Composes the plugins into the generated files: imports and entries are added to `plugins.ts` and `handlers.ts`.
 */
export function inject(api: Api, files: readonly File[], plugins: PluginFiles, target: string): Injected {
  const project = new Project({
    useInMemoryFileSystem: true,
    skipLoadingLibFiles: true,
    manipulationSettings: { quoteKind: QuoteKind.Single, indentationText: IndentationText.TwoSpaces },
  });
  const diagnostics: Diagnostic[] = [];
  const read = (list: readonly (PluginFile | undefined)[]): readonly PluginExport[] =>
    list.flatMap((file) => {
      if (file === undefined) return [];
      const source = project.createSourceFile(`/plugins/${file.shown}`, file.text);
      const syntax = syntaxProblems(source, file);
      const found = readExports(source, file);
      diagnostics.push(...(syntax.length > 0 ? syntax : found.diagnostics));
      return syntax.length > 0 ? [] : found.exports;
    });

  const folder = plugins.shown;
  const signing = read([plugins.signing]);
  // What a file that does not parse exports is not known.
  const isReadable = !diagnostics.some(({ code }) => code === 'plugin-syntax');
  const signers = isReadable ? matchSigners(api, signing, folder) : { entries: new Map(), diagnostics: [] };
  const hooks = matchHooks(read([plugins.hooks]));
  const handlers = matchHandlers(api, read(plugins.logic));
  diagnostics.push(...signers.diagnostics, ...hooks.diagnostics, ...handlers.diagnostics);
  if (diagnostics.length > 0) return { files, unhandled: [], diagnostics, warnings: [] };

  const source = plugins.signing && project.getSourceFile(`/plugins/${plugins.signing.shown}`);
  const warnings = source && plugins.signing ? bodyTextProblems(source, plugins.signing) : [];
  const unhandled = api.operations.map(({ identifier }) => identifier).filter((name) => !handlers.entries.has(name));
  const composed = new Map(
    files
      .filter(({ path }) => path === PLUGINS_MODULE || path === HANDLERS_MODULE)
      .map(({ path, text }) => [path, project.createSourceFile(`/generated/${path}`, text)]),
  );
  const from = `${target}/src`;
  const pluginsModule = composed.get(PLUGINS_MODULE);
  if (pluginsModule !== undefined) {
    compose(pluginsModule, 'signers', signers.entries, from);
    compose(pluginsModule, 'hooks', hooks.entries, from);
  }
  const handlersModule = composed.get(HANDLERS_MODULE);
  if (handlersModule !== undefined) {
    compose(handlersModule, 'handlers', handlers.entries, from, { typed: true });
    if (plugins.services === undefined) {
      handlersModule.addTypeAlias({ name: 'Services', type: 'unknown' });
    } else {
      handlersModule.addImportDeclaration({
        isTypeOnly: true,
        moduleSpecifier: specifier(from, plugins.services.path),
        namedImports: ['Services'],
      });
    }
    handlersModule.addStatements(unhandledStatement(unhandled));
  }
  return {
    files: files.map((file) => ({ ...file, text: composed.get(file.path)?.getFullText() ?? file.text })),
    unhandled,
    diagnostics,
    warnings,
  };
}
