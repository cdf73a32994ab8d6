import type { BundledSpec } from '../bundle/index.ts';
import type { Diagnostic, Position } from '../common/diagnostics/diagnostic.ts';
import { createLocate } from '../common/document/provenance.ts';
import type { ExpandedDocument } from '../model/types.ts';
import { callbacksToWebhooks } from './callbacks.ts';
import { closedParts } from './closed-parts.ts';
import { dropCarriers } from './drop-carriers.ts';
import { dropIdentifiers } from './drop-identifiers.ts';
import { dropPatterns } from './drop-patterns.ts';
import { eventData } from './event-data.ts';
import { examplesOfText } from './examples-of-text.ts';
import { expandPaths } from './expand-paths.ts';
import { ignoredHeaders } from './ignored-headers.ts';
import { inheritedDiscriminators } from './inherited-discriminators.ts';
import { inlineMediaTypes } from './inline-media-types.ts';
import { partLoops } from './part-loops.ts';
import { pathQueries } from './path-queries.ts';
import { rowsOfText } from './rows-of-text.ts';
import { staticReferences } from './static-references.ts';
import type { Step, StepContext } from './step.ts';
import { tuples } from './tuples.ts';
import { upgrade30 } from './upgrade-3-0.ts';
import { withoutUnsendable } from './without-unsendable.ts';

/** A spec as ordinary OpenAPI 3.1 or 3.2. */
export type ExpandedSpec = {
  readonly document: ExpandedDocument;
  /** Where a JSON Pointer of `document` was written. For a derived object, the place of its origin. */
  readonly locate: (pointer: string, on?: 'key' | 'value') => Position;
  /** The removed parts. */
  readonly warnings: readonly Diagnostic[];
  /** Objects whose `$ref` is data. */
  readonly dataRefs: ReadonlySet<object>;
};

const known = new WeakMap<BundledSpec, ExpandedSpec>();

/**
 * Makes ordinary OpenAPI of a bundled document: OpenAPI 3.0 becomes 3.1, 3.2 stays, each dispatch variant becomes a
 * path item `<path>#<operationId>`, and each webhook or callback a path item
 * `/<name>`. Such path items carry `x-cs-path` and `x-cs-when`, or `x-cs-webhook`. The result shares objects with the bundled document: treat it as frozen.
 */
export function expandDocument(bundled: BundledSpec): ExpandedSpec {
  const expanded = known.get(bundled) ?? expand(bundled);
  known.set(bundled, expanded);
  return expanded;
}

const shared: readonly Step[] = [
  tuples,
  staticReferences,
  dropIdentifiers,
  partLoops,
  closedParts,
  inheritedDiscriminators,
  dropPatterns,
  withoutUnsendable,
  callbacksToWebhooks,
  rowsOfText,
  examplesOfText,
  ignoredHeaders,
  pathQueries,
  expandPaths,
  dropCarriers,
];
const steps: { readonly [Version in BundledSpec['spec']['version']]: readonly Step[] } = {
  '3.0': [upgrade30, ...shared],
  '3.1': shared,
  '3.2': [inlineMediaTypes, ...shared, eventData],
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
