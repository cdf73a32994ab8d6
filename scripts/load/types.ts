import type { Diagnostic, Position, Sources } from '../common/diagnostics/diagnostic.ts';
import type { Parsed } from './parsed.ts';

/** The resource limits of a document. Beyond them, it is rejected, with a place. */
export type Limits = {
  /** Bytes of one file. */
  readonly fileSize: number;
  /** Files of one document, the root included. */
  readonly files: number;
  /** Nesting of maps and lists. */
  readonly depth: number;
  /** Values that YAML aliases add to a file by repeating earlier ones. */
  readonly aliasValues: number;
};

/** Limits of a spec's size. */
export const defaultLimits: Limits = {
  fileSize: 64 * 1024 * 1024,
  files: 1_000,
  depth: 512,
  aliasValues: 100_000,
};

/** Parses a text by the name of its file. The caller owns the value, and may change it. */
export type Parse = (path: string, text: string, limits: Limits) => Parsed;

/** How a spec is read. */
export type LoadOptions = {
  /** Folder that no `$ref` may leave. Default: the folder of the file. */
  readonly root?: string;
  /**
   * Names of hosts that a `$ref` may name in a URL, without port. Files of other hosts are not fetched. Default: none.
   */
  readonly allowHosts?: readonly string[] | undefined;
  readonly limits?: Partial<Limits>;
  /** Absolute path → unsaved text of an editor. Such a file is not read. */
  readonly unsaved?: ReadonlyMap<string, string> | undefined;
  /** `openParsed()` in a process that loads the same files repeatedly. Default: parses each file. */
  readonly parse?: Parse | undefined;
};

/** One file, read and parsed. */
export type SourceFile = {
  /** Absolute, with symbolic links resolved; or a URL. */
  readonly path: string;
  /** As displayed: relative to the working directory, with `/`; or a URL. */
  readonly display: string;
  readonly text: string;
  readonly value: unknown;
  /**
   * Where the value at a JSON Pointer was written: its key for `key` and for maps and lists, otherwise the value
   * itself. A pointer to a missing value returns the place of its nearest ancestor.
   */
  readonly locate: (pointer: string, on?: 'key' | 'value') => Position;
};

/** A schema with a pattern, and its place. */
export type PatternPlace = { readonly schema: object; readonly file: SourceFile; readonly pointer: string };

/** The versions of OpenAPI that are supported. */
export type OpenApiVersion = '3.0' | '3.1' | '3.2';

/** A document and every file that its `$ref`s reach. */
export type LoadedSpec = {
  /** The root file, as displayed. */
  readonly file: string;
  /** The root file, absolute. */
  readonly path: string;
  /** Folder that no `$ref` leaves, absolute. */
  readonly root: string;
  readonly version: OpenApiVersion;
  readonly document: { readonly [member: string]: unknown };
  /** Absolute path or URL → text, the root first, the flows last: the files to hash and to watch. */
  readonly files: ReadonlyMap<string, string>;
  /** Absolute path or URL → file. */
  readonly sources: ReadonlyMap<string, SourceFile>;
  /** Symbolic links: the path that a reference names, and the real path, which `sources` has. */
  readonly links: ReadonlyMap<string, string>;
  /** `flows.arazzo.yaml` beside the root, with the errors of its YAML. */
  readonly flows: { readonly file: SourceFile; readonly problems: readonly Diagnostic[] } | undefined;
  /** Display path → text, for `formatDiagnostics`. */
  readonly texts: Sources;
  /**
   * Invalid references, and warnings of the reading. `lintSpec` reports them together with its own; `bundleSpec` throws
   * on errors.
   */
  readonly problems: readonly Diagnostic[];
  /** Whether any `$ref` refers to another file. */
  readonly external: boolean;
  /** Objects of the files whose `$ref` is data (in an example, a default, an extension) and not a reference. */
  readonly dataRefs: ReadonlySet<object>;
  /** The valid references of the root file, and those to schemas in discriminators, as they are written. */
  readonly refs: ReadonlySet<string>;
  /** Objects whose `$ref` cannot be resolved or is rejected. */
  readonly wrongRefs: ReadonlySet<object>;
  /** Schema objects with a `pattern` or `patternProperties`, and their place. */
  readonly patterns: readonly PatternPlace[];
  /** Example objects with an `externalValue` that was not read. */
  readonly externalValues: ReadonlySet<object>;
  /** Whether any key is one of our extensions, in any spelling. */
  readonly extended: boolean;
};
