import { kindOf } from '@countersign/runtime/contract';
import { ADDITIONAL, FIXED_METHODS, operationsOf } from '../../common/document/path-operations.ts';
import { commentText, stringLiteral } from '../../common/text/literal.ts';
import { mediaSchema } from '../../model/media-schema.ts';
import { NAME_MAPS } from '../../model/name-maps.ts';
import { isIgnoredHeader } from '../../model/parameters.ts';
import { asNode, asText, atPointer, isNode, join, type Node, refPointer, segment } from '../../model/reader.ts';
import type { Direction } from '../../model/schema/directions.ts';
import { statusKey } from '../../model/status.ts';
import type { ApiData } from '../../model/types.ts';
import { TEXT_MARK, WHOLE_QUERY } from './engine/engine.ts';
import type { PlacedTypes } from './placed-types.ts';
import { requoted } from './print-expression.ts';
import type { Notes } from './recall/notes.ts';
import { withPlainWords } from './words.ts';

/** Texts that openapi-typescript writes into comments. */
const WORDS = new Set(['title', 'summary', 'description', 'format']);
/** JSON values that openapi-typescript writes into comments. */
const COMMENTED_DATA = new Set(['default', 'example']);
/** Keywords that do not affect types. */
const LEFT_OUT = new Set([
  'servers',
  'tags',
  'externalDocs',
  'security',
  'links',
  'examples',
  'encoding',
  'itemSchema',
  'prefixEncoding',
  'itemEncoding',
]);

/** Methods of OpenAPI 3.1. An operation with another method becomes a `post` with its own path: `/books QUERY`. */
const KNOWN_METHODS: ReadonlySet<string> = new Set(FIXED_METHODS.filter((field) => field !== 'query'));

const withoutOperations = (item: Node): Node =>
  Object.fromEntries(Object.entries(item).filter(([name]) => !FIXED_METHODS.includes(name) && name !== ADDITIONAL));

/** Places of references to objects, and the components where openapi-typescript looks for them. */
const COMPONENTS_OF: ReadonlyMap<string, string> = new Map([
  ['parameters', 'parameters'],
  ['headers', 'headers'],
  ['responses', 'responses'],
  ['requestBody', 'requestBodies'],
  ['requestBodies', 'requestBodies'],
]);
/** The direction of the values below a property. */
const DIRECTION_OF: ReadonlyMap<string, Direction> = new Map([
  ['parameters', 'request'],
  ['requestBody', 'request'],
  ['requestBodies', 'request'],
  ['responses', 'response'],
  ['headers', 'response'],
]);
/** The texts of a schema. */
const ABOUT = ['title', 'format', 'description', 'deprecated', 'default', 'example', 'examples'];

const PLAIN = /^[\w.{}/:;=+,$@ -]+$/;

/** Parts of a document for openapi-typescript, with placeholders for names and types. */
export type DocumentCopy = {
  readonly paths: readonly PathCopy[];
  /** The components that are not schemas, by kind. */
  readonly components: ReadonlyMap<string, readonly ComponentCopy[]>;
  /** The literal of the name that the placeholder with this number replaces. */
  readonly textOf: (number: number) => string;
  /** A name in the form that openapi-typescript receives. */
  readonly nameOf: (name: string) => string;
};

/** A path item. */
export type PathCopy = {
  /** Its paths: some methods have a path of their own. */
  readonly names: readonly string[];
  /** What it is a copy of. */
  readonly own: () => readonly unknown[];
  /** A new copy, as a part of `paths`. */
  readonly copy: () => Node;
};

/** A component. */
export type ComponentCopy = {
  readonly name: string;
  /** What it is a copy of. */
  readonly own: unknown;
  /** A new copy. */
  readonly copy: () => unknown;
};

/**
 * `followed`: number of nested references that were followed. `sent`: in a webhook, whose sender owns the data, so that
 * directions are reversed.
 */
type At = {
  readonly parent: string;
  readonly direction: Direction;
  readonly followed: number;
  readonly sent?: boolean;
};

type Inside = Omit<At, 'parent'>;

const REVERSED: { readonly [D in Direction]: Direction } = { request: 'response', response: 'request', any: 'any' };

/** A recursive reference would not end. */
const MOST_FOLLOWED = 8;
/** As many as `follow` follows, one after another. */
const MOST_HOPS = 32;

/**
 * A copy of the document for openapi-typescript. Each schema is replaced by a placeholder for its type. Texts are safe
 * in comments. Every name with unusual characters is a placeholder, so that none is interpreted as a pointer, a
 * property name or a comment.
 */
