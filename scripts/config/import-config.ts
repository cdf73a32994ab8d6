import { registerHooks } from 'node:module';
import { extname } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Diagnostic, Position } from '../common/diagnostics/diagnostic.ts';

/** What a configuration exports, or why it cannot be imported. */
export type ImportedConfig =
  | { readonly kind: 'imported'; readonly exported: unknown }
  | { readonly kind: 'failed'; readonly problem: Diagnostic };

const beside = (module: string): string => new URL(module + extname(import.meta.url), import.meta.url).href;
/** What these give, as it lies beside this file: sources, or what was built of them. */
const OWN: { readonly [specifier: string]: string } = {
  countersign: beside('./types'),
  'countersign/emitter': beside('../emit/public-api'),
};
const TOOLKIT = new URL('../', import.meta.url).href;

/**
 * Runs the file, as a module whatever package.json says. It may name `countersign` where only npx has it.
 *
 * @param revision of a later reading: then modules of the user's own, which may have changed, are run anew, too
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

/** What went wrong and where: by the compiler for syntax, by the stack for what was thrown. */
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
  // A module that is not there is named in the message, and not in the stack.
  const [, specifier] = /Cannot find (?:package|module) '([^']+)'/.exec(message) ?? [];
  const index = specifier === undefined ? -1 : text.indexOf(specifier.split('/').at(-1) ?? specifier);
  const lines = text.slice(0, Math.max(0, index)).split('\n');
  return { message: first, at: { file, line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 } };
}
