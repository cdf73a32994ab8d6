import { escapeToken, isObject, localPointer, valueAt } from '../common/document/pointer.ts';
import { documentShape, memberShape, type Shape, schemaShape } from '../load/shapes.ts';
import { type AnchorIndex, type Anchors, indexAnchors } from './dynamic-anchors.ts';
import { type JsonDocument, mentions, type Step, type StepContext } from './step.ts';
import { transform } from './transform.ts';

type Schema = JsonDocument;

/** Keywords that identify a schema. A copy has none of them. */
const IDENTITY = ['$id', '$anchor', '$dynamicAnchor', '$defs', '$schema', '$comment'];
/** Keywords that describe a schema and do not limit its values. */
const ANNOTATIONS = [...IDENTITY, '$ref', 'title', 'description', 'deprecated', 'examples', 'example', 'externalDocs'];

/** A `$dynamicRef` whose target depends on more than the places of schemas. */
class Undecided extends Error {}

/**
 * Replaces each `$dynamicRef` with the schema that it means, as in a generic list: `{ $id: users, $ref: list, $defs: {
 * item: { $dynamicAnchor: item, $ref: User } } }` becomes a list of `User`. Types, validators, the mock and the docs then
 * read an ordinary schema. A document in which a target is undecided stays unchanged.
 * @see https://json-schema.org/draft/2020-12/json-schema-core#section-8.2.3.2
 */
export const staticReferences: Step = (document, context) => {
  if (!mentions(context.spec, /\$dynamicRef/)) return document;
  try {
    const written = new Writer(document, context).write();
    return transform(written, ['Schema'], withoutAnchor, context.derivations);
  } catch (error) {
    if (error instanceof Undecided) return document;
    throw error;
  }
};

function withoutAnchor(schema: Schema): Schema {
  if (!('$dynamicAnchor' in schema)) return schema;
  const { $dynamicAnchor: _, ...rest } = schema;
  return rest;
}

const partsOf = ({ allOf }: Schema): readonly unknown[] => (Array.isArray(allOf) ? allOf : []);

/** Where a schema is evaluated: the anchors of the resources that lead to it, and the copies around it. */
type Scope = { readonly anchors: Anchors; readonly copies: ReadonlyMap<string, string | undefined> };

class Writer {
  readonly #document: JsonDocument;
  readonly #index: AnchorIndex;
  readonly #derive: StepContext['derivations']['derive'];

  constructor(document: JsonDocument, context: StepContext) {
    this.#document = document;
    this.#index = indexAnchors(document, context);
    this.#derive = context.derivations.derive;
  }

  write(): JsonDocument {
    return this.#walk(this.#document, documentShape, '', { anchors: new Map(), copies: new Map() }) as JsonDocument;
  }

  #walk(value: unknown, shape: Shape, pointer: string, scope: Scope): unknown {
    if (typeof value !== 'object' || value === null || shape.kind === 'mapping') return value;
    const inner = shape.kind === 'one-or-list' && !Array.isArray(value) ? shape.of : shape;
    const isSchema = inner.kind === 'object' && inner.name === 'Schema';
    if (isSchema && isObject(value)) return this.#schema(value, inner, pointer, scope);
    return this.#members(value, inner, pointer, scope);
  }

  #members(value: object, shape: Shape, pointer: string, scope: Scope): object {
    let changed = false;
    const entries = Object.entries(value).map(([key, member]) => {
      const of = memberShape(shape, key) ?? (Array.isArray(value) && 'of' in shape ? shape.of : undefined);
      const place = `${pointer}/${escapeToken(key)}`;
      const written = of === undefined ? member : this.#walk(member, of, place, scope);
      changed ||= written !== member;
      return [key, written] as const;
    });
    if (!changed) return value;
    return this.#derive(Array.isArray(value) ? entries.map(([, item]) => item) : Object.fromEntries(entries), value);
  }

  #schema(schema: Schema, shape: Shape, pointer: string, around: Scope): object {
    const scope = this.#index.isRoot(pointer) ? this.#enter(around, pointer) : around;
    const written = this.#members(schema, shape, pointer, scope) as Schema;
    if (!('$dynamicRef' in written)) return this.#reference(written, schema, pointer, scope);
    const { $dynamicRef, ...rest } = written;
    const $ref = `#${encodeURI(this.#target($dynamicRef, pointer, scope))}`;
    const both = '$ref' in rest ? { ...rest, allOf: [...partsOf(rest), { $ref }] } : { ...rest, $ref };
    return this.#reference(this.#derive(both, schema), schema, pointer, scope);
  }

  #target(ref: unknown, pointer: string, { anchors }: Scope): string {
    const name = typeof ref === 'string' && /^#[^/]+$/.test(ref) ? ref.slice(1) : '';
    const own = this.#index.of(pointer).get(name);
    if (own === undefined) throw new Undecided();
    return anchors.get(name) ?? own;
  }

  /** Copies the target of `$ref` into a schema if it means something else in this scope than by itself. */
  #reference(written: Schema, original: Schema, pointer: string, around: Scope): object {
    const { $ref, ...rest } = written;
    const target = localPointer($ref);
    if (target === undefined) return written;
    const source = valueAt(this.#document, target);
    const scope = this.#enter(around, target);
    if (!isObject(source) || !this.#depends(target, scope.anchors)) return written;
    if (scope.copies.has(target)) {
      const copy = scope.copies.get(target);
      if (copy === undefined) throw new Undecided();
      return this.#derive({ ...rest, $ref: `#${encodeURI(copy)}` }, original);
    }
    const isPure = Object.keys(original).every((keyword) => ANNOTATIONS.includes(keyword));
    const copies = new Map(scope.copies).set(target, isPure ? pointer : undefined);
    const copied = this.#schema(source, schemaShape, target, { anchors: scope.anchors, copies });
    const bare = Object.fromEntries(Object.entries(copied).filter(([keyword]) => !IDENTITY.includes(keyword)));
    return this.#derive(isPure ? { ...bare, ...rest } : { ...rest, allOf: [...partsOf(rest), bare] }, original);
  }

  /** Adds the anchors of the resource at a place. The anchors of outer resources have priority. */
  #enter(scope: Scope, pointer: string): Scope {
    const own = this.#index.of(pointer);
    return own.size === 0 ? scope : { ...scope, anchors: new Map([...own, ...scope.anchors]) };
  }

  /** Whether a schema leads to a `$dynamicRef` that has another target with these anchors than by itself. */
  #depends(target: string, anchors: Anchors, alone = this.#index.of(target), seen = new Set<string>()): boolean {
    if (seen.has(target)) return false;
    seen.add(target);
    const visit = (value: unknown): boolean => {
      if (typeof value !== 'object' || value === null) return false;
      const { $dynamicRef, $ref } = value as Schema;
      const name = typeof $dynamicRef === 'string' ? $dynamicRef.slice(1) : '';
      const own = this.#index.of(target).get(name);
      if (own !== undefined && (anchors.get(name) ?? own) !== (alone.get(name) ?? own)) return true;
      const next = localPointer($ref);
      if (next !== undefined) {
        const added = this.#index.of(next);
        if (this.#depends(next, new Map([...added, ...anchors]), new Map([...added, ...alone]), seen)) return true;
      }
      return Object.values(value).some(visit);
    };
    return visit(valueAt(this.#document, target));
  }
}
