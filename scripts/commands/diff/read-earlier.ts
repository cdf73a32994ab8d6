import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { bundleSpec } from '../../bundle/index.ts';
import { refusal } from '../../common/diagnostics/troubleshooting.ts';
import { isObject } from '../../common/document/pointer.ts';
import { expandDocument } from '../../expand/index.ts';
import { loadSpec } from '../../load/index.ts';
import { EARLIER, parseJson } from './documents.ts';

/** What a contract of `generate` does not contain, because it is expanded: see `expandDocument`. */
const AS_WRITTEN = /"(webhooks|callbacks|x-cs-dispatch)":|"\$ref":\s*"[^#]/;

const PARTS = ['openapi', 'swagger', 'paths'];

/**
 * Reads the contract to compare with: an `openapi.json` from `generate`, or any OpenAPI 3 document in YAML or JSON, with
 * the files to which it refers.
 *
 * @throws {InputError} if the file does not exist, or is not a valid document
 */
export async function readEarlier(file: string): Promise<unknown> {
  const text = await readFile(file, 'utf8').catch(() => {
    throw refusal('diff-document', 'The file does not exist.', EARLIER, file);
  });
  const generated = parseJson(text);
  // Loading says what a spec lacks. A file without any part of a spec is a wrong argument.
  if (isObject(generated) && !PARTS.some((name) => name in generated))
    throw refusal('diff-document', 'The file is not an OpenAPI document.', EARLIER, file);
  const isReady = isObject(generated) && isObject(generated.paths) && /^3\.[12]\./.test(String(generated.openapi));
  if (isReady && !AS_WRITTEN.test(text)) return generated;
  const { document } = expandDocument(await bundleSpec(await loadSpec(resolve(file), {})));
  return document;
}
