import type { OpenParts, RecallPart } from '../common/parts.ts';
import type { Recall } from '../common/recall.ts';
import type { Emitter } from './emitter.ts';
import type { Framework } from './framework.ts';
import type { ValidatorOptions } from './validators/emit-validators.ts';

/** The configuration of our own emitters. */
export type EmitSettings = {
  /** Of validators. Default `passthrough`. Of a server's responses: default `strip`. */
  readonly unknownKeys?: 'passthrough' | 'strip' | undefined;
  /** Formats for which validators accept more than the standard. */
  readonly formats?: ValidatorOptions['formats'] | undefined;
  /** Frontend hooks (for React if `true`) and MSW handlers. Default false. */
  readonly hooks?: boolean | Framework | readonly Framework[] | undefined;
  /** For the emitters that load large libraries. */
  readonly recall?: Recall | undefined;
  /** For an emitter whose output has many parts. */
  readonly recallPart?: RecallPart | undefined;
};

/** The configuration of a group of emitters. */
export type GroupSettings = Omit<EmitSettings, 'recallPart'> & {
  /** Default: every part is made again. */
  readonly parts?: OpenParts | undefined;
  /** Recalls the files of emitters for an equal model. Default: every file is made again. */
  readonly recallFiles?: Recall | undefined;
};

/** Known after all other emitters have run. */
export type PackageSettings = {
  /** npm scope of the package: `@countersign`. */
  readonly scope: string;
  /** Paths of the other files in the package. */
  readonly files: ReadonlySet<string>;
  /** Declarations of the emitters that created them. */
  readonly emitters: readonly Pick<Emitter, 'name' | 'entries' | 'packages'>[];
};
