import { commentText, stringLiteral } from '../../common/text/literal.ts';
import { NAME_MAPS } from '../../model/name-maps.ts';
import {
  asList,
  asNode,
  asText,
  atPointer,
  follow,
  isNode,
  join,
  type Node,
  refPointer,
  segment,
} from '../../model/reader.ts';
import { discriminatorChoices } from '../../model/schema/discriminator.ts';
import { nestedName, nestedTargets } from '../../model/schema/graph/nested-targets.ts';
import { schemaResources } from '../../model/schema/graph/resources.ts';
import { type InheritedTag, inheritedTags } from '../../model/schema/types/inherited-tags.ts';
import { typedSchema } from '../../model/schema/types/typed-schema.ts';
import { statusKey } from '../../model/status.ts';
import type { ApiData } from '../../model/types.ts';

/** Words: openapi-typescript writes them into comments. */
const WORDS = new Set(['title', 'summary', 'description', 'format']);
/** Any JSON: openapi-typescript writes it into comments. */
const COMMENTED_DATA = new Set(['default', 'example']);
/** Without meaning for types. */
const LEFT_OUT = new Set(['servers', 'tags', 'externalDocs', 'security']);

/** What a schema stands in. */
const SCHEMA_PLACES = new Set(
  'schema itemSchema schemas properties patternProperties additionalProperties items prefixItems allOf anyOf oneOf not $defs'.split(
    ' ',
  ),
);

/**
 * The keywords of a schema that openapi-typescript reads. Any other may hold anything, also what looks like a parameter
 * or a response.
 */
const READ = new Set(
  `$ref type format nullable enum const properties patternProperties additionalProperties required items prefixItems
   minItems maxItems allOf anyOf oneOf not discriminator readOnly writeOnly deprecated title summary description default
   example examples`.split(/\s+/),
);

/** Where references to other objects than schemas stand, and the components that openapi-typescript takes for them. */
const COMPONENTS_OF: ReadonlyMap<string, string> = new Map([
  ['parameters', 'parameters'],
  ['headers', 'headers'],
  ['responses', 'responses'],
  ['requestBody', 'requestBodies'],
  ['requestBodies', 'requestBodies'],
]);

const PLAIN = /^[\w.{}/:;=+,$@ -]+$/;
const MARK = 'countersign-text-';
const MARKED = /"countersign-text-(\d+)"/g;

export type HarmlessCopy = {
  readonly document: Node;
  /** Puts what was taken out back into the printed text, as literals. */
  readonly restore: (text: string) => string;
  /** The document's own name for one of the copy. */
  readonly nameOf: (name: string) => string;
};

/**
 * A copy of the document for openapi-typescript: words are safe in comments, and every name or value with unusual
 * characters is a mark, so that none passes through its reading of pointers, its property names and its comments.
 */
