import { escapeToken } from '../common/document/pointer.ts';
import type { ExpandedDocument, JsonSchema } from './types.ts';

/** An object of the document with unchecked properties. */
export type Node = { readonly [member: string]: unknown };

/** A node after following its `$ref`, with the pointer of its actual place. */
export type Found = { readonly node: Node; readonly pointer: string };

/** Whether a value is an object, not null and not a list. */
export const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** An object; an empty one for any other value. */
export const asNode = (value: unknown): Node => (isNode(value) ? value : {});
/** A text; '' for any other value. */
export const asText = (value: unknown): string => (typeof value === 'string' ? value : '');
/** A list; an empty one for any other value. */
export const asList = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** One segment of a JSON Pointer, escaped (RFC 6901, section 3). */
export const segment = (name: string | number): string => escapeToken(String(name));

/** A JSON Pointer with further steps. */
export const join = (pointer: string, ...names: readonly (string | number)[]): string =>
  names.reduce<string>((path, name) => `${path}/${segment(name)}`, pointer);

/** The value at a local `$ref` (`#/…`) of the document: own properties only, undefined if there is none. */
export function atPointer(document: ExpandedDocument, pointer: string): unknown {
  if (pointer === '') return document;
  let value: unknown = document;
  for (const raw of pointer.slice(1).split('/')) {
    const name = raw.replaceAll('~1', '/').replaceAll('~0', '~');
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
    value = (value as Node)[name];
  }
  return value;
}

/** The JSON Pointer of a local reference. */
export const refPointer = (ref: string): string => {
  try {
    return decodeURIComponent(ref.slice(1));
  } catch {
    return ref.slice(1);
  }
};

const resolvers = new WeakMap<ExpandedDocument, (ref: string) => JsonSchema | undefined>();

/**
 * Returns the schema that a `$ref` of the document targets. Always the same function, because what is derived from
 * schemas is kept by it.
 */
export function resolverOf(document: ExpandedDocument): (ref: string) => JsonSchema | undefined {
  const known = resolvers.get(document);
  if (known !== undefined) return known;
  const resolve = (ref: string) => atPointer(document, refPointer(ref)) as JsonSchema | undefined;
  resolvers.set(document, resolve);
  return resolve;
}

const made = new WeakMap<ExpandedDocument, Map<string, unknown>>();

/**
 * The result for a value. One that is made of a reference's target is made once for each document, because operations
 * share parameters and responses.
 * @param kind of the result; values of one kind are made by the same function
 */
export function onceForTarget<Made>(document: ExpandedDocument, kind: string, value: unknown, make: () => Made): Made {
  const { $ref } = asNode(value);
  if (typeof $ref !== 'string' || !$ref.startsWith('#')) return make();
  const known = made.get(document) ?? new Map<string, unknown>();
  made.set(document, known);
  const key = `${kind} ${$ref}`;
  if (!known.has(key)) known.set(key, make());
  return known.get(key) as Made;
}

/** Follows `$ref`s (at most 32, because of cycles) to their object. Lint has already rejected unresolved ones. */
export function follow(document: ExpandedDocument, value: unknown, pointer: string): Found {
  let node = asNode(value);
  let place = pointer;
  for (let hops = 0; hops < 32 && typeof node.$ref === 'string'; hops += 1) {
    const ref = node.$ref;
    if (!ref.startsWith('#')) break;
    place = refPointer(ref);
    node = asNode(atPointer(document, place));
  }
  return { node, pointer: place };
}
