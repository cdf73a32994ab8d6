import { valueAt, withValueAt } from '../../contract/index.ts';
import type { ResponseHeaders } from '../../server/refusal.ts';
import { propertiesOf } from '../../values/properties.ts';
import { createSchemaSource } from '../../values/schema-source.ts';
import { isSchemaObject, type Schema } from '../../values/types.ts';
import { createMakeUp } from '../make-up.ts';
import type { DeclaredResponse, ExampleInput, MockOperation, MockProvider } from '../types.ts';
import { type Collections, createCollections, type Item, type Shelf } from './collections.ts';
import { itemsIn, schemaIn } from './find-item.ts';
import { fit, nextless } from './fit.ts';
import { fill, freeId, mergePatch, objectOf, placeOf, typed, withId } from './items.ts';
import { declaredMembers, isPageObject, memberOf, type PageFacts, pageHeaders } from './page-members.ts';
import { findPagePlaces } from './page-places.ts';
import { cursorOf, filterBy, idOf, pageOf } from './paging.ts';
import { type Role, type Roles, understand } from './understand.ts';

type Headers = ResponseHeaders;

/** The result of the memory for a call. */
export type Remembered =
  /** A success of the contract with this body. Undefined: a success without a body. */
  | {
      readonly kind: 'success';
      readonly body: unknown;
      readonly location: string | undefined;
      /** Returns the headers of the response, given those of the example. */
      readonly headers?: (shown: Headers) => Headers;
    }
  /** A declared failure of the contract. */
  | { readonly kind: 'missing' }
  | { readonly kind: 'conflict' };

/** The memory of the mock of a provider without logic. */
export type Memory = {
  readonly roles: Roles;
  readonly collections: Collections;
  /**
   * Handles a call. Undefined if the operation returns its examples. @param response the preferred success @param url the
   * URL of the request
   */
  act(operation: MockOperation, input: ExampleInput, response: DeclaredResponse, url: string): Remembered | undefined;
  /** Sets the items of a collection to the passed items, or to those in the examples of the contract. */
  seed(items: Readonly<Record<string, readonly Item[]>> | 'examples'): void;
};