export function harmlessCopy(api: ApiData): HarmlessCopy {
  const { document } = api;
  const resources = schemaResources(api);
  const tags = inheritedTags(api);
  // What the document does not name, or names twice, is typed too.
  const operationIds = new Map(api.operations.map(({ pointer, operationId }) => [pointer, operationId]));
  const marks = new Map<string, string>();
  const texts: string[] = [];

  const mark = (text: string): string => {
    let known = marks.get(text);
    if (known === undefined) {
      const isHarmless = PLAIN.test(text) && !(text in Object.prototype) && !text.startsWith(MARK);
      known = isHarmless ? text : `${MARK}${texts.push(text) - 1}`;
      marks.set(text, known);
    }
    return known;
  };
  const reference = (ref: string): string =>
    ref
      .split('/')
      .map((token) => segment(mark(decode(token).replaceAll('~1', '/').replaceAll('~0', '~'))))
      .join('/')
      .replace(/^[^/]*/, '#');
  const data = (value: unknown): unknown => {
    if (typeof value === 'string') return mark(value);
    if (Array.isArray(value)) return value.map(data);
    if (!isNode(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [mark(name), data(member)]));
  };

  const schemas = new Set(Object.keys(asNode(asNode(document.components).schemas)));
  /** A discriminator maps to a reference or to the name of a component. */
  const mapped = (value: string): string => {
    if (value.startsWith('#')) return reference(value);
    return schemas.has(value) ? `#/components/schemas/${segment(mark(value))}` : mark(value);
  };

  /**
   * Schemas that are referred to where they stand inside others. openapi-typescript's way to such a place is a type
   * that may not be there, so each becomes a component of its own.
   */
  const hoisted = new Map<string, { readonly name: string; readonly schema: unknown }>();
  const hoist = (pointer: string, schema: unknown) => {
    const named = { name: mark(nestedName(pointer)), schema };
    hoisted.set(pointer, named);
    return named;
  };
  // The validators refer to these, also to those that only keywords without a type refer to.
  for (const [schema, pointer] of nestedTargets(api)) hoist(pointer, schema);
  const schemaReference = (ref: string): string => {
    const pointer = refPointer(ref);
    if (/^\/components\/schemas\/[^/]+$/.test(pointer)) return reference(ref);
    const { name } = hoisted.get(pointer) ?? hoist(pointer, atPointer(document, pointer));
    return `#/components/schemas/${segment(name)}`;
  };

  /** Another discriminator says nothing to openapi-typescript: it would leave the property out of what refers to it. */
  const chooses = (schema: Node): boolean =>
    Array.isArray(schema.oneOf) && discriminatorChoices(schema, resources) !== 'contradictory';

  /** An object in words that openapi-typescript reads as we do. */
  const inPlace = (written: Node, parent: string): Node => {
    if (SCHEMA_PLACES.has(parent)) return withTags(typedSchema(written, resources.resolve), tags.get(written));
    const kind = COMPONENTS_OF.get(parent);
    if (kind === undefined) return written;
    const ref = refPointer(asText(written.$ref));
    const isNamed = ref.startsWith(`/components/${kind}/`) && ref.split('/').length === 4;
    const { node } = typeof written.$ref === 'string' && !isNamed ? follow(document, written, '') : { node: written };
    return withSchema(node);
  };

  const copyMember = (name: string, value: unknown, place: string): unknown => {
    if (WORDS.has(name) && !isNode(value)) return typeof value === 'string' ? commentText(value) : undefined;
    if (COMMENTED_DATA.has(name)) return commentedData(value);
    // A schema's; those of a media type are no part of a type, and can be most of a document.
    if (name === 'examples') return Array.isArray(value) ? value.map(commentedData) : undefined;
    if (name === 'const') return data(value);
    if (name === '$ref' && typeof value === 'string')
      return SCHEMA_PLACES.has(place) ? schemaReference(value) : reference(value);
    return copy(value, NAME_MAPS.has(name), name);
  };
  const copy = (value: unknown, named: boolean, parent: string): unknown => {
    if (typeof value === 'string') return parent === 'mapping' ? mapped(value) : mark(value);
    if (Array.isArray(value)) return value.map((item) => copy(item, false, parent));
    if (!isNode(value)) return value;
    return named ? copyMap(value, parent) : copyObject(value, parent);
  };
  // No name is __proto__: that is marked.
  const copyMap = (map: Node, parent: string): Node => {
    const copied: { [name: string]: unknown } = {};
    const inCallbacks = parent === 'callbacks';
    for (const name of Object.keys(map)) copied[mark(name)] = copy(map[name], inCallbacks, inCallbacks ? '' : parent);
    return copied;
  };
  const copyObject = (written: Node, parent: string): Node => {
    const object = inPlace(written, parent);
    const isSchema = SCHEMA_PLACES.has(parent);
    const copied: { [name: string]: unknown } = {};
    for (const name of Object.keys(object)) {
      if (isSchema ? !READ.has(name) : name.startsWith('x-') || LEFT_OUT.has(name)) continue;
      if (name === 'discriminator' && !chooses(written)) continue;
      const member = name === 'enum' ? asList(object.enum).map(data) : copyMember(name, object[name], parent);
      if (member !== undefined) copied[mark(name)] = member;
    }
    return copied;
  };

  /** An operation as the model has it: with its name and its statuses. */
  const copyOperation = (operation: Node, id: string): Node => {
    const { responses, ...rest } = operation;
    const statuses = Object.entries(asNode(responses)).flatMap(([key, response]) => {
      const status = statusKey(key);
      return status === undefined ? [] : [[status, response] as const];
    });
    return { ...rest, operationId: mark(id), responses: Object.fromEntries(statuses) };
  };
  const copyPaths = (): Node => {
    const paths = Object.entries(asNode(document.paths)).map(([path, item]) => {
      const copied = Object.entries(asNode(copy(item, false, ''))).map(([verb, member]) => {
        const id = operationIds.get(join('/paths', path, verb));
        return [verb, id === undefined ? member : copyOperation(asNode(member), id)] as const;
      });
      return [mark(path), Object.fromEntries(copied)] as const;
    });
    return Object.fromEntries(paths);
  };
  const { paths: _paths, components, ...rest } = document;
  // Path items stand in their paths already; here their operations would be declared twice.
  const { pathItems: _pathItems, examples: _examples, ...used } = asNode(components);

  const copied = { ...(copy({ ...rest, components: used }, false, '') as Node), paths: copyPaths() };
  // What is hoisted may refer to more; a Map goes on to what is added meanwhile.
  const added: [string, unknown][] = [];
  for (const { name, schema } of hoisted.values()) added.push([name, copy(schema, false, 'schema')]);
  const withHoisted = (components: Node): Node => ({
    ...components,
    schemas: { ...asNode(components.schemas), ...Object.fromEntries(added) },
  });

  return {
    document:
      added.length === 0 ? copied : { ...copied, components: withHoisted(asNode(Reflect.get(copied, 'components'))) },
    nameOf: (name) => (name.startsWith(MARK) ? texts[Number(name.slice(MARK.length))] : undefined) ?? name,
    restore: (text) =>
      text.replace(MARKED, (whole, index: string) => {
        const original = texts[Number(index)];
        // In a comment, too, a literal may stand: it has no line break, and this keeps it from ending the comment.
        return original === undefined ? whole : stringLiteral(original).replaceAll('*/', '*\\/');
      }),
  };
}

/** What a discriminator elsewhere says of a schema, as a part of it. */
function withTags(schema: Node, tags: readonly InheritedTag[] = []): Node {
  const parts = tags.map(({ propertyName, values }) => ({
    type: 'object',
    properties: { [propertyName]: { enum: values } },
    required: [propertyName],
  }));
  return parts.length === 0 ? schema : { ...schema, allOf: [...asList(schema.allOf), ...parts] };
}

/** A parameter with `content` has the schema of its only media type, as the validators have it. */
function withSchema(node: Node): Node {
  if (!('in' in node) || !isNode(node.content)) return node;
  const { content, ...rest } = node;
  const [media] = Object.values(content);
  return { ...rest, schema: asNode(media).schema ?? true };
}

function commentedData(value: unknown): string {
  return commentText(typeof value === 'string' ? value : JSON.stringify(value, undefined, 2));
}

function decode(token: string): string {
  try {
    return decodeURIComponent(token);
  } catch {
    return token;
  }
}
