import { asList, isNode, type Node } from '../../model/reader.ts';
import type { JsonSchema } from '../../model/types.ts';

/** Maximum number of references that are followed, one after another. */
const MOST_HOPS = 8;

const COMPOSED = ['allOf', 'anyOf', 'oneOf'];

type Resolve = (ref: string, from: JsonSchema) => JsonSchema | undefined;

/**
 * A property with the title and description of the schema that it refers to, if it has none of its own: an editor shows
 * the comment of a property, not that of its type. A reference beside `null` in a union counts as well.
 */
export function withDescription(member: Node, resolve: Resolve): Node {
  let schema: unknown = member;
  for (let hops = 0; hops < MOST_HOPS && isNode(schema); hops += 1) {
    const { title, description } = schema;
    if (typeof title === 'string' || typeof description === 'string') {
      if (schema === member) return member;
      const found = {
        ...(typeof title === 'string' && { title }),
        ...(typeof description === 'string' && { description }),
      };
      return { ...found, ...member };
    }
    const ref = referenceOf(schema);
    schema = ref && resolve(ref.$ref, ref.from as JsonSchema);
  }
  return member;
}

function referenceOf(schema: Node): { readonly $ref: string; readonly from: Node } | undefined {
  if (typeof schema.$ref === 'string') return { $ref: schema.$ref, from: schema };
  if (!COMPOSED.some((keyword) => keyword in schema)) return undefined;
  const parts = COMPOSED.flatMap((keyword) => asList(schema[keyword]));
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
