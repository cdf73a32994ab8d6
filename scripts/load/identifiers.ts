import { isObject, ownMember, toPointer, valueAt } from '../common/document/pointer.ts';
import { documentShape, memberShape, type Shape } from './shapes.ts';

type Schema = { [keyword: string]: unknown };
/** A schema resource (JSON Schema 2020-12, 4.3.5): the document, or a schema with `$id` and its content. */
type Resource = {
  readonly id: string;
  readonly pointer: string;
  readonly value: unknown;
  readonly anchors: Map<string, string>;
};
type Found = { readonly schema: Schema; readonly resource: Resource };
/** An identifier that another schema has, too, and the pointer of its keyword. */
type Duplicate = { readonly keyword: string; readonly name: string; readonly pointer: string };

/** Code of the diagnostic for an identifier of several schemas. */
export const DUPLICATE_IDENTIFIER = 'identifier-duplicate';

/** Represents the document's own address, which is unknown. */
const DOCUMENT = 'countersign://document/';

/**
 * Rewrites references to a schema's `$id` or `$anchor` as JSON Pointers, which all later code supports. One inside a
 * schema with `$id` is resolved there first, then in the document, as its authors mean it. Returns the duplicate identifiers.
 */
export function pointAtIdentified(document: unknown): readonly Duplicate[] {
  const root: Resource = { id: DOCUMENT, pointer: '', value: document, anchors: new Map() };
  const schemas: Found[] = [];
  const resources = new Map<string, Resource>([[DOCUMENT, root]]);
  const duplicates: Duplicate[] = [];
  index(document, root, schemas, resources, duplicates);
  const identified = resources.size > 1 || [...resources.values()].some(({ anchors }) => anchors.size > 0);
  if (!identified) return duplicates;
  for (const { schema, resource } of schemas) {
    const { $ref, discriminator } = schema;
    if (typeof $ref === 'string') schema.$ref = pointerFor($ref, resource, root, resources) ?? $ref;
    const mapping = ownMember(discriminator, 'mapping');
    if (!isObject(mapping)) continue;
    for (const [value, ref] of Object.entries(mapping)) {
      const pointer = typeof ref === 'string' ? pointerFor(ref, resource, root, resources) : undefined;
      if (pointer !== undefined) (mapping as Schema)[value] = pointer;
    }
  }
  return duplicates;
}

function index(
  document: unknown,
  root: Resource,
  schemas: Found[],
  resources: Map<string, Resource>,
  duplicates: Duplicate[],
): void {
  const seen = new Set<object>();
  type Work = { readonly value: unknown; readonly shape: Shape; readonly pointer: string; readonly resource: Resource };
  const waiting: Work[] = [{ value: document, shape: documentShape, pointer: '', resource: root }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { value, pointer } = next;
    let { shape, resource } = next;
    if (typeof value !== 'object' || value === null || shape.kind === 'mapping') continue;
    if (shape.kind === 'one-or-list' && !Array.isArray(value)) shape = shape.of;
    if (shape.kind === 'object' && shape.name === 'Schema' && isObject(value)) {
      // A YAML alias repeats a schema.
      resource = enter(value, pointer, resource, resources, seen.has(value) ? [] : duplicates);
      seen.add(value);
      schemas.push({ schema: value as Schema, resource });
    }
    for (const [key, member] of Object.entries(value)) {
      const of = typeof member === 'object' && member !== null ? memberShape(shape, key) : undefined;
      if (of) waiting.push({ value: member, shape: of, pointer: pointer + toPointer([key]), resource });
    }
  }
}

/** The resource of a schema: its own, if it has `$id`. */
function enter(
  schema: object,
  pointer: string,
  around: Resource,
  resources: Map<string, Resource>,
  duplicates: Duplicate[],
): Resource {
  const $id = ownMember(schema, '$id');
  const address = typeof $id === 'string' ? split($id, around.id)?.address : undefined;
  let resource = around;
  if (address !== undefined && address !== around.id) {
    resource = { id: address, pointer, value: schema, anchors: new Map() };
    if (!resources.has(address)) resources.set(address, resource);
    else duplicates.push({ keyword: '$id', name: String($id), pointer: `${pointer}/$id` });
  }
  for (const keyword of ['$anchor', '$dynamicAnchor']) {
    const anchor = ownMember(schema, keyword);
    if (typeof anchor !== 'string') continue;
    const first = resource.anchors.get(anchor);
    if (first === undefined) resource.anchors.set(anchor, pointer);
    else if (first !== pointer && (keyword === '$anchor' || componentOf(first) === componentOf(pointer)))
      duplicates.push({ keyword, name: anchor, pointer: `${pointer}/${keyword}` });
  }
  return resource;
}

/** Authors mean the dynamic anchor of their component, although the standard makes those of a document one set. */
const componentOf = (pointer: string): string => /^\/components\/schemas\/[^/]+/.exec(pointer)?.[0] ?? pointer;

/** The pointer in the document that a reference means; undefined if it stays unchanged. */
function pointerFor(
  ref: string,
  from: Resource,
  root: Resource,
  resources: ReadonlyMap<string, Resource>,
): string | undefined {
  const parts = split(ref, from.id);
  const resource = parts && resources.get(parts.address);
  if (parts === undefined || resource === undefined) return undefined;
  const { fragment } = parts;
  const inside = placeOf(fragment, resource) ?? (ref.startsWith('#') ? placeOf(fragment, root) : undefined);
  // A valid pointer of the document stays unchanged.
  return inside === undefined || (resource === root && /^(\/|$)/.test(fragment)) ? undefined : `#${encode(inside)}`;
}

function placeOf(fragment: string, { pointer, value, anchors }: Resource): string | undefined {
  if (fragment !== '' && !fragment.startsWith('/')) return anchors.get(fragment);
  return valueAt(value, fragment) === undefined ? undefined : pointer + fragment;
}

const encode = (pointer: string): string => pointer.replaceAll('%', '%25');

/** The absolute address and the decoded fragment of a reference. */
function split(ref: string, base: string): { readonly address: string; readonly fragment: string } | undefined {
  const hash = ref.indexOf('#');
  const address = hash === -1 ? ref : ref.slice(0, hash);
  try {
    const fragment = decodeURIComponent(hash === -1 ? '' : ref.slice(hash + 1));
    return { address: address === '' ? base : new URL(address, base).href, fragment };
  } catch {
    return undefined;
  }
}
