import { kindOf } from '@countersign/runtime/contract';
import { defineMember } from '../common/document/copy-tree.ts';
import { isObject } from '../common/document/pointer.ts';
import { type JsonDocument, mentions, type Step } from './step.ts';
import { targetOf } from './takes-null.ts';
import { transform } from './transform.ts';

/** How JSON in a text of JSON or YAML begins. Most documents have none, and need no walk. */
const JSON_TEXT = /["'](?:\\n|\s)*[{[](?:\\|[{["'\s])|[|>][-+\d]*[^\S\n]*\n\s*[{[]/;

/** References and compositions that are followed. */
const DEEPEST = 16;

/**
 * A JSON example that is a text with JSON, where the schema accepts no text, is the value in that text. Annotations of
 * Java and others write examples this way.
 */
export const examplesOfText: Step = (document, { derivations, spec }) => {
  if (!mentions(spec, JSON_TEXT)) return document;
  return transform(
    document,
    ['RequestBody', 'Response'],
    (value) => {
      if (!isObject(value.content)) return value;
      const content = changed(value.content, (media, type) => (kindOf(type) === 'json' ? withValues(media) : media));
      return content === value.content ? value : { ...value, content };
    },
    derivations,
  );

  function withValues(media: unknown): unknown {
    if (!isObject(media) || media.schema === undefined || takesText(media.schema, document)) return media;
    const example = parsed(media.example);
    const given = isObject(media.examples) ? media.examples : {};
    const examples = changed(given, (each) => {
      const target = isObject(each) && typeof each.$ref === 'string' ? targetOf(each.$ref, document) : each;
      const value = isObject(target) ? parsed(target.value) : undefined;
      return value === undefined
        ? each
        : derivations.derive({ ...(target as JsonDocument), value }, each as JsonDocument);
    });
    if (example === undefined && examples === given) return media;
    const made = { ...media, ...(example !== undefined && { example }), ...(examples !== given && { examples }) };
    return derivations.derive(made, media);
  }

  /** The members, each as `change` returns it. The same object if none changes. */
  function changed(members: JsonDocument, change: (member: unknown, name: string) => unknown): JsonDocument {
    let copy: { [name: string]: unknown } | undefined;
    for (const [name, member] of Object.entries(members)) {
      const now = change(member, name);
      if (now === member) continue;
      copy ??= { ...members };
      defineMember(copy, name, now);
    }
    return copy === undefined ? members : derivations.derive(copy, members);
  }
};

/** The object or list that a text contains as JSON. */
function parsed(text: unknown): object | undefined {
  if (typeof text !== 'string' || !/^\s*[{[]/.test(text)) return undefined;
  try {
    return JSON.parse(text) as object;
  } catch {
    return undefined;
  }
}

/** Whether a schema may accept a text, according to its types, values and keywords. */
function takesText(schema: unknown, document: JsonDocument, depth = DEEPEST): boolean {
  if (!isObject(schema) || depth === 0) return true;
  const { $ref, type, enum: values, oneOf, anyOf, allOf } = schema;
  const inner = (each: unknown): boolean => takesText(each, document, depth - 1);
  if (typeof $ref === 'string') return inner(targetOf($ref, document));
  if (type !== undefined) return [type].flat().includes('string');
  if (Array.isArray(values)) return values.some((value) => typeof value === 'string');
  if (Array.isArray(allOf) && !allOf.every(inner)) return false;
  const union = [oneOf, anyOf].find(Array.isArray);
  if (union !== undefined) return union.some(inner);
  return !('properties' in schema || 'items' in schema || 'additionalProperties' in schema);
}
