import { readdirSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { isObject } from '../common/document/pointer.ts';
import { displayPath, readInside } from './references/read-file.ts';
import { isUrl } from './references/resolve-uri.ts';
import { parseSource } from './source-file.ts';
import type { Limits, LoadOptions, SourceFile } from './types.ts';

/** The files of a spec by their `$self`. */
export type SelfClaims = {
  /** The files with this URI as their `$self`: absolute paths, and URLs of fetched files, sorted. */
  readonly find: (uri: string) => readonly string[];
  /** Whether a file that was opened later has a URI that `find` did not find. */
  readonly isLate: () => boolean;
  /** The base URI of a document: its `$self`, or the URL of its file. Without a fragment. */
  readonly baseOf: (file: SourceFile) => string;
  /** Text of the files that have a `$self`, which may be their only address: absolute path → text. */
  readonly texts: ReadonlyMap<string, string>;
  /** Where `find` looks, for messages. */
  readonly place: string;
};

/**
 * Finds files by `$self`: the files that references reach, fetched ones included, and all YAML and JSON files in the folder of
 * the root document. The folder is read when the first URI is looked up. Nothing is fetched.
 * @param sources the files that were opened, which grow
 */
export function openClaims(
  rootFile: SourceFile,
  root: string,
  limits: Limits,
  sources: ReadonlyMap<string, SourceFile>,
  unsaved: LoadOptions['unsaved'],
): SelfClaims {
  const folder = path.dirname(rootFile.path);
  const rootSelf = resolveUri(selfOf(rootFile.value) ?? '', urlOf(rootFile.path));
  const texts = new Map<string, string>();
  const owners = new Map<string, Set<string>>();
  const known = new Set<string>();
  const missed = new Set<string>();
  let isRead = false;
  let opened = 0;

  /** A relative `$self` is relative to the file, and to the address that the root document gives to that file. */
  const addressesOf = (file: string, value: unknown): readonly string[] => {
    const $self = selfOf(value);
    if ($self === undefined) return [];
    const relative = path.relative(folder, file).split(path.sep).map(encodeURIComponent).join('/');
    // The root document gives no address to files of other hosts.
    const published = rootSelf && !isUrl(file) ? resolveUri(relative, rootSelf) : undefined;
    const addresses = [urlOf(file), published].map((base) => base && resolveUri($self, base));
    return addresses.filter((address) => address !== undefined && address !== '') as readonly string[];
  };

  const add = (file: string, value: unknown): boolean => {
    known.add(file);
    const addresses = addressesOf(file, value);
    for (const uri of addresses) owners.set(uri, (owners.get(uri) ?? new Set()).add(file));
    return addresses.length > 0;
  };
  const addOpened = (): void => {
    if (sources.size === opened) return;
    for (const [file, { value }] of sources) if (!known.has(file)) add(file, value);
    opened = sources.size;
  };
  const readFolder = (): void => {
    isRead = true;
    for (const name of filesIn(folder, limits.files)) {
      const read = readInside(name, root, limits.fileSize, unsaved);
      if (read.kind !== 'text' || known.has(read.path) || !read.text.includes('$self')) continue;
      const { value } = parseSource(read.path, displayPath(read.path), read.text, limits).file;
      if (add(read.path, value)) texts.set(read.path, read.text);
    }
  };

  return {
    texts,
    place: displayPath(folder),
    baseOf: ({ path: file, value }) => resolveUri(selfOf(value) ?? '', urlOf(file)) ?? urlOf(file),
    find(uri) {
      addOpened();
      if (!isRead) readFolder();
      const found = owners.get(uri);
      if (found === undefined) missed.add(uri);
      return [...(found ?? [])].sort();
    },
    isLate() {
      addOpened();
      const late = [...missed].filter((uri) => owners.has(uri));
      for (const uri of late) missed.delete(uri);
      return late.length > 0;
    },
  };
}

/** Resolves a URI reference (RFC 3986, section 5), without its fragment; undefined if it is invalid. */
export function resolveUri(uri: string, base: string): string | undefined {
  try {
    const url = new URL(uri, base);
    url.hash = '';
    return url.href;
  } catch {
    return undefined;
  }
}

const urlOf = (file: string): string => (isUrl(file) ? file : pathToFileURL(file).href);

function selfOf(value: unknown): string | undefined {
  const $self = isObject(value) && Object.hasOwn(value, '$self') ? value.$self : undefined;
  return typeof $self === 'string' ? $self : undefined;
}

/** YAML and JSON files below a folder, except in hidden folders and in packages of their own, such as generated ones. */
function filesIn(top: string, limit: number): readonly string[] {
  const files: string[] = [];
  const folders = [top];
  for (const folder of folders) {
    const entries = listOf(folder);
    if (folder !== top && entries.some(({ name }) => name === 'package.json')) continue;
    for (const entry of entries) {
      if (entry.name.startsWith('.') || entry.name === 'node_modules') continue;
      const full = path.join(folder, entry.name);
      if (entry.isDirectory() && folders.length < limit) folders.push(full);
      else if (/\.(ya?ml|json)$/i.test(entry.name) && files.length < limit) files.push(full);
    }
  }
  return files;
}

function listOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch {
    return [];
  }
}
