import type { ParameterDescriptor, ParameterStyle } from '@countersign/runtime/contract';
import { encodingsOf } from './form-encodings.ts';
import { asList, asNode, asText, follow, join, type Node, onceForTarget, resolverOf } from './reader.ts';
import { isSecret, parameterShape } from './schema/shape/parameter-shape.ts';
import type { ExpandedDocument, JsonSchema, Parameter } from './types.ts';

/** OpenAPI 3.1.1, section 4.8.12.2: the default style by place, and explode only for form. */
const DEFAULT_STYLE: Readonly<Record<string, ParameterStyle>> = {
  path: 'simple',
  header: 'simple',
  query: 'form',
  cookie: 'form',
  querystring: 'form',
};

const STYLES: readonly ParameterStyle[] = [
  'simple',
  'label',
  'matrix',
  'form',
  'spaceDelimited',
  'pipeDelimited',
  'deepObject',
];

/** OpenAPI 3.1.1, section 4.8.12.1: header parameters with these names are ignored; the transport owns them. */
const IGNORED_HEADERS = new Set(['accept', 'content-type', 'authorization']);

/** Whether OpenAPI ignores a parameter. */
export const isIgnoredHeader = ({ in: place, name }: Node): boolean =>
  place === 'header' && IGNORED_HEADERS.has(asText(name).toLowerCase());

/**
 * Before OpenAPI 3.2, `allowReserved` only applies to queries. Since 3.2, it applies to every location with
 * percent-encoded values, except cookies: a reserved character would end a cookie.
 */
const mayBeReserved = (place: ParameterDescriptor['in'], style: ParameterStyle, is32: boolean): boolean =>
  place === 'query' || (is32 && place === 'path' && style !== 'cookie');

function firstExample(document: ExpandedDocument, node: Node, pointer: string): unknown {
  const [name, example] = Object.entries(asNode(node.examples))[0] ?? [];
  if (name === undefined) return undefined;
  const { value, dataValue } = follow(document, example, join(pointer, 'examples', name)).node;
  return value ?? dataValue;
}

/** The first example, of the parameter or of its content. */
function exampleOf(document: ExpandedDocument, node: Node, pointer: string, content: string | undefined): unknown {
  const own = node.example ?? firstExample(document, node, pointer);
  if (own !== undefined || content === undefined) return own;
  const media = asNode(asNode(node.content)[content]);
  return media.example ?? firstExample(document, media, join(pointer, 'content', content));
}

function buildParameter(document: ExpandedDocument, value: unknown, at: string): Parameter | undefined {
  const { node, pointer } = follow(document, value, at);
  const place = asText(node.in) as ParameterDescriptor['in'];
  const name = asText(node.name);
  const usual = DEFAULT_STYLE[place];
  if (usual === undefined) return undefined;
  if (isIgnoredHeader(node)) return undefined;

  // Lint warns of an unknown style.
  const is32 = document.openapi.startsWith('3.2');
  const isCookie = is32 && place === 'cookie' && node.style === 'cookie';
  const style = isCookie ? 'cookie' : (STYLES.find((each) => each === node.style) ?? usual);
  const content = Object.keys(asNode(node.content))[0];
  const schemaPointer = content === undefined ? join(pointer, 'schema') : join(pointer, 'content', content, 'schema');
  const schema = (content === undefined ? node.schema : asNode(asNode(node.content)[content]).schema) ?? true;
  const resolve = resolverOf(document);
  const form = { mediaType: content ?? '', pointer: schemaPointer, schema: schema as JsonSchema };
  const encodings = place === 'querystring' && content !== undefined ? encodingsOf(document, form, resolve) : {};
  return {
    descriptor: {
      name,
      in: place,
      required: node.required === true || place === 'path',
      style,
      explode: typeof node.explode === 'boolean' ? node.explode : style === 'form' || isCookie,
      ...(node.allowReserved === true && mayBeReserved(place, style, is32) && { allowReserved: true }),
      ...(content !== undefined && { content }),
      ...(Object.keys(encodings).length > 0 && { encodings }),
      shape: parameterShape(schema as JsonSchema, resolve),
      ...(isSecret(schema as JsonSchema, resolve) && { secret: true }),
    },
    ...(node.deprecated === true && { deprecated: true }),
    pointer: schemaPointer,
    schema: schema as JsonSchema,
    description: asText(node.description),
    example: exampleOf(document, node, pointer, content) ?? asNode(schema).default,
  };
}

/** Path item and operation parameters together; the operation's win (OpenAPI 3.1.1, section 4.8.9.1). */
export function buildParameters(
  document: ExpandedDocument,
  lists: readonly { readonly value: unknown; readonly pointer: string }[],
): readonly Parameter[] {
  const byKey = new Map<string, Parameter>();
  for (const { value, pointer } of lists) {
    asList(value).forEach((item, index) => {
      const build = () => buildParameter(document, item, join(pointer, index));
      const parameter = onceForTarget(document, 'parameter', item, build);
      if (parameter !== undefined) byKey.set(`${parameter.descriptor.in} ${parameter.descriptor.name}`, parameter);
    });
  }
  return [...byKey.values()];
}
