import { type JsonPointer, type PageDescriptor, toPointer, valueAt } from '../../contract/index.ts';
import { propertiesOf } from '../../values/properties.ts';
import { isSchemaObject, type Schema, type SchemaSource } from '../../values/types.ts';
import type { ExampleInput, MockOperation } from '../types.ts';

/** A value of the request that selects a page. */
export type Place = {
  /** The pointer into the input: `/query/limit`, `/query/page/after`. */
  readonly pointer: JsonPointer;
  /** The value if a request omits it. */
  readonly usual: unknown;
};

/** The locations in a request that select the page of a list. */
export type PagePlaces = {
  readonly limit?: Place | undefined;
  readonly cursor?: Place | undefined;
  readonly page?: Place | undefined;
  readonly offset?: Place | undefined;
  /** The first and last position, counted from 1. */
  readonly window?: { readonly min: Place; readonly max: Place; readonly size: number };
  /** The number of the first page. */
  readonly firstPage: number;
  /** The position of the first item. */
  readonly firstOffset: number;
  /** Names of query parameters that select a page. They do not filter items. */
  readonly names: ReadonlySet<string>;
};

type Kind = 'limit' | 'offset' | 'page' | 'cursor';

const NAMES: Readonly<Record<Kind, RegExp>> = {
  limit: /^(limit|perpage|page(size|limit)|size|count|take|maxresults|first|top)$/,
  offset: /^(offset|skip|start|from)$/,
  page: /^page(number|no|index)?$/,
  cursor: /^((next)?cursor|after|startingafter|(next)?pagetoken|continuationtoken|marker)$/,
};
/** Names inside an object such as `page[number]`. */
const INNER: Readonly<Record<Kind, RegExp>> = {
  ...NAMES,
  page: /^(page(number|no|index)?|number|index)$/,
  cursor: /^((next|end)?cursor|after|startingafter|(next)?(page)?token|marker)$/,
};
const KINDS: readonly Kind[] = ['limit', 'offset', 'page', 'cursor'];
const GROUP = /^(page|paging|pagination|cursors?)$/;

/** The name without its separators, so that `per_page` and `perPage` are equal. */
export const plainName = (name: string): string => name.replace(/[^A-Za-z0-9]/g, '').toLowerCase();

type Candidate = Place & {
  readonly name: string;
  readonly group: string | undefined;
  readonly parameter: string;
  readonly fromZero: boolean;
};

/** Finds the locations in `x-cs-page`, or else those of parameters with typical names. */
export function findPagePlaces({ descriptor, schemas }: MockOperation, source: SchemaSource): PagePlaces {
  const candidates = schemas.parameters
    .filter(({ in: place }) => place === 'query')
    .flatMap(({ name, pointer }) => candidatesOf(name, source.schemaAt(pointer), source));
  const chosen = new Map<Kind, Candidate>();
  for (const candidate of candidates) {
    const kind = KINDS.find((each) => (candidate.group ? INNER : NAMES)[each].test(plainName(candidate.name)));
    if (kind && !chosen.has(kind)) chosen.set(kind, candidate);
  }
  const names = new Set([...chosen.values()].map(({ parameter }) => parameter));
  const found = {
    limit: chosen.get('limit'),
    cursor: chosen.get('cursor'),
    page: chosen.get('page'),
    offset: chosen.get('offset'),
    firstPage: chosen.get('page')?.fromZero ? 0 : 1,
    firstOffset: 0,
    names,
  };
  const at = (place: string): Place => {
    const pointer = place.startsWith('/') ? place : toPointer(['query', place]);
    const known = candidates.find((each) => each.pointer === pointer);
    return { pointer, usual: known?.usual };
  };
  return descriptor.page ? { ...found, ...declared(descriptor.page, at, names) } : found;
}

type Declared = Partial<Omit<PagePlaces, 'names'>> & { readonly names: ReadonlySet<string> };

/** A contract with `x-cs-page` has no other kind of pages. */
function declared(page: PageDescriptor, at: (place: string) => Place, named: ReadonlySet<string>): Declared {
  const none = { cursor: undefined, page: undefined, offset: undefined };
  const own = (...places: readonly (string | undefined)[]): ReadonlySet<string> =>
    new Set([...named, ...places.flatMap((place) => (place === undefined || place.startsWith('/') ? [] : [place]))]);
  const limitOf = (limit: string | undefined) => (limit === undefined ? {} : { limit: at(limit) });
  switch (page.kind) {
    case 'cursor':
      return { ...none, cursor: at(page.cursor), ...limitOf(page.limit), names: own(page.cursor, page.limit) };
    case 'number': {
      const { first = 1, limit } = page;
      return { ...none, page: at(page.page), firstPage: first, ...limitOf(limit), names: own(page.page, limit) };
    }
    case 'offset': {
      const { first = 0, limit } = page;
      return {
        ...none,
        offset: at(page.offset),
        firstOffset: first,
        ...limitOf(limit),
        names: own(page.offset, limit),
      };
    }
    case 'window': {
      const { min, max, size } = page;
      return { ...none, window: { min: at(min), max: at(max), size }, names: own(min, max) };
    }
    default:
      return { names: named };
  }
}

/** A parameter, or the properties of a parameter that is an object. `page[size]` may also be the name of a parameter. */
function candidatesOf(name: string, schema: Schema | undefined, { resolve }: SchemaSource): readonly Candidate[] {
  const inner = [...propertiesOf(schema, resolve)];
  if (inner.length > 0 && GROUP.test(plainName(name)))
    return inner.map(([property, own]) => ({
      name: property,
      group: name,
      parameter: name,
      pointer: toPointer(['query', name, property]),
      usual: defaultOf(own) ?? valueAt(defaultOf(schema), toPointer([property])),
      fromZero: countsFromZero(own),
    }));
  const [, group = '', last = ''] = /^(.+?)(?:\[([^[\]]+)\]|\.([^.]+))$/.exec(name)?.filter(Boolean) ?? [];
  const isGrouped = GROUP.test(plainName(group));
  return [
    {
      name: isGrouped ? last : name,
      group: isGrouped ? group : undefined,
      parameter: name,
      pointer: toPointer(['query', name]),
      usual: defaultOf(schema),
      fromZero: countsFromZero(schema),
    },
  ];
}

const defaultOf = (schema: Schema | undefined): unknown => (isSchemaObject(schema) ? schema['default'] : undefined);

const countsFromZero = (schema: Schema | undefined): boolean =>
  isSchemaObject(schema) && (schema['minimum'] === 0 || schema['default'] === 0);

/** The value at a location of a request. Undefined if there is none. */
export const readPlace = (input: ExampleInput, place: Place | undefined): unknown =>
  place && (valueAt(input, place.pointer) ?? place.usual);
