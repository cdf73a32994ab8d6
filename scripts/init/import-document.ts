import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { parse, stringify } from 'yaml';
import { type Diagnostic, InputError } from '../diagnostic.ts';
import { upgrade30 } from '../expand/upgrade-3-0.ts';
import type { JsonDocument } from '../expand.ts';
import { isObject } from '../pointer.ts';
import { createDerivations } from '../provenance.ts';

/** Larger contracts than any provider's; a URL that never ends must not fill the memory. */
const LIMIT = 20_000_000;

function refuse(from: string, message: string, help: string): InputError {
  const at = { file: from, line: 1, column: 1 };
  const problem: Diagnostic = { severity: 'error', code: 'import-document', message, help, at };
  return new InputError([problem]);
}

async function download(url: string): Promise<string> {
  const response = await fetch(url, { signal: AbortSignal.timeout(30_000) }).catch((error: unknown) => {
    throw refuse(
      url,
      `It cannot be had: ${error instanceof Error ? error.message : error}.`,
      'Check the address, or name a file.',
    );
  });
  if (!response.ok) throw refuse(url, `It answers HTTP ${response.status}.`, 'Check the address, or name a file.');
  const text = await response.text();
  if (text.length > LIMIT) throw refuse(url, 'It is larger than 20 MB.', 'Save the part that you need as a file.');
  return text;
}

/**
 * The contract that a user names, as OpenAPI 3.1 in YAML: a file or a URL. A document of 3.1 in YAML is taken as it is,
 * with its comments; 3.0 and JSON are written anew.
 * @throws {InputError} for what is no OpenAPI 3.0 or 3.1 document
 */
export async function importDocument(from: string, root: string): Promise<string> {
  const isUrl = /^https?:\/\//i.test(from);
  const text = isUrl
    ? await download(from)
    : await readFile(resolve(root, from), 'utf8').catch(() => {
        throw refuse(from, 'There is no such file.', 'Name a file, or a URL that starts with https://.');
      });
  let document: unknown;
  try {
    document = parse(text, { maxAliasCount: 1000 });
  } catch (error) {
    throw refuse(
      from,
      `It is neither YAML nor JSON: ${(error as Error).message.split('\n')[0]}`,
      'Mend it, or name another.',
    );
  }
  const version = isObject(document) ? String(document.openapi ?? '') : '';
  if (version.startsWith('3.1'))
    return text.trimStart().startsWith('{') ? stringify(document, { lineWidth: 120 }) : text;
  if (!version.startsWith('3.0'))
    throw refuse(
      from,
      'It is no OpenAPI 3.0 or 3.1 document.',
      'Convert Swagger 2.0 with a tool of your choice, then name the result.',
    );
  const upgraded = upgrade30(document as JsonDocument, { derivations: createDerivations(), warn: () => undefined });
  const { openapi, ...rest } = upgraded;
  return stringify({ openapi, ...rest }, { lineWidth: 120, aliasDuplicateObjects: false });
}
