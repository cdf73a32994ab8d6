import { readFileSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import { decodeText } from '../../common/text/decode-text.ts';

/** The text of a file, or why it could not be read. */
export type ReadResult =
  | { readonly kind: 'text'; readonly path: string; readonly text: string }
  | { readonly kind: 'missing' | 'outside' | 'irregular' | 'extension' | 'encoding' | 'unreadable' }
  /** `size` and `limit` in bytes. */
  | { readonly kind: 'too-large'; readonly size: number; readonly limit: number };

/** The sentence about the size of a file that is too large. */
export const sizeOf = (read: ReadResult): string =>
  read.kind === 'too-large' ? ` Expected at most ${amount(read.limit)}, received ${amount(read.size)}.` : '';

const amount = (bytes: number): string => (bytes < 2 ** 20 ? `${bytes} bytes` : `${(bytes / 2 ** 20).toFixed(1)} MiB`);

/** Reads a YAML or JSON file, or a text such as Markdown, inside `root`. It is read only if its real path is inside. */
export function readInside(
  file: string,
  root: string,
  maxBytes: number,
  unsaved: ReadonlyMap<string, string> = new Map(),
): ReadResult {
  if (file.includes('\0') || !isInside(file, root)) return { kind: 'outside' };
  if (!/\.(ya?ml|json|md|markdown|xml|csv)$/i.test(file)) return { kind: 'extension' };
  try {
    const real = realpathSync.native(file);
    if (!isInside(real, root)) return { kind: 'outside' };
    const { size, isRegular } = describe(real);
    if (!isRegular) return { kind: 'irregular' };
    if (size > maxBytes) return { kind: 'too-large', size, limit: maxBytes };
    const shown = unsaved.get(real);
    if (shown !== undefined) return { kind: 'text', path: real, text: shown };
    const text = decodeText(readFileSync(real));
    return text === undefined ? { kind: 'encoding' } : { kind: 'text', path: real, text };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    return { kind: code === 'ENOENT' || code === 'ENOTDIR' ? 'missing' : 'unreadable' };
  }
}

function isInside(file: string, root: string): boolean {
  const relative = path.relative(root, file);
  return relative !== '..' && !relative.startsWith(`..${path.sep}`) && !path.isAbsolute(relative);
}

/** A path as diagnostics show it. */
export function displayPath(file: string): string {
  return path.relative(process.cwd(), file).split(path.sep).join('/') || file;
}

function describe(file: string): { readonly size: number; readonly isRegular: boolean } {
  const stats = statSync(file);
  return { size: stats.size, isRegular: stats.isFile() };
}