/** Creates the memory of a provider, with the stored items. */
export function createMemory(provider: MockProvider, shelf: Shelf): Memory {
  const { api, document, operations } = provider;
  const roles = understand(provider);
  const collections = createCollections(api.provider, shelf);
  const makeUp = createMakeUp(provider);
  const source = createSchemaSource(document);
  const { resolve, schemaAt } = source;

  const act: Memory['act'] = (operation, input, response, url) => {
    const role = roles.get(operation.descriptor.id);
    if (!role) return undefined;
    const path = fill(role.collection, input.path ?? {});
    if (!role.writable && !collections.has(path)) return undefined;
    const body = sentBy(operation, role, input.body);
    const all = collections.all(path);
    const wanted = role.parameter ? String(input[role.parameter.in]?.[role.parameter.name] ?? '') : undefined;
    const place = wanted === undefined ? -1 : placeOf(all, role.ids, wanted);
    const success = (item: Item | undefined, location?: string): Remembered => ({
      kind: 'success',
      body: response.mediaType === undefined ? undefined : bodyWith(operation, response, role, item),
      location,
    });
    const known = all[place];
    switch (role.action) {
      case 'list':
        return { kind: 'success', location: undefined, ...listOf(operation, response, role, all, input, url) };
      case 'read':
        return known ? success(known) : { kind: 'missing' };
      case 'delete':
        if (!known) return { kind: 'missing' };
        collections.remove(path, place, `${path}/${wanted}`);
        return success(known);
      case 'update': {
        if (!known) return { kind: 'missing' };
        if (body === undefined) return undefined;
        const item = withId({ ...(mergePatch(known, body) as Item) }, role.ids, known);
        collections.put(path, item, place);
        return success(item);
      }
      case 'replace': {
        const at = wanted === undefined ? placeOf(all, role.ids, idOf(body ?? {}, role.ids)) : place;
        if (body === undefined) return undefined;
        const old = all[at];
        if (old) {
          const item = withId({ ...ownedByServer(operation, old), ...body }, role.ids, old);
          collections.put(path, item, at);
          return success(item);
        }
        const creates =
          operation.responses.some(({ status }) => status === '201') ||
          wanted === undefined ||
          !isCreated(role.collection);
        if (!creates) return { kind: 'missing' };
        const item = create(operation, role, path, body, wanted);
        return success(item, `${path}/${idOf(item, role.ids)}`);
      }
      case 'create': {
        const given = idOf(body ?? {}, role.ids.slice(0, 1));
        if (given !== '' && placeOf(all, role.ids.slice(0, 1), given) >= 0) return { kind: 'conflict' };
        const item = create(operation, role, path, body ?? {}, undefined);
        return success(item, `${path}/${idOf(item, role.ids)}`);
      }
    }
  };

  /** Whether the collection has an operation that creates items. Otherwise, only `PUT` can create them. */
  const isCreated = (collection: string): boolean =>
    [...roles.values()].some((role) => role.collection === collection && role.action === 'create');

  /** Creates an item from the caller's values and from those that a server adds: an id, times, defaults. */
  const create = (operation: MockOperation, role: Role, path: string, body: Item, wanted: string | undefined): Item => {
    const shown = showing(operation, role);
    const number = collections.next(path);
    const made = shown ? itemIn(shown, role.collection, String(number)) : {};
    const [name = 'id'] = role.ids;
    const { [name]: madeId } = made;
    const id =
      wanted === undefined
        ? (body[name] ?? freeId(collections.all(path), name, madeId, number))
        : typed(wanted, madeId);
    const item: Item = { ...made, ...body, [name]: id };
    collections.put(path, item);
    return item;
  };

  /** The part of a request's body that is stored. */
  const sentBy = (operation: MockOperation, role: Role, sent: unknown): Item | undefined => {
    const body = objectOf(sent);
    const hidden = writeOnly(operation, showing(operation, role));
    return body && Object.fromEntries(Object.entries(body).filter(([name]) => !hidden.has(name)));
  };

  type Shown = { readonly operation: MockOperation; readonly response: DeclaredResponse; readonly item: string };

  /** The operation that returns a whole item: the called one, or one that reads. */
  const showing = (called: MockOperation, { collection }: Role): Shown | undefined => {
    const same = operations.filter(({ descriptor }) => roles.get(descriptor.id)?.collection === collection);
    const reading = same.find(({ descriptor }) => roles.get(descriptor.id)?.action === 'read');
    return [reading, called, ...same].flatMap((operation): Shown[] => {
      const item = operation && roles.get(operation.descriptor.id)?.item;
      const response = operation?.responses.find(
        ({ status, mediaType }) => /^2/.test(status) && mediaType !== undefined,
      );
      return operation && response && item !== undefined ? [{ operation, response, item }] : [];
    })[0];
  };

  /** Generates an item. @param seed undefined: the example of the schema */
  const itemIn = ({ operation, response, item }: Shown, collection: string, seed: string | undefined): Item =>
    objectOf(valueAt(makeUp(operation, response, seed === undefined ? undefined : `${collection}/${seed}`), item)) ??
    {};

  /** Properties that only a caller sends, according to the schemas of the request and of the item. */
  const writeOnly = (called: MockOperation, shown: Shown | undefined): ReadonlySet<string> => {
    const schemas = [
      schemaAt(called.schemas.body[0]?.pointer),
      ...(shown ? [schemaIn(schemaAt(shown.response.pointer), shown.item, resolve)] : []),
    ];
    const hidden = schemas
      .flatMap((schema) => [...propertiesOf(schema, resolve)])
      .filter(([, schema]) => isSchemaObject(schema) && schema['writeOnly'] === true);
    return new Set(hidden.map(([name]) => name));
  };

  /** Properties that no request can set. */
  const ownedByServer = ({ schemas }: MockOperation, item: Item): Item => {
    const own = propertiesOf(schemaAt(schemas.body[0]?.pointer), resolve);
    return Object.fromEntries(
      Object.entries(item).filter(([name]) => {
        const schema = own.get(name);
        return schema === undefined || (isSchemaObject(schema) && schema['readOnly'] === true);
      }),
    );
  };

  const baseOf = (operation: MockOperation, response: DeclaredResponse): unknown =>
    response.value === undefined ? makeUp(operation, response, undefined) : response.value;

  const isValid = (
    { validators }: MockOperation,
    { status, mediaType = '' }: DeclaredResponse,
    body: unknown,
  ): boolean => {
    const result = validators.responses[status]?.[mediaType]?.['~standard'].validate(body);
    return result === undefined || !('issues' in result) || result.issues === undefined;
  };

  const bodyWith = (
    operation: MockOperation,
    response: DeclaredResponse,
    role: Role,
    item: Item | undefined,
  ): unknown => {
    const base = baseOf(operation, response);
    if (role.item === undefined || item === undefined) return base;
    const at = role.item;
    const put = (value: unknown): unknown => (at === '' ? value : withValueAt(base, at, value));
    const fits = (value: unknown): boolean => isValid(operation, response, put(value));
    const [name = 'id'] = role.ids;
    return put(fit(item, objectOf(valueAt(base, at)) ?? {}, name, fits));
  };

  const listOf = (
    operation: MockOperation,
    response: DeclaredResponse,
    role: Role,
    all: readonly Item[],
    input: ExampleInput,
    url: string,
  ) => {
    const { items: at = '', ids } = role;
    const schema = schemaAt(response.pointer);
    const known = new Set([...itemsIn(schema, at, resolve).keys(), ...all.flatMap((item) => Object.keys(item))]);
    const { page: descriptor, parameters } = operation.descriptor;
    const places = findPagePlaces(operation, source);
    const query = Object.fromEntries(
      Object.entries(input.query ?? {}).filter(([name]) => parameters.some((each) => each.name === name)),
    );
    const chosen = filterBy(all, query, known, places.names);
    const facts: PageFacts = { ...pageOf(chosen, input, places, cursorOf(ids, descriptor)), places, url };
    const base = at === '' ? [] : baseOf(operation, response);
    const [sample] = (valueAt(baseOf(operation, response), at) ?? []) as readonly unknown[];
    const [name = 'id'] = ids;
    const put = (items: readonly unknown[]): unknown => (at === '' ? items : withValueAt(base, at, items));
    const fitted = facts.items.map((item) =>
      fit(item, objectOf(sample) ?? {}, name, (value) => isValid(operation, response, put([value]))),
    );
    const headers = (shown: Headers): Headers => pageHeaders(shown, descriptor, facts);
    const body = put(fitted);
    if (at === '' || typeof body !== 'object' || body === null) return { body, headers };
    return { body: describePage(operation, response, body, at, facts), headers };
  };

  /** Sets the properties in the body of a list that describe its page, if the contract allows their values. */
  const describePage = (
    operation: MockOperation,
    response: DeclaredResponse,
    list: object,
    at: string,
    facts: PageFacts,
  ): object => {
    const schema = schemaAt(response.pointer);
    let body = list;
    const say = (target: string, value: unknown): void => {
      const changed = value === null ? nextless(body, target) : [withValueAt(body, target, value) as object];
      body = changed.find((one) => isValid(operation, response, one)) ?? body;
    };
    const beside = at.split('/').slice(0, -1).join('/');
    const holders = (beside === '' ? [''] : ['', beside]).flatMap((holder) => withPageObjects(schema, holder));
    for (const holder of holders) {
      for (const [name, own] of propertiesAt(schema, holder)) {
        const target = `${holder}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
        const member = { name, holder: holder.split('/').at(-1) ?? '', schema: own, sample: valueAt(list, target) };
        const value = memberOf(member, facts);
        if (value !== undefined) say(target, value);
      }
    }
    for (const [place, value] of declaredMembers(operation.descriptor.page, facts))
      if (typeof place === 'string') say(place, value);
    return body;
  };

  const propertiesAt = (schema: Schema | undefined, pointer: string) =>
    propertiesOf(schemaIn(schema, pointer, resolve), resolve);

  /** Returns a pointer, and the pointers to the objects there that describe a page, such as `meta/pagination`. */
  const withPageObjects = (schema: Schema | undefined, holder: string, levels = 2): readonly string[] => {
    const names = levels === 0 ? [] : [...propertiesAt(schema, holder).keys()].filter(isPageObject);
    const inner = names.map((name) => `${holder}/${name}`).filter((at) => propertiesAt(schema, at).size > 0);
    return [holder, ...inner.flatMap((at) => withPageObjects(schema, at, levels - 1))];
  };

  const seed: Memory['seed'] = (items) => {
    if (items !== 'examples') {
      for (const [path, list] of Object.entries(items)) for (const item of list) collections.put(path, item);
      return;
    }
    for (const operation of operations) {
      const role = roles.get(operation.descriptor.id);
      const path = role && fill(role.collection, [...operation.inputs.values()][0]?.path ?? {});
      if (!role || path === undefined || path.includes('{')) continue;
      for (const { status, value } of operation.responses) {
        if (!/^2/.test(status) || value === undefined) continue;
        if (role.action !== 'list' && role.action !== 'read') continue;
        const shown = role.items === undefined ? [valueAt(value, role.item ?? '')] : valueAt(value, role.items);
        for (const each of Array.isArray(shown) ? shown : []) {
          const item = objectOf(each);
          if (item && placeOf(collections.all(path), role.ids, idOf(item, role.ids)) < 0) collections.put(path, item);
        }
      }
    }
    seedSchemas();
  };

  /**
   * Adds an item to each writable collection that is still empty. The item comes from its schema, which may have an
   * example.
   */
  const seedSchemas = (): void => {
    for (const operation of operations) {
      const role = roles.get(operation.descriptor.id);
      const path = role && fill(role.collection, [...operation.inputs.values()][0]?.path ?? {});
      if (!role?.writable || path === undefined || path.includes('{') || collections.all(path).length > 0) continue;
      const shown = showing(operation, role);
      if (shown) collections.put(path, itemIn(shown, role.collection, undefined));
    }
  };

  return { roles, collections, act, seed };
}
