import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const PAGE = fileURLToPath(new URL('../docs/troubleshooting.md', import.meta.url));

let codes: ReadonlySet<string> | undefined;

function readCodes(): ReadonlySet<string> {
  try {
    return new Set([...readFileSync(PAGE, 'utf8').matchAll(/^### ([a-z0-9-]+)$/gm)].map(([, code = '']) => code));
  } catch {
    return new Set();
  }
}

/** Where a code is explained, from the folder that the user is in; undefined for codes of others. */
export function linkTo(code: string, from: string = process.cwd()): string | undefined {
  codes ??= readCodes();
  return codes.has(code) ? `${relative(from, PAGE)}#${code}` : undefined;
}
