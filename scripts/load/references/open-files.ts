import type { Diagnostic } from '../../common/diagnostics/diagnostic.ts';
import { openClaims } from '../self-claims.ts';
import { type LocalReference, selfReferences } from '../self-references.ts';
import { parseSource } from '../source-file.ts';
import type { Limits, LoadOptions, SourceFile } from '../types.ts';
import { type FetchResult, fetchFile } from './fetch-file.ts';
import { isAllowed } from './parse-reference.ts';
import { displayPath, type ReadResult, readInside, sizeOf } from './read-file.ts';
import type { Complain, Open } from './resolve-reference.ts';
import { isUrl, resolveUri } from './resolve-uri.ts';

type Refusal = Exclude<ReadResult['kind'], 'text'>;

const refusals: { readonly [Kind in Refusal]: readonly [code: string, message: string, help: string] } = {
  missing: [
    'ref-file-missing',
    'The `$ref` refers to a file that does not exist.',
    'Write the path relative to this file.',
  ],
  outside: [
    'ref-outside',
    'The `$ref` refers to a file outside the folder of the root document.',
    'Move the file into that folder. Symbolic links that lead outside are not followed.',
  ],
  irregular: [
    'ref-file-kind',
    'The `$ref` refers to something that is not a regular file.',
    'Use the path of a YAML or JSON file.',
  ],
  extension: [
    'ref-file-kind',
    'The `$ref` refers to a file that is not YAML or JSON.',
    'Use a file name that ends in .yaml, .yml or .json.',
  ],
  'too-large': ['ref-file-size', 'The `$ref` refers to a file that is too large.', 'Split the file.'],
  encoding: [
    'ref-file-encoding',
    'The `$ref` refers to a file that is not encoded in UTF-8.',
    'Save the file as UTF-8.',
  ],
  unreadable: [
    'ref-file-unreadable',
    'The `$ref` refers to a file that cannot be read.',
    'Check the permissions of the file.',
  ],
};

/** The files of a spec. Each is opened when it is first referenced. */
export type OpenFiles = {
  readonly open: Open;
  readonly sources: Map<string, SourceFile>;
  /** Symbolic links: the path that a reference names, and the real path of the file. */
  readonly links: Map<string, string>;
  /** Files that could not be parsed. They are watched, but their text is not shown. */
  readonly unusable: Map<string, string>;
  readonly problems: Diagnostic[];
  /** Files that are read for their `$self`: absolute path → text. */
  readonly claimed: ReadonlyMap<string, string>;
  /** Undefined: references by `$self` are not supported by this version of OpenAPI. */
  readonly local: LocalReference | undefined;
  /**
   * Fetches the requested files from allowed hosts, so that references can be followed again; false if all are present.
   * A file outside of the folder is known by its `$self` only when it was opened, so references are followed again then too.
   */
  readonly fetchMore: () => Promise<boolean>;
};

type OpenOptions = Pick<LoadOptions, 'allowHosts' | 'unsaved' | 'parse'> & {
  /** Whether references by `$self` count: since OpenAPI 3.2. */
  readonly hasSelf: boolean;
};

/** Opens the files that `$ref`s name, each once. */
export function openFiles(
  rootFile: SourceFile,
  root: string,
  limits: Limits,
  { allowHosts = [], unsaved, parse, hasSelf }: OpenOptions,
): OpenFiles {
  const sources = new Map([[rootFile.path, rootFile]]);
  const links = new Map<string, string>();
  const unusable = new Map<string, string>();
  const problems: Diagnostic[] = [];
  const asked = new Set([rootFile.path]);
  const fetched = new Map<string, FetchResult>();
  const pending = new Set<string>();
  const claims = openClaims(rootFile, root, limits, sources, unsaved);
  const local = hasSelf ? selfReferences(claims, allowHosts) : undefined;
  const open: Open = (uri, from, complain) => {
    const wanted = resolveUri(from.path, uri);
    const known = sources.get(links.get(wanted) ?? wanted);
    if (known) return known;
    if (unusable.has(wanted)) return undefined;
    if (!asked.has(wanted) && asked.size >= limits.files) {
      return complain(
        'ref-files',
        `The document consists of more than ${limits.files} files.`,
        'Merge some of the files.',
      ) as undefined;
    }
    asked.add(wanted);
    return isUrl(wanted) ? openRemote(wanted, complain) : openLocal(wanted, complain);
  };
  return { open, sources, links, unusable, problems, claimed: claims.texts, local, fetchMore };

  function openLocal(wanted: string, complain: Complain): SourceFile | undefined {
    const read = readInside(wanted, root, limits.fileSize, unsaved);
    if (read.kind !== 'text') {
      const [code, message, help] = refusals[read.kind];
      return complain(code, message + sizeOf(read), help) as undefined;
    }
    if (read.path !== wanted) links.set(wanted, read.path);
    return sources.get(read.path) ?? add(read.path, displayPath(read.path), read.text);
  }

  function openRemote(url: string, complain: Complain): SourceFile | undefined {
    const result = fetched.get(url);
    if (result?.kind === 'text') return add(url, url, result.text);
    if (!result && isAllowed(url, allowHosts)) pending.add(url);
    else {
      const reason = result?.reason ?? 'The host is not in `allowHosts`.';
      const help = 'Check the URL, or save the file beside the document and refer to the copy.';
      complain('ref-remote', `The \`$ref\` cannot be fetched. ${reason}`, help);
    }
    return undefined;
  }

  function add(at: string, display: string, text: string): SourceFile | undefined {
    const { file, problems: found } = parseSource(at, display, text, limits, parse);
    problems.push(...found);
    const isUsable = !found.some(({ severity }) => severity === 'error');
    if (isUsable) sources.set(at, file);
    else unusable.set(at, text);
    return isUsable ? file : undefined;
  }

  async function fetchMore(): Promise<boolean> {
    const urls = [...pending];
    pending.clear();
    await Promise.all(urls.map(async (url) => fetched.set(url, await fetchFile(url, limits.fileSize))));
    return claims.isLate() || urls.length > 0;
  }
}