export function copyDocument(api: ApiData, types: PlacedTypes, notes: Notes): DocumentCopy {
  const { document } = api;
  // A parameter that the document does not declare, or declares twice, gets a type as well.
  const operationIds = new Map(api.operations.map(({ pointer, operationId }) => [pointer, operationId]));
  const marks = new Map<string, string>();
  const texts: string[] = [];

  const mark = (text: string): string => {
    let known = marks.get(text);
    if (known === undefined) {
      const isHarmless = PLAIN.test(text) && !(text in Object.prototype) && !text.startsWith('countersign-');
      known = isHarmless ? text : `${TEXT_MARK}${texts.push(text) - 1}`;
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

  const followNoted = (value: unknown): Node => {
    let node = asNode(value);
    for (let hops = 0; hops < MOST_HOPS && asText(node.$ref).startsWith('#'); hops += 1) {
      const pointer = refPointer(asText(node.$ref));
      notes.note('object', 'any', pointer);
      node = asNode(atPointer(document, pointer));
    }
    return node;
  };

  /** An object where openapi-typescript looks for it: a component if it is referenced, or a copy in its place. */
  const inPlace = (
    written: Node,
    { parent, followed, sent = false }: At,
  ): { readonly node: Node; readonly followed: number } => {
    const kind = COMPONENTS_OF.get(parent);
    if (kind === undefined) return { node: written, followed };
    const ref = refPointer(asText(written.$ref));
    const isNamed = ref.startsWith(`/components/${kind}/`) && ref.split('/').length === 4;
    // The type of a component is that of the usual direction.
    if (typeof written.$ref !== 'string' || (isNamed && !sent)) return { node: withSchema(written, kind), followed };
    const node = followed < MOST_FOLLOWED ? followNoted(written) : {};
    return { node: withSchema(node, kind), followed: followed + 1 };
  };
  const copyMember = (name: string, value: unknown, { direction, followed, sent = false }: Inside): unknown => {
    const directionOf = (inner: Direction): Direction => (sent ? REVERSED[inner] : inner);
    if (WORDS.has(name) && !isNode(value)) return typeof value === 'string' ? words(value) : undefined;
    if (COMMENTED_DATA.has(name)) return commentedData(value);
    if (name === 'schema') return { $ref: types.mark(value, direction) };
    if (name === 'content' && isNode(value)) return copyContent(value, { direction, followed, sent });
    if (name === '$ref' && typeof value === 'string') {
      // openapi-typescript reads its target.
      followNoted({ $ref: value });
      return reference(value);
    }
    if (name === 'parameters' && Array.isArray(value)) {
      const kept = value.filter((item) => !isIgnoredHeader(followNoted(item)));
      return copy(kept, false, { parent: name, direction: directionOf('request'), followed, sent });
    }
    const own = DIRECTION_OF.get(name);
    const inner = { parent: name, direction: own ? directionOf(own) : direction, followed, sent };
    return copy(value, NAME_MAPS.has(name), inner);
  };
  /** Each media type has the schema that its validators use. */
  const copyContent = (content: Node, { direction, followed, sent = false }: Inside): Node =>
    Object.fromEntries(
      Object.entries(content).map(([mediaType, written]) => {
        const media = asNode(written);
        const copied = asNode(copyObject(media, { parent: '', direction, followed, sent }));
        const isTyped = media.schema !== undefined || media.itemSchema !== undefined;
        if (kindOf(mediaType) !== 'json') followNoted(media.schema);
        const { schema, isItem, isParts } = mediaSchema(document, mediaType, media, '');
        const markType = isItem ? types.markStream : isParts ? types.markParts : types.mark;
        const type = markType(schema, direction);
        return [mark(mediaType), isTyped ? { ...copied, schema: { $ref: type } } : copied];
      }),
    );
  const copy = (value: unknown, named: boolean, at: At): unknown => {
    if (typeof value === 'string') return mark(value);
    if (Array.isArray(value)) return value.map((item) => copy(item, false, at));
    if (!isNode(value)) return value;
    return named ? copyMap(value, at) : copyObject(value, at);
  };
  // No name is __proto__: that one is a placeholder.
  const copyMap = (map: Node, at: At): Node => {
    const copied: { [name: string]: unknown } = {};
    const inCallbacks = at.parent === 'callbacks';
    for (const name of Object.keys(map))
      copied[mark(name)] = copy(map[name], inCallbacks, inCallbacks ? { ...at, parent: '' } : at);
    return copied;
  };
  const copyObject = (written: Node, at: At): Node => {
    const { node: object, followed } = inPlace(written, at);
    const copied: { [name: string]: unknown } = {};
    for (const name of Object.keys(object)) {
      if (name.startsWith('x-') || LEFT_OUT.has(name)) continue;
      const member = copyMember(name, object[name], { ...at, followed });
      if (member !== undefined) copied[mark(name)] = member;
    }
    // The whole query is one value: see `wholeQuery`.
    if (object.in === 'querystring') Object.assign(copied, { in: 'query', name: WHOLE_QUERY });
    return withPlainWords(copied);
  };

  /** An operation as in the model: with its name and its statuses. */
  const copyOperation = (operation: Node, id: string): Node => {
    const { responses, ...rest } = operation;
    const statuses = Object.entries(asNode(responses)).flatMap(([key, response]) => {
      const status = statusKey(key);
      return status === undefined ? [] : [[status, response] as const];
    });
    return { ...rest, operationId: mark(id), responses: Object.fromEntries(statuses) };
  };
  const pathCopy = (path: string, item: Node): PathCopy => {
    const operations = operationsOf(item).map((each) => {
      return { ...each, id: operationIds.get(join('/paths', path, ...each.steps)) };
    });
    const [known = [], others = []] = [true, false].map((isKnown) =>
      operations.filter(({ steps: [field = ''] }) => KNOWN_METHODS.has(field) === isKnown),
    );
    const copyItem = (): Node => {
      const top = { ...TOP, sent: item['x-cs-webhook'] !== undefined };
      const copyOf = ({ operation, id }: (typeof operations)[number]): Node => {
        const copied = asNode(copy(operation, false, top));
        return id === undefined ? copied : copyOperation(copied, id);
      };
      const shared = asNode(copy(withoutOperations(item), false, top));
      const own = Object.fromEntries(known.map((each) => [each.steps[0] ?? '', copyOf(each)]));
      const alone = others.map((each) => [mark(`${path} ${each.method}`), { ...shared, post: copyOf(each) }]);
      return { [mark(path)]: { ...shared, ...own }, ...Object.fromEntries(alone) };
    };
    return {
      names: [path, ...others.map(({ method }) => `${path} ${method}`)],
      own: () => [path, item, operations.map(({ id }) => id)],
      copy: copyItem,
    };
  };
  const components = asNode(document.components);
  const componentCopies = (kind: string): readonly ComponentCopy[] =>
    Object.entries(asNode(components[kind])).map(([name, own]) => {
      return {
        name,
        own,
        copy: () => copy(own, false, { ...TOP, parent: kind, direction: DIRECTION_OF.get(kind) ?? 'any' }),
      };
    });
  return {
    paths: Object.entries(asNode(document.paths)).map(([path, item]) => pathCopy(path, asNode(item))),
    components: new Map(COPIED.map((kind) => [kind, componentCopies(kind)])),
    nameOf: mark,
    textOf: (number) => {
      const original = texts[number];
      if (original === undefined) throw new Error(`no name has the number ${number}`);
      // A literal may also be in a comment. It has no line break, and this prevents it from ending the comment.
      return requoted(stringLiteral(original), { quote: '"' }).replaceAll('*/', '*\\/');
    },
  };
}

const TOP: At = { parent: '', direction: 'any', followed: 0 };

/** The lists of components that are copied. */
const COPIED = ['parameters', 'responses', 'requestBodies', 'headers'];

const withoutAbsent = (node: Node): Node =>
  Object.fromEntries(Object.entries(node).filter(([, value]) => value !== undefined));

/** The texts of a schema, safe in comments. */
export function aboutSchema(schema: Node): Node {
  const said = ABOUT.filter((name) => name in schema).map((name) => {
    const value = schema[name];
    if (WORDS.has(name)) return [name, typeof value === 'string' ? words(value) : undefined] as const;
    if (name === 'deprecated') return [name, value === true] as const;
    if (name === 'examples') return [name, Array.isArray(value) ? value.map(commentedData) : undefined] as const;
    return [name, commentedData(value)] as const;
  });
  return withPlainWords(withoutAbsent(Object.fromEntries(said)));
}

/** A parameter or header with `content` has the schema of its only media type, as in the validators. */
function withSchema(node: Node, kind: string): Node {
  if ((kind !== 'parameters' && kind !== 'headers') || !isNode(node.content)) return node;
  const { content, ...rest } = node;
  const [media] = Object.values(content);
  return { ...rest, schema: asNode(media).schema ?? true };
}

/** Texts in a comment: none of them is a placeholder. */
const words = (text: string): string => commentText(text.replaceAll('"countersign-', '"countersign '));

function commentedData(value: unknown): string {
  return words(typeof value === 'string' ? value : JSON.stringify(value, undefined, 2));
}

function decode(token: string): string {
  try {
    return decodeURIComponent(token);
  } catch {
    return token;
  }
}
