import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { InputError } from './diagnostic.ts';

const PAGE = fileURLToPath(new URL('../../../docs/troubleshooting.md', import.meta.url));

let codes: ReadonlySet<string> | undefined;

function readCodes(): ReadonlySet<string> {
  try {
    return new Set([...readFileSync(PAGE, 'utf8').matchAll(/^### (\S+)$/gm)].map(([, code = '']) => code));
  } catch {
    return new Set();
  }
}

/** Where a code is documented, relative to the user's folder; undefined if it has no entry. */
export function linkTo(code: string, from: string = process.cwd()): string | undefined {
  codes ??= readCodes();
  if (!codes.has(code)) return undefined;
  // Anchors of headings, as GitHub and npm generate them.
  const anchor = code.toLowerCase().replace(/[^\w-]/g, '');
  return `${relative(from, PAGE)}#${anchor}`;
}

/** A diagnostic without a line in a file, printed like the others. `file` is its subject. */
export function refusal(code: string, message: string, help: string, file: string): InputError {
  return new InputError([{ severity: 'error', code, message, help, at: { file, line: 1, column: 1 } }]);
}

/** A line with a diagnostic and, below it, the link to its documentation. */
export function explained(code: string, text: string): string {
  const link = linkTo(code);
  return link === undefined ? text : `${text}\n  = docs: ${link}`;
}
