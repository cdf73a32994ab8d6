import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Document, isAlias, parse, parseDocument, visit } from 'yaml';
import { bundleSpec } from '../../bundle/index.ts';
import { type Diagnostic, InputError } from '../../common/diagnostics/diagnostic.ts';
import { isObject, type JsonObject } from '../../common/document/pointer.ts';
import { createDerivations } from '../../common/document/provenance.ts';
import { decodeText } from '../../common/text/decode-text.ts';
import { isIdentifier } from '../../common/text/names.ts';
import type { JsonDocument } from '../../expand/step.ts';
import { upgrade30 } from '../../expand/upgrade-3-0.ts';
import { loadSpec } from '../../load/index.ts';
import { completeDocument } from './complete-document.ts';
import { type AddedScheme, signDocument } from './sign-document.ts';

/** Larger than the contract of any provider. An endless response must not fill the memory. */
const LIMIT = 20_000_000;

/** `<<: *name`, at the beginning of a line or in a flow map. */
const MERGE_KEY = /(^\s*(?:- +)?|[{,]\s*)<<\s*:/m;

/** An external document as a contract of the workspace. */
export type Imported = {
  /** OpenAPI 3.1 as YAML. */
  readonly text: string;
  /** What was added or removed so that code can be generated, one line each. */
  readonly notes: readonly string[];
  /** The names of the signers in its schemes, if they are valid in code. */
  readonly signers: readonly string[];
};

function refuse(from: string, message: string, help: string): InputError {
  const at = { file: from, line: 1, column: 1 };
  const problem: Diagnostic = { severity: 'error', code: 'import-document', message, help, at };
  return new InputError([problem]);
}

function decode(from: string, bytes: Uint8Array): string {
  const text = decodeText(bytes);
  if (text === undefined) throw refuse(from, 'The file is not UTF-8 or UTF-16.', 'Save it as UTF-8.');
  return text;
}

/** `fetch` only says that it failed. Its cause says why: a refused connection, an unknown host. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  return cause instanceof Error && cause.message !== '' ? cause.message : error.message;
}

async function download(url: string): Promise<string> {
  const response = await fetch(url, { signal: AbortSignal.timeout(30_000) }).catch((error: unknown) => {
    throw refuse(url, `The document cannot be loaded: ${reasonOf(error)}.`, 'Check the URL, or use a file.');
  });
  if (!response.ok) throw refuse(url, `The URL returned HTTP ${response.status}.`, 'Check the URL, or use a file.');
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > LIMIT)
      throw refuse(url, 'The document is larger than 20 MB.', 'Save the parts that you need in a file.');
  }
  return decode(url, Buffer.concat(chunks));
}

/**
 * Reads the contract that a user names, a file or a URL, as OpenAPI 3.1 in YAML. A document of 3.1 in YAML keeps its
 * comments. Version 3.0, JSON and documents of several files are converted.
 * @param signing added to a document that has no signing scheme
 * @throws {InputError} if it is not an OpenAPI 3 document
 */
export async function importDocument(
  from: string,
  root: string,
  onStep: (text: string) => void = () => undefined,
  signing?: AddedScheme,
): Promise<Imported> {
  const isUrl = /^https?:\/\//i.test(from);
  onStep(`${isUrl ? 'downloading' : 'reading'} ${from}`);
  const file = resolve(root, from);
  const text = isUrl ? await download(from) : decode(from, await readFile(file).catch(unreadable(from)));
  if (text.trim() === '')
    throw refuse(from, 'The document is empty.', 'Use another document, or run `add` without --from.');
  onStep(`parsing ${Math.ceil(text.length / 1024)} KiB`);
  let value: unknown;
  try {
    // Merge keys are resolved, as most tools do.
    value = parse(text, { maxAliasCount: 1000, merge: true });
  } catch (error) {
    throw refuse(
      from,
      `The document is not valid YAML or JSON: ${(error as Error).message.split('\n')[0]}`,
      'Fix the syntax error, or use another document.',
    );
  }
  const version = isObject(value) ? String(value.openapi ?? '') : '';
  if (!isObject(value) || !/^3\.[012]/.test(version)) throw unknownVersion(from, isObject(value) ? value : {});
  const spread = refersToFiles(value);
  if (spread && isUrl)
    throw refuse(
      from,
      'The document refers to other files.',
      'Save the document with these files and use its path, or bundle it.',
    );
  onStep(version.startsWith('3.0') ? `converting OpenAPI ${version} to 3.1` : 'adding fields that lint requires');
  const whole = spread ? (await bundleSpec(await loadSpec(file))).document : value;
  const anew = version.startsWith('3.0') || spread || text.trimStart().startsWith('{') || MERGE_KEY.test(text);
  const document = anew ? writeAnew(whole, version) : keepWritten(text, whole);
  const added = signing && !hasSigning(whole) ? signDocument(document, signing) : undefined;
  const signers = added?.signers ?? findSigners(whole);
  const unused = signing && !added && signers.length === 0;
  const notes = [
    ...(added?.notes ?? []),
    ...(unused ? ['kept     the signing scheme of the document: --signing adds none'] : []),
    ...completeDocument(document),
  ];
  const written = anew || notes.length > 0 ? document.toString({ lineWidth: 120 }) : text;
  return { text: written, notes, signers };
}

const unreadable =
  (from: string) =>
  (error: NodeJS.ErrnoException): never => {
    const help = 'Use a file, or a URL that starts with https://.';
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') throw refuse(from, 'The file does not exist.', help);
    if (error.code === 'EISDIR') throw refuse(from, 'The path is a folder.', help);
    throw refuse(from, `The file cannot be read: ${error.code ?? error.message}.`, help);
  };

function unknownVersion(from: string, { openapi, swagger }: JsonObject): InputError {
  if (swagger !== undefined)
    return refuse(
      from,
      `The document uses Swagger ${swagger}. Expected OpenAPI 3.0, 3.1 or 3.2.`,
      'Convert the document: `npx swagger2openapi@7 <file or URL> --outfile openapi.json`. Then use `--from openapi.json`.',
    );
  if (openapi === undefined)
    return refuse(
      from,
      'The file is not an OpenAPI 3.0, 3.1 or 3.2 document.',
      'Start the document with its version, such as `openapi: 3.1.1`.',
    );
  return refuse(
    from,
    `The version \`openapi: ${openapi}\` is not supported.`,
    'Use an OpenAPI 3.0, 3.1 or 3.2 document.',
  );
}

function schemesOf({ components }: JsonObject): JsonObject {
  const { securitySchemes } = isObject(components) ? components : {};
  return isObject(securitySchemes) ? securitySchemes : {};
}

const hasSigning = (document: JsonObject): boolean =>
  Object.values(schemesOf(document)).some((scheme) => isObject(scheme) && scheme['x-cs-signing'] !== undefined);

function findSigners(document: JsonObject): readonly string[] {
  return Object.entries(schemesOf(document)).flatMap(([name, scheme]) => {
    const signing = isObject(scheme) ? scheme['x-cs-signing'] : undefined;
    // A recipe signs without a plugin. A plugin would be rejected, because no scheme of the contract names it.
    const signer = isObject(signing) && signing.message === undefined ? String(signing.signer ?? name) : '';
    return isIdentifier(signer) ? [signer] : [];
  });
}

function refersToFiles(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(refersToFiles);
  if (!isObject(value)) return false;
  return Object.entries(value).some(([key, member]) =>
    key === '$ref' && typeof member === 'string' ? !member.startsWith('#') : refersToFiles(member),
  );
}

function writeAnew(value: JsonDocument, version: string): Document {
  const upgraded = version.startsWith('3.0') ? upgrade30(value, { derivations: createDerivations() }) : value;
  const { openapi, ...rest } = upgraded;
  return new Document({ openapi, ...rest }, { aliasDuplicateObjects: false });
}

/** The document with its comments. Aliases are replaced by copies, because an alias cannot be extended. */
function keepWritten(text: string, value: JsonDocument): Document {
  const document: Document = parseDocument(text);
  let aliases = false;
  visit(document, (_, node) => {
    if (isAlias(node)) aliases = true;
  });
  return aliases ? new Document(value, { aliasDuplicateObjects: false }) : document;
}
