import { valueAt } from '@countersign/runtime/contract';
import type { JsonSchema } from '../../types.ts';
import { isSchema, isSchemaObject, type SchemaObject, subschemas } from '../keywords.ts';
import { onceForEach, type Schemas } from './once.ts';
import { pointerTo } from './pointer.ts';
import { schemaRoots } from './roots.ts';

/** A schema resource (2020-12, 4.3.5): the document itself, or a schema with `$id` and what stands inside it. */
export type Resource = {
  readonly id: string;
  readonly root: unknown;
  readonly pointer: string;
  readonly anchors: Map<string, JsonSchema>;
  readonly dynamicAnchors: Map<string, JsonSchema>;
};

/** Where a schema stands, and in which resource. */
export type Place = { readonly pointer: string; readonly resource: Resource };

/** A reference and the schema that it stands in. */
export type Reference = { readonly ref: string; readonly from: SchemaObject };

/** Finds what the references of a document's schemas mean. */
export type Resources = {
  /** Where a schema stands. A schema that was reached in no other way counts as the document's. */
  readonly placeOf: (schema: JsonSchema) => Place;
  /** What `ref`, written in `from`, points at; undefined for nothing. */
  readonly resolve: (ref: string, from: JsonSchema) => JsonSchema | undefined;
  /** The target of a `$dynamicRef` whose anchor is dynamic (2020-12, 8.2.3.2). */
  readonly dynamicAnchor: (ref: string, from: JsonSchema) => string | undefined;
  /** The references that are not plainly to a component, in every schema that was read; it grows while more are. */
  readonly otherReferences: readonly Reference[];
  /** The name of a schema object that is a component, the first where it has several; undefined for others. */
  readonly componentName: (schema: JsonSchema) => string | undefined;
};

const TO_COMPONENT = /^#\/components\/schemas\/[^/]+$/;

/** Stands for the document's own address, which nobody knows and no `$id` can collide with. */
const DOCUMENT = 'countersign://document/';

/** Reads every schema of the document once, however often it is asked. */
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
  const resolve = (ref: string, from: JsonSchema): JsonSchema | undefined => {
    const found = find(ref, from);
    if (found === undefined) return undefined;
    const { resource, fragment } = found;
    if (fragment !== '' && !fragment.startsWith('/')) return resource.anchors.get(fragment);
    const component = resource === own ? /^\/components\/schemas\/([^/]+)$/.exec(fragment)?.[1] : undefined;
    const name = component?.replaceAll('~1', '/').replaceAll('~0', '~');
    const target = name === undefined ? valueAt(resource.root, fragment) : api.schemas.get(name);
    // A pointer below an `$id` leads from there; authors of documents mean the document.
    if (!isSchema(target))
      return resource !== own && ref.startsWith('#/') ? resolve(`${DOCUMENT}${ref}`, from) : undefined;
    // Only what is a schema by the standard was read already; a reference may point anywhere else.
    read(target, { pointer: `${resource.pointer}${fragment}`, resource });
    return target;
  };
  const dynamicAnchor = (ref: string, from: JsonSchema): string | undefined => {
    const found = find(ref, from);
    return found?.resource.dynamicAnchors.has(found.fragment) ? found.fragment : undefined;
  };
  const names = new Map<JsonSchema, string>();
  for (const [name, schema] of api.schemas) if (isSchemaObject(schema) && !names.has(schema)) names.set(schema, name);
  return { placeOf, resolve, dynamicAnchor, otherReferences, componentName: (schema) => names.get(schema) };
}

/** A place below another. Few are asked for their pointer, of which a large document has megabytes. */
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
