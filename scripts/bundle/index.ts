import { type Diagnostic, InputError, type Position } from '../common/diagnostics/diagnostic.ts';
import { createDerivations, createLocate, type Derivations } from '../common/document/provenance.ts';
import type { LoadedSpec } from '../load/types.ts';
import { bundleFiles } from './bundle-files.ts';

/** One document whose every `$ref` is `#/…`. */
export type BundledSpec = {
  readonly spec: LoadedSpec;
  readonly document: { readonly [member: string]: unknown };
  /** Objects whose `$ref` is data, copies included. */
  readonly dataRefs: ReadonlySet<object>;
  readonly derivations: Derivations;
  readonly locate: (pointer: string, on?: 'key' | 'value') => Position;
  readonly warnings: readonly Diagnostic[];
};

const known = new WeakMap<LoadedSpec, Promise<BundledSpec>>();

/**
 * Moves the targets of `$ref`s in other files to `components`. The result shares its objects with the loaded document
 * if possible: treat it as frozen.
 * @throws InputError if the spec has invalid references.
 */
export function bundleSpec(spec: LoadedSpec): Promise<BundledSpec> {
  const bundled = known.get(spec) ?? bundle(spec);
  known.set(spec, bundled);
  return bundled;
}

async function bundle(spec: LoadedSpec): Promise<BundledSpec> {
  if (spec.problems.some(({ severity }) => severity === 'error')) throw new InputError(spec.problems, spec.texts);
  const derivations = createDerivations();
  // Most documents are one file and need no change.
  const { document, dataRefs, warnings } = spec.external
    ? await bundleFiles(spec, derivations)
    : { document: spec.document, dataRefs: spec.dataRefs, warnings: [] };
  return { spec, document, dataRefs, derivations, locate: createLocate(spec, document, derivations), warnings };
}
