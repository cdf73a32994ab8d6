import type { Config, Document } from '@redocly/openapi-core';
import { bundleSpec } from '../bundle/index.ts';
import { type Diagnostic, InputError } from '../common/diagnostics/diagnostic.ts';
import { sortDiagnostics } from '../common/diagnostics/report.ts';
import { valueAt } from '../common/document/pointer.ts';
import { expandDocument } from '../expand/index.ts';
import { PARENT_LISTS_CHILDREN } from '../expand/part-loops.ts';
import type { LoadedSpec } from '../load/types.ts';
import { type LintProfile, lintConfig } from './config.ts';
import { withoutConsequences } from './consequences.ts';
import { lintFlows } from './flows.ts';
import { type Hidden, withHiddenRefs } from './hidden-refs.ts';
import { lintDocument, resolvePlainRefs } from './lint-document.ts';
import { withoutAmbiguous, withoutEchoes, withoutRepeats } from './merge.ts';
import { type Locate, toDiagnostics, type ValueAt } from './problems.ts';
import { createResolver, loadRedocly } from './redocly.ts';
import { refuse } from './refuse.ts';
import { findSlowPatterns, hideSlowPatterns, type SlowPatterns } from './slow-patterns.ts';
import { withoutUnread } from './unread.ts';
import { isWrongKind } from './wrong-kind.ts';

const isError = ({ severity }: Diagnostic): boolean => severity === 'error';

type Found = { readonly problems: readonly Diagnostic[]; readonly hasWrongKinds: boolean };

/** How a spec is checked. */
export type LintOptions = {
  /** Default `strict`; `essential` for other people's documents. */
  readonly profile?: LintProfile;
};

/**
 * All errors and warnings of a spec: of references, of the document as written and expanded, and of `flows.arazzo.yaml`
 * beside it. An error in the expanded document has the location of its cause in the source. Invalid input never throws.
 */
export async function lintSpec(spec: LoadedSpec, { profile = 'strict' }: LintOptions = {}): Promise<Diagnostic[]> {
  // Such a document cannot be checked further.
  if (spec.problems.some(({ code }) => code === 'document-refused')) return sortDiagnostics(spec.problems);
  const slow = findSlowPatterns(spec, profile === 'strict' ? 'error' : 'warning');
  const written = await lintWritten(spec, profile, slow);
  const flows = await lintFlows(spec);
  const found = [...spec.problems, ...slow.problems, ...written.problems, ...flows];
  // A document with invalid references, or a list in place of a map, cannot be bundled.
  if (!written.hasWrongKinds && !spec.problems.some(isError)) found.push(...(await lintExpanded(spec, profile, slow)));
  return sortDiagnostics(withoutUnread(withoutAmbiguous(withoutRepeats(found)), spec));
}

async function lintWritten(spec: LoadedSpec, profile: LintProfile, slow: SlowPatterns): Promise<Found> {
  const redocly = await loadRedocly();
  const documents = new Map<string, Document>();
  for (const { path: file, value } of spec.sources.values()) {
    documents.set(file, { source: new redocly.Source(file, ''), parsed: value as Document['parsed'] });
  }
  const locate: Locate = (file, pointer, on) => {
    const source = spec.sources.get(file) ?? spec.sources.get(spec.path);
    return source?.locate(pointer, on) ?? { file: spec.file, line: 1, column: 1 };
  };
  const hidden = [
    { objects: spec.dataRefs, keys: ['$ref'] },
    { objects: spec.wrongRefs, keys: ['$ref'], prefix: 'x-' },
    ...hideSlowPatterns(
      slow,
      [...spec.sources.values()].map(({ value }) => value),
    ),
  ];
  const written: ValueAt = (file, pointer) =>
    valueAt((spec.sources.get(file) ?? spec.sources.get(spec.path))?.value, pointer);
  const config = await lintConfig('written', profile, spec.extended);
  // A file that an example refers to is loaded by Redocly.
  const isPlain = !spec.external && spec.externalValues.size === 0 && !spec.problems.some(isError);
  const found = await run(spec, documents, config, hidden, locate, written, isPlain);
  return { ...found, problems: withoutConsequences(withoutEchoes(found.problems, spec.problems), spec) };
}

async function lintExpanded(spec: LoadedSpec, profile: LintProfile, slow: SlowPatterns): Promise<Diagnostic[]> {
  try {
    const bundled = await bundleSpec(spec);
    const { document, locate, warnings, dataRefs } = expandDocument(bundled);
    // Without our extensions, the expanded document is equal, and its form was already checked.
    const told = warnings.map((each) => judged(each, profile));
    if (profile === 'essential' && !spec.extended) return [...bundled.warnings, ...told];
    const redocly = await loadRedocly();
    const source = new redocly.Source(spec.path, '');
    const documents = new Map([[spec.path, { source, parsed: document as unknown as Document['parsed'] }]]);
    const config = await lintConfig('expanded', profile);
    const found = await run(
      spec,
      documents,
      config,
      [{ objects: dataRefs, keys: ['$ref'] }, ...hideSlowPatterns(slow, [document])],
      (_file, pointer, on) => locate(pointer, on),
      (_file, pointer) => valueAt(document, pointer),
    );
    return [...bundled.warnings, ...told, ...found.problems];
  } catch (error) {
    if (error instanceof InputError) return [...error.diagnostics];
    throw error;
  }
}

/** In your own contract, a parent that lists its children is an error. External documents often contain it. */
function judged(diagnostic: Diagnostic, profile: LintProfile): Diagnostic {
  const isWrong = profile === 'strict' && diagnostic.code === PARENT_LISTS_CHILDREN;
  return isWrong ? { ...diagnostic, severity: 'error' } : diagnostic;
}

async function run(
  spec: LoadedSpec,
  documents: ReadonlyMap<string, Document>,
  config: Config,
  hidden: readonly Hidden[],
  locate: Locate,
  given: ValueAt,
  /** Whether `spec.refs` are all references of the document. */
  isPlain = false,
): Promise<Found> {
  const redocly = await loadRedocly();
  const document = documents.get(spec.path);
  if (!document) throw new Error('the root document is not among its own files');
  const externalRefResolver = createResolver(redocly, documents, spec.links);
  const refs = isPlain ? resolvePlainRefs(spec.refs, document) : undefined;
  const lint = async (using: Config): Promise<Found> => {
    const all = await withHiddenRefs(hidden, async () =>
      refs === undefined
        ? redocly.lintDocument({ document, config: using, externalRefResolver })
        : lintDocument(redocly, document, using, refs),
    );
    // Redocly's validator of examples fails at discriminators whose property some alternatives do not have.
    const found = all.filter(({ message }) => !message.startsWith('Example validation errored: discriminator'));
    return { problems: toDiagnostics(found, locate, given), hasWrongKinds: found.some(isWrongKind) };
  };
  try {
    return await lint(config);
  } catch (error) {
    // Redocly's own rules rely on the form of their nodes.
    const form = await lint(await lintConfig('form')).catch(() => undefined);
    const problems = form && form.problems.length > 0 ? form.problems : [refuse(error, spec)];
    return { problems, hasWrongKinds: true };
  }
}
