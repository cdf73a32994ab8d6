import { followRefs, isObject } from '../common/document/pointer.ts';
import { type JsonDocument, mentions, type Step } from './step.ts';
import { transform } from './transform.ts';

/** The transport sets these. */
const IGNORED: readonly unknown[] = ['accept', 'content-type', 'authorization'];

/**
 * Removes header parameters that OpenAPI ignores, so that types do not require them.
 * @see https://spec.openapis.org/oas/v3.1.1.html#fixed-fields-for-use-with-schema
 */
export const ignoredHeaders: Step = (document, { derivations, spec }) => {
  if (!mentions(spec, /["'\s](accept|content-type|authorization)["'\s,}]/i)) return document;
  return transform(
    document,
    ['Operation', 'PathItem'],
    (value) => {
      const { parameters } = value;
      if (!Array.isArray(parameters)) return value;
      const kept = parameters.filter((parameter) => !isIgnored(parameter, document));
      return kept.length === parameters.length
        ? value
        : { ...value, parameters: derivations.derive(kept as never, parameters as never) };
    },
    derivations,
  );
};

function isIgnored(parameter: unknown, document: JsonDocument): boolean {
  const found = followRefs(parameter, document);
  return isObject(found) && found.in === 'header' && IGNORED.includes(String(found.name).toLowerCase());
}
