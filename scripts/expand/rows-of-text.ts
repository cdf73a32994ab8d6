import { JSON_LINES } from '@countersign/runtime/contract';
import { isObject } from '../common/document/pointer.ts';
import { type JsonDocument, mentions, type Step } from './step.ts';
import { transform } from './transform.ts';

/** Keywords of a schema that do not restrict a value. */
const ANNOTATIONS: readonly string[] = ['title', 'description', 'deprecated', 'externalDocs'];

/**
 * JSON lines that a document describes as text have rows of any type. Before 3.2 introduced `itemSchema`, OpenAPI could
 * only describe the whole body, and document generators wrote `type: string`.
 */
export const rowsOfText: Step = (document, { derivations, spec }) => {
  if (!mentions(spec, /json-?(l|seq)|ndjson/i)) return document;
  return transform(
    document,
    ['RequestBody', 'Response'],
    (value) => {
      const { content } = value;
      if (!isObject(content)) return value;
      const texts = Object.entries(content).filter(([type, media]) => JSON_LINES.test(type) && isText(media));
      if (texts.length === 0) return value;
      const rows = texts.map(([type, media]) => [type, withAnyRows(media as JsonDocument)] as const);
      return { ...value, content: derivations.derive({ ...content, ...Object.fromEntries(rows) }, content) };
    },
    derivations,
  );

  function withAnyRows(media: JsonDocument): JsonDocument {
    const schema = media.schema as JsonDocument;
    const kept = Object.fromEntries(Object.entries(schema).filter(([keyword]) => ANNOTATIONS.includes(keyword)));
    return derivations.derive({ ...media, schema: derivations.derive(kept, schema) }, media);
  }
};

const isText = (media: unknown): boolean =>
  isObject(media) && isObject(media.schema) && media.schema.type === 'string' && media.itemSchema === undefined;
