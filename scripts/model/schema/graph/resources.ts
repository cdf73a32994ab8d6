import { valueAt } from '@countersign/runtime/contract';
import type { JsonSchema } from '../../types.ts';
import { isSchema, isSchemaObject, type SchemaObject, subschemas } from '../keywords.ts';
import { onceForEach, type Schemas } from './once.ts';
import { pointerTo } from './pointer.ts';
import { schemaRoots } from './roots.ts';

/** A schema resource (2020-12, 4.3.5): the document itself, or a schema with `$id` and its content. */
export type Resource = {
  readonly id: string;
  readonly root: unknown;
  readonly pointer: string;
  readonly anchors: Map<string, JsonSchema>;
  readonly dynamicAnchors: Map<string, JsonSchema>;
};

/** The place of a schema, and its resource. */
export type Place = { readonly pointer: string; readonly resource: Resource };

/** A reference and the schema that contains it. */
export type Reference = { readonly ref: string; readonly from: SchemaObject };

/** Resolves the references of a document's schemas. */
export type Resources = {
  /** The place of a schema. A schema that was not reached before belongs to the document. */
  readonly placeOf: (schema: JsonSchema) => Place;
  /** The target of `ref` in `from`; undefined if there is none. */
  readonly resolve: (ref: string, from: JsonSchema) => JsonSchema | undefined;
  /** The target of a `$dynamicRef` whose anchor is dynamic (2020-12, 8.2.3.2). */
  readonly dynamicAnchor: (ref: string, from: JsonSchema) => string | undefined;
  /** The references that do not simply name a component, in every schema that was read. Grows as more are read. */
  readonly otherReferences: readonly Reference[];
  /** Every schema that was read. Grows as more are read. */
  readonly read: () => Iterable<SchemaObject>;
  /** The name of a component's schema object, the first one if it has several; otherwise undefined. */
  readonly componentName: (schema: JsonSchema) => string | undefined;
};

const TO_COMPONENT = /^#\/components\/schemas\/[^/]+$/;

/** Represents the document's own address, which is unknown. No `$id` can be equal to it. */
const DOCUMENT = 'countersign://document/';

/** Reads every schema of the document once, for any number of calls. */
export const schemaResources = onceForEach(indexResources);

function indexResources(api: Schemas): Resources {
  const own: Resource = {
    id: DOCUMENT,
    root: api.document,
    pointer: '',
    anchors: new Map(),
    dynamicAnchors: new Map(),
  };
  const byId = new Map<string, Resource>([[DOCUMENT, own]]);
  const places = new Map<SchemaObject, Place>();
  const home: Place = { pointer: '', resource: own };
  const otherReferences: Reference[] = [];

  const read = (root: JsonSchema, at: Place) => {
    const waiting: { readonly schema: JsonSchema; readonly at: Place }[] = [{ schema: root, at }];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      const { schema } = next;
      if (!isSchemaObject(schema) || places.has(schema)) continue;
      const place = enter(schema, next.at, byId);
      places.set(schema, place);
      const { $anchor, $dynamicAnchor, $ref, $dynamicRef } = schema;
      if (typeof $ref === 'string' && !(place.resource === own && TO_COMPONENT.test($ref)))
        otherReferences.push({ ref: $ref, from: schema });
      if (typeof $dynamicRef === 'string') otherReferences.push({ ref: $dynamicRef, from: schema });
      if (typeof $anchor === 'string') place.resource.anchors.set($anchor, schema);
      if (typeof $dynamicAnchor === 'string') {
        place.resource.anchors.set($dynamicAnchor, schema);
        place.resource.dynamicAnchors.set($dynamicAnchor, schema);
      }
      for (const inner of subschemas(schema)) {
        waiting.push({ schema: inner.schema, at: new Inside(place, inner.tokens) });
      }
    }
  };
  for (const { schema, pointer } of schemaRoots(api)) read(schema, { pointer, resource: own });

  const placeOf = (schema: JsonSchema): Place => (isSchemaObject(schema) ? places.get(schema) : undefined) ?? home;

  const find = (ref: string, from: JsonSchema) => {
    const base = placeOf(from).resource;
    const [address, fragment] = split(ref, base.id);
    const resource = address === undefined ? undefined : byId.get(address);
    if (resource === undefined || fragment === undefined) return undefined;
    return { resource, fragment };
  };
  // Most references are to components of the document, and several passes resolve each of them.
  const components = new Map<string, JsonSchema>();
  const resolve = (ref: string, from: JsonSchema): JsonSchema | undefined => {
    const known = components.get(ref);
    if (known !== undefined && placeOf(from).resource === own) return known;
    const found = find(ref, from);
    if (found === undefined) return undefined;
    const { resource, fragment } = found;
    if (fragment !== '' && !fragment.startsWith('/')) return resource.anchors.get(fragment);
    const component = resource === own ? /^\/components\/schemas\/([^/]+)$/.exec(fragment)?.[1] : undefined;
    const name = component?.replaceAll('~1', '/').replaceAll('~0', '~');
    const target = name === undefined ? valueAt(resource.root, fragment) : api.schemas.get(name);
    // By the standard, a pointer below an `$id` is resolved from there, although authors mean the document.
    if (!isSchema(target))
      return resource !== own && ref.startsWith('#/') ? resolve(`${DOCUMENT}${ref}`, from) : undefined;
    // Only schemas at places that the standard defines were read before. A reference may have any other target.
    read(target, { pointer: `${resource.pointer}${fragment}`, resource });
    if (name !== undefined && placeOf(from).resource === own) components.set(ref, target);
    return target;
  };
  const dynamicAnchor = (ref: string, from: JsonSchema): string | undefined => {
    const found = find(ref, from);
    return found?.resource.dynamicAnchors.has(found.fragment) ? found.fragment : undefined;
  };
  const names = new Map<JsonSchema, string>();
  for (const [name, schema] of api.schemas) if (isSchemaObject(schema) && !names.has(schema)) names.set(schema, name);
  const componentName = (schema: JsonSchema): string | undefined => names.get(schema);
  return { placeOf, resolve, dynamicAnchor, otherReferences, read: () => places.keys(), componentName };
}

/** A place below another. Pointers are created on demand, because those of a large document take megabytes. */
class Inside implements Place {
  readonly #above: Place;
  readonly #tokens: readonly string[];
  readonly resource: Resource;

  constructor(above: Place, tokens: readonly string[]) {
    this.#above = above;
    this.#tokens = tokens;
    this.resource = above.resource;
  }

  get pointer(): string {
    return pointerTo(this.#above.pointer, this.#tokens);
  }
}

function enter(schema: SchemaObject, at: Place, byId: Map<string, Resource>): Place {
  const { $id } = schema;
  if (typeof $id !== 'string') return at;
  const [id, fragment] = split($id, at.resource.id);
  if (id === undefined || fragment !== '' || id === at.resource.id) return at;
  const resource = {
    id,
    root: schema,
    pointer: at.pointer,
    anchors: new Map<string, JsonSchema>(),
    dynamicAnchors: new Map<string, JsonSchema>(),
  };
  if (!byId.has(id)) byId.set(id, resource);
  return { pointer: at.pointer, resource };
}

/** The absolute address and the decoded fragment of a reference. */
function split(ref: string, base: string): readonly [string | undefined, string | undefined] {
  const hash = ref.indexOf('#');
  const address = hash === -1 ? ref : ref.slice(0, hash);
  try {
    const fragment = decodeURIComponent(hash === -1 ? '' : ref.slice(hash + 1));
    return [address === '' ? base : new URL(address, base).href, fragment];
  } catch {
    return [undefined, undefined];
  }
}
