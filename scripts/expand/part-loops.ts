import { isObject, ownMember, pointerTokens, toPointer } from '../common/document/pointer.ts';
import type { JsonDocument, Step } from './step.ts';

type Schema = { readonly [keyword: string]: unknown };
type Loop = { readonly parent: string; readonly edges: ReadonlySet<object>; readonly keyword: 'oneOf' | 'anyOf' };

/** Code of the diagnostic for a schema that lists its own children. */
export const PARENT_LISTS_CHILDREN = 'schema-parent-lists-children';

/**
 * A parent that lists its children in `oneOf`, which extend it with `allOf`, leads to itself for the same value. Its
 * authors mean the union of its children, which extend only the parent's own properties: there, these replace the
 * reference.
 * @see https://spec.openapis.org/oas/v3.1.1.html#models-with-polymorphism-support
 */
export const partLoops: Step = (document, { derivations, warn }) => {
  const components = ownMember(document, 'components');
  const schemas = isObject(components) ? ownMember(components, 'schemas') : undefined;
  if (!isObject(schemas)) return document;
  const loops = findLoops(schemas);
  if (loops.length === 0) return document;
  const parents = new Map(loops.map((loop) => [loop.parent, loop]));
  const targets = new Map(loops.flatMap(({ parent, edges }) => [...edges].map((edge) => [edge, parent] as const)));
  const bases = new Map<string, Schema>();

  /** The parent without its children. */
  const baseOf = (name: string): Schema => {
    const known = bases.get(name);
    if (known !== undefined) return known;
    bases.set(name, {});
    const written = ownMember(schemas, name) as Schema;
    const { [parents.get(name)?.keyword ?? 'oneOf']: _, discriminator: __, ...rest } = rewrite(written);
    const base = derivations.derive({ ...rest }, written);
    bases.set(name, base);
    return base;
  };
  const rewrite = (schema: Schema): Schema => {
    let result = schema;
    for (const keyword of ['allOf', 'oneOf', 'anyOf']) {
      const parts = ownMember(schema, keyword);
      if (!Array.isArray(parts)) continue;
      const written = parts.map((part: unknown) => (isObject(part) ? rewrite(part) : part));
      if (written.some((part, index) => part !== parts[index])) result = { ...result, [keyword]: written };
    }
    const parent = targets.get(schema);
    if (parent !== undefined) {
      const { $ref: _, allOf, ...beside } = result;
      const others: readonly unknown[] = Array.isArray(allOf) ? allOf : [];
      const alone = Object.keys(beside).length + others.length === 0;
      result = alone ? baseOf(parent) : { ...beside, allOf: [baseOf(parent), ...others] };
    }
    return result === schema ? schema : derivations.derive(result, schema);
  };
  for (const { parent, keyword } of loops) {
    const message = `This schema lists in \`${keyword}\` schemas that extend it with \`allOf\`, so it contains itself. It is read as the union of those schemas.`;
    const help =
      'Use two schemas: one with the shared properties, which the children extend, and one that lists the children.';
    warn(toPointer(['components', 'schemas', parent]), PARENT_LISTS_CHILDREN, message, help);
  }
  const parted = Object.fromEntries(
    Object.entries(schemas).map(([name, schema]) => [name, isObject(schema) ? rewrite(schema) : schema]),
  );
  const made = derivations.derive(
    { ...(components as Schema), schemas: derivations.derive(parted, schemas) },
    components as object,
  );
  return { ...document, components: made } as JsonDocument;
};

function findLoops(schemas: Schema): readonly Loop[] {
  return Object.entries(schemas).flatMap(([parent, schema]): readonly Loop[] => {
    if (!isObject(schema)) return [];
    for (const keyword of ['oneOf', 'anyOf'] as const) {
      const edges = edgesBack(ownMember(schema, keyword), parent, schemas);
      if (edges.size > 0) return [{ parent, edges, keyword }];
    }
    return [];
  });
}

/** The parts of `allOf`, below what `children` lead to for the same value, that refer to the parent. */
function edgesBack(children: unknown, parent: string, schemas: Schema): ReadonlySet<object> {
  const edges = new Set<object>();
  const seen = new Set<unknown>();
  const waiting: { readonly schema: unknown; readonly isPart: boolean }[] = (
    Array.isArray(children) ? children : []
  ).map((schema: unknown) => ({ schema, isPart: false }));
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { schema, isPart } = next;
    if (!isObject(schema) || seen.has(schema)) continue;
    seen.add(schema);
    const name = componentName(ownMember(schema, '$ref'));
    // Alone and not part of another schema, it is an alias of the parent.
    if (name === parent && (isPart || Object.keys(schema).length > 1)) edges.add(schema);
    else if (name !== undefined) waiting.push({ schema: ownMember(schemas, name), isPart: false });
    for (const keyword of ['allOf', 'oneOf', 'anyOf']) {
      const parts = ownMember(schema, keyword);
      if (!Array.isArray(parts)) continue;
      for (const part of parts) waiting.push({ schema: part, isPart: keyword === 'allOf' });
    }
  }
  return edges;
}

function componentName(ref: unknown): string | undefined {
  if (typeof ref !== 'string' || !ref.startsWith('#/')) return undefined;
  let pointer = ref.slice(1);
  try {
    pointer = decodeURIComponent(pointer);
  } catch {
    // Reported at the schema as it is written.
  }
  const [components, kind, name, ...rest] = pointerTokens(pointer);
  return components === 'components' && kind === 'schemas' && rest.length === 0 ? name : undefined;
}
