import type { Emitter } from './emitter.ts';
import type { Framework } from './framework.ts';
import type { ValidatorOptions } from './validators/emit-validators.ts';

/** What the configuration says that our own emitters ask for. */
export type EmitSettings = {
  /** Of validators; default `passthrough`. Of a server's responses; default `strip`. */
  readonly unknownKeys?: 'passthrough' | 'strip' | undefined;
  /** Formats of which validators take more than the standard says. */
  readonly formats?: ValidatorOptions['formats'] | undefined;
  /** Frontend hooks, for React where it is `true`, and MSW handlers. Default false. */
  readonly hooks?: boolean | Framework | readonly Framework[] | undefined;
};

/** What is known once all else is made. */
export type PackageSettings = {
  /** npm scope of the package: `@countersign`. */
  readonly scope: string;
  /** Paths of the files that the package has besides. */
  readonly files: ReadonlySet<string>;
  /** What the emitters that made them declare. */
  readonly emitters: readonly Pick<Emitter, 'name' | 'entries' | 'packages'>[];
};
