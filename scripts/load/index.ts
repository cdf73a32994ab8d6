import { realpathSync } from 'node:fs';
import path from 'node:path';
import { type Diagnostic, InputError } from '../common/diagnostics/diagnostic.ts';
import { isObject } from '../common/document/pointer.ts';
import { checkVersion } from './check-version.ts';
import { DUPLICATE_IDENTIFIER, pointAtIdentified } from './identifiers.ts';
import { followReferences } from './references/index.ts';
import { openFiles } from './references/open-files.ts';
import { displayPath, type ReadResult, readInside, sizeOf } from './references/read-file.ts';
import { parseSource } from './source-file.ts';
import { defaultLimits, type Limits, type LoadedSpec, type LoadOptions, type SourceFile } from './types.ts';

export { parseChecked } from './source-file.ts';
export type { LoadedSpec, LoadOptions } from './types.ts';

/**
 * Reads an OpenAPI document and every file that its `$ref`s reach. Reads nothing outside `root` (default: the folder of
 * the file), and connects only to `allowHosts`.
 *
 * Invalid references do not stop the reading: they are in `problems`, so that `lintSpec` can report them together with
 * all other errors. `bundleSpec` throws on them.
 *
 * @throws InputError if the root file cannot be read or parsed, or is not an OpenAPI 3 document. Contains every
 * diagnostic.
 */
export async function loadSpec(
  file: string,
  { root, allowHosts = [], limits, unsaved, parse }: LoadOptions = {},
): Promise<LoadedSpec> {
  const bounds = { ...defaultLimits, ...limits };
  const wanted = path.resolve(file);
  const display = displayPath(wanted);
  const folder = realFolder(path.resolve(root ?? path.dirname(wanted)));
  const read = readInside(
    path.join(realFolder(path.dirname(wanted)), path.basename(wanted)),
    folder,
    bounds.fileSize,
    unsaved,
  );
  if (read.kind !== 'text') throw new InputError([unreadable(display, read)]);

  const { file: rootFile, problems } = parseSource(read.path, display, read.text, bounds, parse);
  const texts = new Map([[display, read.text]]);
  if (problems.some(({ severity }) => severity === 'error')) throw new InputError(problems, texts);
  const checked = checkVersion(rootFile.value, read.text);
  if (checked.kind === 'refused' || !isObject(rootFile.value)) {
    const { code, message, help, pointer } = checked as Extract<typeof checked, { kind: 'refused' }>;
    throw new InputError([{ severity: 'error', code, message, help, pointer, at: rootFile.locate(pointer) }], texts);
  }

  const files = openFiles(rootFile, folder, bounds, { allowHosts, unsaved, parse, hasSelf: checked.version === '3.2' });
  const isIdentified = /\$(id|anchor|dynamicAnchor)\b/.test(rootFile.text);
  const repeated = isIdentified ? repeatedIdentifiers(rootFile) : [];
  const follow = () => followReferences(rootFile, files.open, allowHosts, undefined, files.local);
  let references = follow();
  while (await files.fetchMore()) references = follow();
  const flows = loadFlows(path.dirname(rootFile.path), folder, bounds, { unsaved, parse });
  for (const source of files.sources.values()) texts.set(source.display, source.text);
  if (flows) texts.set(flows.file.display, flows.file.text);
  return {
    file: display,
    path: rootFile.path,
    root: folder,
    version: checked.version,
    document: rootFile.value,
    files: new Map([
      [rootFile.path, rootFile.text],
      ...files.claimed,
      ...[...files.sources].map(([name, { text }]) => [name, text] as const),
      ...files.unusable,
      ...(flows ? [[flows.file.path, flows.file.text] as const] : []),
    ]),
    sources: files.sources,
    links: files.links,
    flows,
    texts,
    problems: [...problems, ...repeated, ...files.problems, ...references.problems],
    external: references.external,
    dataRefs: references.dataRefs,
    refs: references.refs,
    wrongRefs: references.wrongRefs,
    patterns: references.patterns,
    externalValues: references.externalValues,
    // A key may be written with escapes. If its place is not tracked, the text is searched.
    extended: references.extended || [...texts.values()].some((text) => text.includes('x-cs-')),
  };
}

/** Rewrites references to identifiers as pointers, and reports the identifiers of more than one schema. */
function repeatedIdentifiers({ value, locate }: SourceFile): readonly Diagnostic[] {
  return pointAtIdentified(value).map(({ keyword, name, pointer }) => ({
    severity: 'warning',
    code: DUPLICATE_IDENTIFIER,
    message: `The ${keyword} ${JSON.stringify(name)} identifies two schemas, so references to it are ambiguous.`,
    help: `Write another ${keyword}, or refer to the schemas by JSON Pointers, such as \`#/components/schemas/Name\`.`,
    at: locate(pointer),
    pointer,
  }));
}

/** No reference names it: it is beside the document. */
function loadFlows(folder: string, root: string, limits: Limits, { unsaved, parse }: LoadOptions): LoadedSpec['flows'] {
  const read = readInside(path.join(folder, 'flows.arazzo.yaml'), root, limits.fileSize, unsaved);
  return read.kind === 'text' ? parseSource(read.path, displayPath(read.path), read.text, limits, parse) : undefined;
}

function realFolder(folder: string): string {
  try {
    return realpathSync.native(folder);
  } catch {
    return folder;
  }
}

const reasons: {
  readonly [Kind in Exclude<ReadResult['kind'], 'text'>]: readonly [code: string, message: string, help: string];
} = {
  missing: [
    'file-missing',
    'The file does not exist.',
    'Create specs/<provider>/openapi.yaml, or run `countersign add <provider>`.',
  ],
  outside: [
    'file-outside',
    'The file is outside its root folder.',
    'Move the file into the root folder, or use another root folder.',
  ],
  irregular: ['file-kind', 'The path is not a regular file.', 'Use the path of a YAML or JSON file.'],
  extension: [
    'file-kind',
    'The file is not a YAML or JSON file.',
    'Use a file name that ends in .yaml, .yml or .json.',
  ],
  'too-large': ['file-size', 'The file is too large.', 'Split the file: a `$ref` may refer to other files.'],
  encoding: ['file-encoding', 'The file is not encoded in UTF-8.', 'Save the file as UTF-8.'],
  unreadable: ['file-unreadable', 'The file cannot be read.', 'Check the permissions of the file.'],
};

function unreadable(file: string, read: Exclude<ReadResult, { readonly kind: 'text' }>): Diagnostic {
  const [code, message, help] = reasons[read.kind];
  return { severity: 'error', code, message: message + sizeOf(read), help, at: { file, line: 1, column: 1 } };
}
