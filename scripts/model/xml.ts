import { kindOf, setOwn, type XmlNode, type XmlShape } from '@countersign/runtime/contract';
import { asNode, asText, isNode, type Node } from './reader.ts';
import { parameterShape, type ResolveSchema } from './schema/shape/parameter-shape.ts';
import type { Content, JsonSchema } from './types.ts';

/** Maximum depth of descriptions. Below it, elements of a recursive schema have any content. */
const DEEPEST = 8;

type Members = { readonly schema: Node; readonly parts: readonly Node[] };

/** Merges a schema with its references and the parts of its compositions. Its own keywords take precedence. */
function behind(schema: unknown, resolve: ResolveSchema): Members {
  const parts: Node[] = [];
  const seen = new Set<unknown>();
  const waiting: unknown[] = [schema];
  while (waiting.length > 0) {
    const next = waiting.shift();
    if (!isNode(next) || seen.has(next)) continue;
    seen.add(next);
    parts.push(next);
    if (typeof next.$ref === 'string') waiting.push(resolve(next.$ref));
    for (const members of [next.allOf, next.oneOf, next.anyOf]) if (Array.isArray(members)) waiting.push(...members);
  }
  return { schema: Object.assign({}, ...[...parts].reverse()), parts };
}

/** Whether a media type is XML. */
export const isXml = (mediaType: string): boolean => kindOf(mediaType) === 'markup' && /xml/i.test(mediaType);

/** How an object or a list is written as XML; undefined for other values. @param name of an inline schema's element */
export function xmlRoot(schema: unknown, name: string, resolve: ResolveSchema): XmlNode | undefined {
  const { kind } = parameterShape(schema as JsonSchema, resolve);
  if (kind !== 'object' && kind !== 'array') return undefined;
  return nodeOf(schema, componentName(schema) || name, resolve, DEEPEST);
}

const componentName = (schema: unknown): string => {
  const ref = asText(asNode(schema).$ref);
  return decodeURIComponent(ref.slice(ref.lastIndexOf('/') + 1));
};

function nodeOf(given: unknown, fallback: string, resolve: ResolveSchema, depth: number): XmlNode {
  const { schema, parts } = behind(given, resolve);
  const xml = asNode(schema.xml);
  const kind = depth === 0 ? 'any' : parameterShape(schema as JsonSchema, resolve).kind;
  // An unwrapped list has no element of its own: its name is that of its items.
  const isWrapped = xml.wrapped === true || asText(xml.nodeType) === 'element';
  const name = asText(xml.name) || fallback;
  const nodeType = asText(xml.nodeType);
  const isText = nodeType === 'text' || nodeType === 'cdata';
  return {
    name,
    ...(asText(xml.prefix) && { prefix: asText(xml.prefix) }),
    ...(asText(xml.namespace) && { namespace: asText(xml.namespace) }),
    ...((xml.attribute === true || asText(xml.nodeType) === 'attribute') && { attribute: true }),
    ...(isText && { text: true }),
    ...(nodeType === 'cdata' && { cdata: true }),
    // A list has no element of its own, so only objects need `none`.
    ...(nodeType === 'none' && kind === 'object' && { none: true }),
    shape: shapeOf(kind, schema, parts, isWrapped ? name : fallback, isWrapped, resolve, depth),
  };
}

function shapeOf(
  kind: string,
  schema: Node,
  parts: readonly Node[],
  itemName: string,
  wrapped: boolean,
  resolve: ResolveSchema,
  depth: number,
): XmlShape {
  if (kind === 'array')
    return { kind: 'list', wrapped, item: nodeOf(schema.items ?? {}, itemName, resolve, depth - 1) };
  if (kind === 'object') {
    // If several parts declare a property, the first one counts.
    const members: { [name: string]: unknown } = {};
    for (const [name, member] of parts.flatMap((part) => Object.entries(asNode(part.properties))))
      if (!Object.hasOwn(members, name)) setOwn(members, name, member);
    const properties = Object.entries(members).map(
      ([name, member]) => [name, nodeOf(member, name, resolve, depth - 1)] as const,
    );
    // A map declares no properties.
    return properties.length === 0 ? { kind: 'any' } : { kind: 'object', properties: Object.fromEntries(properties) };
  }
  if (kind === 'any') return { kind: 'any' };
  const shape = parameterShape(schema as JsonSchema, resolve);
  return { kind: 'value', types: shape.kind === 'primitive' ? shape.types : ['string'] };
}

/** By media type: the root element of each XML content whose schema is an object or a list. */
export function buildXml(
  content: readonly Content[],
  resolve: ResolveSchema,
): { readonly [mediaType: string]: XmlNode } {
  const found = content
    .filter(({ mediaType }) => isXml(mediaType))
    .flatMap(({ mediaType, schema }) => {
      const root = xmlRoot(schema, 'root', resolve);
      return root ? [[mediaType, root] as const] : [];
    });
  return Object.fromEntries(found);
}
