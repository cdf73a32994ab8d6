import type { BundledSpec } from '../bundle/index.ts';
import type { Diagnostic, Position } from '../common/diagnostics/diagnostic.ts';
import { createLocate, type Derivations } from '../common/document/provenance.ts';
import type { LoadedSpec } from '../load/types.ts';
import type { ExpandedDocument } from '../model/types.ts';
import { downgrade32 } from './downgrade-3-2.ts';
import { dropCarriers } from './drop-carriers.ts';
import { dropIdentifiers } from './drop-identifiers.ts';
import { dropPatterns } from './drop-patterns.ts';
import { expandPaths } from './expand-paths.ts';
import { partLoops } from './part-loops.ts';
import { upgrade30 } from './upgrade-3-0.ts';
import { withoutUnsendable } from './without-unsendable.ts';

export type ExpandedSpec = {
  readonly document: ExpandedDocument;
  /** Where a JSON Pointer of `document` was written. A pointer to what was made gives the place of what it was made from. */
  readonly locate: (pointer: string, on?: 'key' | 'value') => Position;
  /** What was left out on the way to OpenAPI 3.1. */
  readonly warnings: readonly Diagnostic[];
  /** Objects whose `$ref` is data. */
  readonly dataRefs: ReadonlySet<object>;
};

/** One step on the way: takes a document, gives another one that shares what did not change. */
export type Step = (document: JsonDocument, context: StepContext) => JsonDocument;
export type JsonDocument = { readonly [member: string]: unknown };
export type StepContext = {
  readonly spec: LoadedSpec;
  readonly derivations: Derivations;
  /** Reports what is left out; the pointer is of the bundled document. */
  readonly warn: (pointer: string, code: string, message: string, help: string) => void;
};

const known = new WeakMap<BundledSpec, ExpandedSpec>();

/**
 * Makes ordinary OpenAPI 3.1 of a bundled document: OpenAPI 3.0 and 3.2 become 3.1, each dispatch variant becomes a
 * path item `<path>#<operationId>`, and each webhook a path item `/<name>`. Such path items carry `x-cs-path` and
 * `x-cs-when`, or `x-cs-webhook`. The result shares objects with the bundled document: treat it as frozen.
 */
export function expandDocument(bundled: BundledSpec): ExpandedSpec {
  const expanded = known.get(bundled) ?? expand(bundled);
  known.set(bundled, expanded);
  return expanded;
}

const shared: readonly Step[] = [
  dropIdentifiers,
  partLoops,
  dropPatterns,
  withoutUnsendable,
  expandPaths,
  dropCarriers,
];
const steps: { readonly [Version in BundledSpec['spec']['version']]: readonly Step[] } = {
  '3.0': [upgrade30, ...shared],
  '3.1': shared,
  '3.2': [downgrade32, ...shared],
};

function expand({ spec, document, dataRefs, derivations, locate }: BundledSpec): ExpandedSpec {
  const warnings: Diagnostic[] = [];
  const context: StepContext = {
    spec,
    derivations,
    warn: (pointer, code, message, help) =>
      warnings.push({ severity: 'warning', code, message, help, at: locate(pointer, 'key'), pointer }),
  };
  const result = steps[spec.version].reduce((current, step) => step(current, context), document);
  return {
    document: result as ExpandedDocument,
    locate: createLocate(spec, result, derivations),
    warnings,
    dataRefs,
  };
}
