/** The root of the repository; ends with a separator. */
export declare const ROOT: string;
/** The folder of bundles. */
export declare const CACHE: string;
/** The bundle that was written last, and the files that it was made from. */
export declare const MANIFEST: string;

/** Size, times of the last change of contents and of attributes in milliseconds, inode. No program can set the second time. */
export type Described = readonly [size: number, modified: number, changed: number, inode: number];

/** `files`: paths below the root, including the folders of sources and the files of the bundle. */
export type Manifest = {
  /** The path of its first module, below `CACHE`. */
  readonly entry: string;
  readonly files: readonly (readonly [path: string, ...Described])[];
};

/** @throws if the file does not exist */
export declare function describeFile(path: string): Described;

/** The URL of the bundle's first module. Undefined if there is none, or if one of its files has changed since. */
export declare function findBundle(): string | undefined;

/** Starts a process that writes the bundle, and does not wait for it. */
export declare function renewBundle(): void;
