import type { Document } from '@redocly/openapi-core';
import { type Diagnostic, InputError } from '../common/diagnostics/diagnostic.ts';
import { copyTree } from '../common/document/copy-tree.ts';
import { isObject } from '../common/document/pointer.ts';
import type { Derivations } from '../common/document/provenance.ts';
import { lintConfig } from '../lint/config.ts';
import { withHiddenRefs } from '../lint/hidden-refs.ts';
import { toDiagnostics } from '../lint/problems.ts';
import { createResolver, loadRedocly } from '../lint/redocly.ts';
import { refuse } from '../lint/refuse.ts';
import type { LoadedSpec } from '../load/types.ts';
import { nameAsKeys } from './name-as-keys.ts';

type Bundled = {
  readonly document: { readonly [member: string]: unknown };
  readonly dataRefs: ReadonlySet<object>;
  readonly warnings: readonly Diagnostic[];
};

/** Redocly bundles in place, so it gets copies. */
export async function bundleFiles(spec: LoadedSpec, derivations: Derivations): Promise<Bundled> {
  const redocly = await loadRedocly();
  const copies = new Map<object, object>();
  const documents = new Map<string, Document>();
  for (const { path: file, value } of spec.sources.values()) {
    const parsed = copyTree(value, (copy, original) => {
      derivations.derive(copy, original);
      if (spec.dataRefs.has(original) || spec.externalValues.has(original)) copies.set(original, copy);
    });
    documents.set(file, { source: new redocly.Source(file, ''), parsed: parsed as Document['parsed'] });
  }
  const document = documents.get(spec.path);
  if (!document) throw new Error('the root document is not among its own files');
  const config = await lintConfig('bundle');
  const types = redocly.getTypes(redocly.detectSpec(document.parsed));
  const externalRefResolver = createResolver(redocly, documents, spec.links);
  const { problems } = await withHiddenRefs([{ objects: copies.values(), keys: ['$ref', 'externalValue'] }], () =>
    redocly.bundleDocument({ document, config, types, externalRefResolver }),
  ).catch((error: unknown) => {
    throw new InputError([refuse(error, spec)], spec.texts);
  });
  const diagnostics = toDiagnostics(problems, (file, pointer, on) => {
    const source = spec.sources.get(file) ?? spec.sources.get(spec.path);
    return source?.locate(pointer, on) ?? { file: spec.file, line: 1, column: 1 };
  });
  if (diagnostics.some(({ severity }) => severity === 'error')) throw new InputError(diagnostics, spec.texts);
  const bundled = document.parsed;
  if (!isObject(bundled)) throw new Error('bundling gave no document');
  nameAsKeys(bundled, spec.document, new Set(copies.values()));
  const dataRefs = new Set([...spec.dataRefs].map((original) => copies.get(original) ?? original));
  return { document: withoutEmptyComponents(bundled, spec), dataRefs, warnings: diagnostics };
}

/** The bundler adds an empty `components`. */
function withoutEmptyComponents(document: Bundled['document'], spec: LoadedSpec): Bundled['document'] {
  const { components, ...rest } = document;
  const added = !Object.hasOwn(spec.document, 'components');
  return added && isObject(components) && Object.keys(components).length === 0 ? rest : document;
}
