import type { Derivations } from '../common/document/provenance.ts';
import type { LoadedSpec } from '../load/types.ts';

/** One step on the way: takes a document, gives another one that shares what did not change. */
export type Step = (document: JsonDocument, context: StepContext) => JsonDocument;

/** A document as JSON. */
export type JsonDocument = { readonly [member: string]: unknown };

/** What a step reports to. */
export type StepContext = {
  readonly spec: LoadedSpec;
  readonly derivations: Derivations;
  /** Reports what is left out; the pointer is of the bundled document. */
  readonly warn: (pointer: string, code: string, message: string, help: string) => void;
};
