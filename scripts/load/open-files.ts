import path from 'node:path';
import type { Diagnostic } from '../diagnostic.ts';
import { displayPath, type ReadResult, readInside } from './read-file.ts';
import type { Open } from './resolve-reference.ts';
import { parseSource } from './source-file.ts';
import type { Limits, SourceFile } from './types.ts';

type Refusal = Exclude<ReadResult['kind'], 'text'>;

const refusals: { readonly [Kind in Refusal]: readonly [code: string, message: string, help: string] } = {
  missing: [
    'ref-file-missing',
    'This `$ref` names a file that does not exist.',
    'Write its path relative to this file.',
  ],
  outside: [
    'ref-outside',
    'This `$ref` leaves the folder of the root document.',
    'Move the file into that folder; symbolic links out of it do not count either.',
  ],
  irregular: ['ref-file-kind', 'This `$ref` names something that is no ordinary file.', 'Name a YAML or JSON file.'],
  extension: [
    'ref-file-kind',
    'This `$ref` names a file that is neither YAML nor JSON.',
    'Only files ending in .yaml, .yml and .json are read.',
  ],
  'too-large': ['ref-file-size', 'This `$ref` names a file that is too large.', 'Split the file.'],
  encoding: ['ref-file-encoding', 'This `$ref` names a file that is not UTF-8.', 'Save the file as UTF-8.'],
  unreadable: [
    'ref-file-unreadable',
    'This `$ref` names a file that cannot be read.',
    'Look at the permissions of the file.',
  ],
};

export type OpenFiles = {
  readonly open: Open;
  readonly sources: Map<string, SourceFile>;
  /** Files that could not be parsed: read (and so to be watched), but their text is shown to nobody. */
  readonly unusable: Map<string, string>;
  readonly problems: Diagnostic[];
};

/** Opens what `$ref`s name, each file once. */
export function openFiles(rootFile: SourceFile, root: string, limits: Limits): OpenFiles {
  const sources = new Map([[rootFile.path, rootFile]]);
  const unusable = new Map<string, string>();
  const problems: Diagnostic[] = [];
  const open: Open = (uri, from, complain) => {
    const wanted = path.resolve(path.dirname(from.path), uri);
    const known = sources.get(wanted);
    if (known) return known;
    if (unusable.has(wanted)) return undefined;
    if (sources.size + unusable.size >= limits.files) {
      return complain(
        'ref-files',
        `The document is spread over more than ${limits.files} files.`,
        'Join some of them.',
      ) as undefined;
    }
    const read = readInside(wanted, root, limits.fileSize);
    if (read.kind !== 'text') return complain(...refusals[read.kind]) as undefined;
    const already = sources.get(read.path);
    if (already) return already;
    const { file, problems: found } = parseSource(read.path, displayPath(read.path), read.text, limits);
    problems.push(...found);
    if (found.some(({ severity }) => severity === 'error')) {
      unusable.set(read.path, read.text);
      return undefined;
    }
    sources.set(read.path, file);
    return file;
  };
  return { open, sources, unusable, problems };
}
