import { IndentationText, Project, QuoteKind, type SourceFile } from 'ts-morph';
import type { Diagnostic } from '../common/diagnostics/diagnostic.ts';
import type { PluginFile, PluginFiles } from '../load/load-plugins.ts';
import type { File } from '../model/types.ts';
import { bodyTextProblems } from './body-text/index.ts';
import { compose, specifier } from './compose.ts';
import { HANDLERS_MODULE, PLUGINS_MODULE, unhandledStatement } from './handlers-module.ts';
import { type Contract, matchHandlers, matchHooks, matchSigners } from './match.ts';
import { type PluginExport, readExports } from './read-exports.ts';

/** Composition modules with the plugins in them. */
export type Injected = {
  readonly files: readonly File[];
  /** Operations without a handler in a plugin. They return 501. */
  readonly unhandled: readonly string[];
  /** Exports without a match, and missing signers. If there are any, `files` are unchanged. */
  readonly diagnostics: readonly Diagnostic[];
  /** Legal code in signers that is rarely intended. */
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

/** What `lint` reports about the signers of a provider. `generate` reports a file that cannot be parsed. */
export function lintSigners(file: PluginFile): readonly Diagnostic[] {
  const project = new Project({ useInMemoryFileSystem: true, skipLoadingLibFiles: true });
  return bodyTextProblems(project.createSourceFile('/signing.ts', file.text), file);
}

/**
 * Composes the plugins into the generated files: imports and entries are added to `plugins.ts` and `handlers.ts`.
 */
export function inject(api: Contract, files: readonly File[], plugins: PluginFiles, target: string): Injected {
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
  // The exports of a file that cannot be parsed are unknown.
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
