import { asList, isNode, type Node } from '../../model/reader.ts';
import type { JsonSchema } from '../../model/types.ts';

/** Maximum number of references that are followed, one after another. */
const MOST_HOPS = 8;

type Resolve = (ref: string, from: JsonSchema) => JsonSchema | undefined;

/**
 * The title and description of the schema that a property refers to, if the property has none of its own: an editor
 * shows the comment of a property, not that of its type. A reference beside `null` in a union counts as well.
 */
export function describedElsewhere(member: Node, resolve: Resolve): Node {
  let schema: unknown = member;
  for (let hops = 0; hops < MOST_HOPS && isNode(schema); hops += 1) {
    const { title, description } = schema;
    if (typeof title === 'string' || typeof description === 'string') {
      if (schema === member) return {};
      return { ...(typeof title === 'string' && { title }), ...(typeof description === 'string' && { description }) };
    }
    const ref = referenceOf(schema);
    schema = ref && resolve(ref.$ref, ref.from as JsonSchema);
  }
  return {};
}

function referenceOf(schema: Node): { readonly $ref: string; readonly from: Node } | undefined {
  if (typeof schema.$ref === 'string') return { $ref: schema.$ref, from: schema };
  const parts = ['allOf', 'anyOf', 'oneOf'].flatMap((keyword) => asList(schema[keyword]));
  const [only, ...others] = parts.filter((part) => !isNode(part) || part.type !== 'null');
  return others.length === 0 && isNode(only) && typeof only.$ref === 'string'
    ? { $ref: only.$ref, from: only }
    : undefined;
}

/**
 * Joins title, summary and description as paragraphs. Otherwise, openapi-typescript writes the description as a tag,
 * below `@deprecated`.
 */
export function withPlainWords({ title, summary, description, ...rest }: Node): Node {
  const words = [title, summary, description].filter((text) => typeof text === 'string' && text !== '');
  return words.length === 0 ? rest : { ...rest, summary: words.join('\n\n') };
}
