import type { Derivations } from '../common/document/provenance.ts';
import type { LoadedSpec } from '../load/types.ts';

/** One step of the expansion: takes a document and returns a new one that shares its unchanged parts. */
export type Step = (document: JsonDocument, context: StepContext) => JsonDocument;

/** A document as JSON. */
export type JsonDocument = { readonly [member: string]: unknown };

/** Whether a spec contains a word at all. Most documents do not need most steps. */
export const mentions = ({ texts }: Pick<LoadedSpec, 'texts'>, word: RegExp): boolean =>
  [...texts.values()].some((text) => word.test(text));

/** Receives the reports of a step. */
export type StepContext = {
  readonly spec: LoadedSpec;
  readonly derivations: Derivations;
  /** Reports what was removed. The pointer refers to the bundled document. */
  readonly warn: (pointer: string, code: string, message: string, help: string) => void;
};
