import { registerHooks } from 'node:module';
import { extname } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Diagnostic, Position } from '../common/diagnostics/diagnostic.ts';

/** The exports of a configuration, or why it cannot be imported. */
export type ImportedConfig =
  | { readonly kind: 'imported'; readonly exported: unknown }
  | { readonly kind: 'failed'; readonly problem: Diagnostic };

const beside = (module: string): string => new URL(module + extname(import.meta.url), import.meta.url).href;
/** The modules that these names import: sources or built files beside this one. */
const OWN: { readonly [specifier: string]: string } = {
  countersign: beside('./types'),
  'countersign/emitter': beside('../emit/public-api'),
};
const TOOLKIT = new URL('../', import.meta.url).href;

/**
 * Imports the file as a module, regardless of package.json. It may import `countersign` even if only npx has it.
 *
 * @param revision of a later reload: the user's modules may have changed, so that they are imported again
 */
export async function importConfig(
  path: string,
  file: string,
  text: string,
  revision: number,
): Promise<ImportedConfig> {
  const href = pathToFileURL(path).href + (revision === 0 ? '' : `?revision=${revision}`);
  const hooks = registerHooks({
    resolve: (specifier, context, next) => {
      const own = OWN[specifier];
      if (own !== undefined) return { url: own, shortCircuit: true };
      const resolved = next(specifier, context);
      const { url } = resolved;
      const isTheirs = url.startsWith('file:') && !url.startsWith(TOOLKIT) && !url.includes('/node_modules/');
      return revision > 0 && isTheirs && !url.includes('?')
        ? { ...resolved, url: `${url}?revision=${revision}` }
        : resolved;
    },
    load: (url, context, next) => next(url, url === href ? { ...context, format: 'module-typescript' } : context),
  });
  try {
    const module = (await import(href)) as { readonly default?: unknown };
    return { kind: 'imported', exported: module.default };
  } catch (error) {
    const { message, at } = await explain(error, file, text);
    const help = 'Fix the error in the message. `countersign init` writes a valid configuration.';
    return {
      kind: 'failed',
      problem: {
        severity: 'error',
        code: 'config-load',
        message: `The configuration cannot be loaded: ${message}`,
        help,
        at,
      },
    };
  } finally {
    hooks.deregister();
  }
}

/** The error and its place: from the compiler for syntax, from the stack for an exception. */
async function explain(
  error: unknown,
  file: string,
  text: string,
): Promise<{ readonly message: string; readonly at: Position }> {
  const { findSyntaxError } = await import('./locate.ts');
  const syntax = findSyntaxError(text, file);
  if (syntax !== undefined) return syntax;
  const { message, stack = '' } = error instanceof Error ? error : new Error(String(error));
  const [first = ''] = message.split('\n');
  const [, line, column] = /countersign\.config\.ts(?:\?[^:\s]*)?:(\d+):(\d+)/.exec(stack) ?? [];
  if (line !== undefined) return { message: first, at: { file, line: Number(line), column: Number(column) } };
  // The message, not the stack, contains the name of a missing module.
  const [, specifier] = /Cannot find (?:package|module) '([^']+)'/.exec(message) ?? [];
  const index = specifier === undefined ? -1 : text.indexOf(specifier.split('/').at(-1) ?? specifier);
  const lines = text.slice(0, Math.max(0, index)).split('\n');
  return { message: first, at: { file, line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 } };
}
