import { followRefs, isObject } from '../common/document/pointer.ts';
import type { JsonDocument, Step } from './step.ts';
import { transform } from './transform.ts';

/**
 * Replaces references to `components.mediaTypes`, which OpenAPI 3.2 allows, by the Media Type Objects, so that later
 * stages find them in place.
 * @see https://spec.openapis.org/oas/v3.2.0.html#media-type-object
 */
export const inlineMediaTypes: Step = (document, { derivations }) =>
  transform(
    document,
    ['MediaType'],
    (value) => (typeof value.$ref === 'string' ? behind(value, document) : value),
    derivations,
  );

function behind(value: unknown, document: JsonDocument): JsonDocument {
  const found = followRefs(value, document);
  return isObject(found) ? found : {};
}
