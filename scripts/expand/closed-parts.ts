import { isObject, type JsonObject, localPointer, valueAt } from '../common/document/pointer.ts';
import { type JsonDocument, mentions, type Step } from './step.ts';
import { transform } from './transform.ts';

type Part = { readonly pointer: string; readonly schema: JsonObject };

/** Code of the diagnostic for a closed part of `allOf`, which rejects a property of another part. */
const CLOSED_PART = 'schema-closed-part';

/**
 * Opens the parts of `allOf` that are closed by `additionalProperties: false` and reject properties of others, if one of
 * them is required. No value is valid for such a schema, and its authors mean that the whole is closed: Swashbuckle and NSwag
 * close each class of an inheritance. Parts that reject only optional properties stay closed, with a warning.
 */
export const closedParts: Step = (document, { derivations, spec, warn }) => {
  if (!mentions(spec, /additionalProperties/)) return document;
  /** Pointers of closed parts, and a property that each of them rejects. */
  const opened = new Map<string, string>();
  const strict = new Map<string, string>();
  const find = (schema: JsonDocument, pointer: () => string): JsonDocument => {
    if (!Array.isArray(schema.allOf)) return schema;
    const parts = partsOf(document, { pointer: pointer(), schema });
    const isContradictory = parts.some((part) => requiredOf(parts).some((name) => rejects(part.schema, name)));
    for (const part of parts) {
      const rejected = declaredIn(parts).find((name) => rejects(part.schema, name));
      if (rejected === undefined) continue;
      if (isContradictory) opened.set(part.pointer, rejected);
      else strict.set(part.pointer, rejected);
    }
    return schema;
  };
  transform(document, ['Schema'], find, derivations);
  const report = (pointer: string, name: string, effect: string) =>
    warn(
      pointer,
      CLOSED_PART,
      `\`additionalProperties: false\` rejects the property \`${name}\` of another part of \`allOf\`, ${effect}`,
      'Write `unevaluatedProperties: false` beside `allOf` instead.',
    );
  for (const [pointer, name] of opened) report(pointer, name, 'so no value is valid. It is ignored.');
  for (const [pointer, name] of strict)
    if (!opened.has(pointer)) report(pointer, name, 'so a value with this property is invalid.');
  if (opened.size === 0) return document;
  const open = (schema: JsonDocument, pointer: () => string): JsonDocument => {
    if (schema.additionalProperties !== false || !opened.has(pointer())) return schema;
    const { additionalProperties: _, ...rest } = schema;
    return rest;
  };
  return transform(document, ['Schema'], open, derivations);
};

/** A schema and all that apply together with it, each with its place. */
function partsOf(document: JsonDocument, part: Part, found: Part[] = []): readonly Part[] {
  if (found.some(({ pointer }) => pointer === part.pointer)) return found;
  found.push(part);
  const { $ref, allOf } = part.schema;
  const target = localPointer($ref);
  const named = target === undefined ? undefined : valueAt(document, target);
  if (target !== undefined && isObject(named)) partsOf(document, { pointer: target, schema: named }, found);
  for (const [index, schema] of Array.isArray(allOf) ? allOf.entries() : [])
    if (isObject(schema)) partsOf(document, { pointer: `${part.pointer}/allOf/${index}`, schema }, found);
  return found;
}

const declaredIn = (parts: readonly Part[]): readonly string[] =>
  parts.flatMap(({ schema }) =>
    Object.entries(isObject(schema.properties) ? schema.properties : {}).flatMap(([name, of]) =>
      of === false ? [] : name,
    ),
  );

/** The properties that a part requires. One that no part declares may be a mistake of the author. */
function requiredOf(parts: readonly Part[]): readonly string[] {
  const declared = new Set(declaredIn(parts));
  const required = parts.flatMap(({ schema }) => (Array.isArray(schema.required) ? (schema.required as string[]) : []));
  return required.filter((name) => declared.has(name));
}

/** Whether a schema is closed and does not list a property. */
function rejects(schema: JsonObject, name: string): boolean {
  if (schema.additionalProperties !== false || schema.patternProperties !== undefined) return false;
  return !(isObject(schema.properties) && Object.hasOwn(schema.properties, name));
}
