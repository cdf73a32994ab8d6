import { itemsOf, partsOf, propertiesOf } from '../../values/properties.ts';
import type { Schema } from '../../values/types.ts';

type Resolve = (ref: string) => Schema | undefined;

/** Maximum depth of nested objects in which an item is searched: an envelope and its content. */
const DEEPEST = 3;

/** Properties that identify an item if its parameter has a different name. */
const USUAL: readonly string[] = ['id', 'uuid', 'number', 'slug', 'key', 'code', 'name', 'login'];

const plain = (name: string): string => name.replace(/[^A-Za-z0-9]/g, '').toLowerCase();

/** The singular name of a resource: `pet` for `/v1/pets`. */
const resourceOf = (collection: string): string =>
  plain(
    collection
      .split('/')
      .filter((part) => !part.startsWith('{'))
      .at(-1) ?? '',
  )
    .replace(/ies$/, 'y')
    .replace(/(ss|sh|ch|x)es$/, '$1')
    .replace(/s$/, '');

type Searched = {
  /** Name of the path's parameter. Empty if it has none. */
  readonly parameter: string;
  readonly collection: string;
  readonly resolve: Resolve;
  readonly action: string;
};

/**
 * Finds the properties of an item that its path may contain: `id` for `/pets/{petId}`, `username` for
 * `/users/{username}`.
 */
export function findId(
  success: Schema | undefined,
  { parameter, collection, resolve, action }: Searched,
): readonly string[] {
  const items = action === 'list' ? findItems(success, collection, resolve) : undefined;
  const schema = items === undefined ? success : itemsOf(schemaIn(success, items, resolve), resolve);
  const own = plain(parameter);
  const resource = resourceOf(collection);
  const wanted = [own, own.startsWith(resource) ? own.slice(resource.length) : '', `${resource}id`, ...USUAL];
  for (const { properties } of objectsIn(schema, resolve)) {
    const found = wanted.flatMap((name) => [...properties.keys()].filter((key) => name !== '' && plain(key) === name));
    // An envelope may have a `code` or a `name`, too.
    const isSure = found.some((name) => ['id', 'uuid', own, `${resource}id`].includes(plain(name)));
    if (isSure) return [...new Set(found)];
  }
  return [];
}

/** Finds the object that has one of these properties in a body. */
export function findItem(success: Schema | undefined, ids: readonly string[], resolve: Resolve): string | undefined {
  const [first = 'id'] = ids;
  return objectsIn(success, resolve).find(({ properties }) => properties.has(first))?.pointer;
}

/** Finds the list of a collection in a body: the body itself, or the first list of objects in it. */
export function findItems(success: Schema | undefined, collection: string, resolve: Resolve): string | undefined {
  if (isList(success, resolve)) return '';
  const last = plain(collection.split('/').at(-1) ?? '');
  const lists = objectsIn(success, resolve).flatMap(({ pointer, properties }) =>
    [...properties].flatMap(([name, schema]) =>
      isList(schema, resolve) ? [{ name, pointer: `${pointer}/${step(name)}` }] : [],
    ),
  );
  const usual = ['data', 'items', 'results', 'rows', 'list', 'records', 'values'];
  const named = lists.find(({ name }) => plain(name) === last || usual.includes(plain(name)));
  return (named ?? lists[0])?.pointer;
}

function isList(schema: Schema | undefined, resolve: Resolve): boolean {
  const items = itemsOf(schema, resolve);
  return items !== undefined && propertiesOf(items, resolve).size > 0;
}

/** The schema at a pointer into a value. */
export function schemaIn(schema: Schema | undefined, pointer: string, resolve: Resolve): Schema | undefined {
  return pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<Schema | undefined>((at, name) => propertiesOf(at, resolve).get(name), schema);
}

const step = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1');

type Found = { readonly pointer: string; readonly properties: ReadonlyMap<string, Schema> };

/** The objects of a body, beginning with the outermost. Objects in lists are omitted. */
function objectsIn(schema: Schema | undefined, resolve: Resolve): readonly Found[] {
  const found: Found[] = [];
  let level: readonly { readonly pointer: string; readonly schema: Schema | undefined }[] = [{ pointer: '', schema }];
  for (let depth = 0; depth < DEEPEST && level.length > 0; depth += 1) {
    const objects = level
      .filter((each) => !partsOf(each.schema, resolve).some(({ items }) => items !== undefined))
      .map((each) => ({ pointer: each.pointer, properties: propertiesOf(each.schema, resolve) }));
    found.push(...objects);
    level = objects.flatMap(({ pointer, properties }) =>
      [...properties].map(([name, property]) => ({ pointer: `${pointer}/${step(name)}`, schema: property })),
    );
  }
  return found;
}

/** The properties of a list's items. */
export const itemsIn = (schema: Schema | undefined, pointer: string, resolve: Resolve): ReadonlyMap<string, Schema> =>
  propertiesOf(itemsOf(schemaIn(schema, pointer, resolve), resolve), resolve);
