import type { z } from 'zod';
import { int64Kinds } from '../int64/kinds.ts';
import { droppedNames, openObjects } from '../marks.ts';
import type { AnyZod, Keywords, Node } from '../node.ts';
import type { DynamicScope } from '../scope.ts';
import { addName, allOf, constant, type Holding, type Look, type LookAt } from './look.ts';

type Definition = {
  readonly type: string;
  readonly node?: Node;
  readonly keywords?: Keywords;
  readonly shape: { readonly [name: string]: AnyZod };
  readonly catchall?: AnyZod;
  readonly element: AnyZod;
  readonly items: readonly AnyZod[];
  readonly rest?: AnyZod | null;
  readonly valueType: AnyZod;
  readonly options: readonly AnyZod[];
  readonly discriminator?: string;
  readonly innerType: AnyZod;
  readonly getter: () => AnyZod;
  readonly in: AnyZod;
  readonly out: AnyZod;
  readonly left: AnyZod;
  readonly right: AnyZod;
};

const definitionOf = (schema: AnyZod): Definition => schema._zod.def as unknown as Definition;
const NOTHING: readonly Holding[] = [];

/** The properties of an object and the items of an array that a zod schema names. Undefined if it names neither. */
export function lookAtZod(schema: AnyZod, lookAt: LookAt): Look | undefined {
  const definition = definitionOf(schema);
  switch (definition.type) {
    case 'object':
      return lookAtObject(schema, definition, lookAt);
    case 'array':
      return withKeywords(ofItems(lookAt(definition.element)), definition, lookAt);
    case 'tuple': {
      const items = definition.items.map((each) => lookAt(each));
      const rest = definition.rest ? lookAt(definition.rest) : undefined;
      return ofItemsBy((index) => (index < items.length ? items[index] : rest));
    }
    case 'record': {
      const of = lookAt(definition.valueType);
      return constant((seen, dynamic) => {
        seen.open = true;
        if (of) seen.others.push(() => [{ look: of, dynamic }]);
      });
    }
    case 'union':
      return lookAtOptions(definition, lookAt);
    case 'lazy': {
      const get = () => lookAt(definition.getter());
      return { see: (value, seen, dynamic) => get()?.see(value, seen, dynamic), always: () => get()?.always?.() };
    }
    case 'pipe':
      return withDropped(lookAt(definition.out), droppedNames.get(schema));
    case 'intersection':
      return allOf(
        [definition.left, definition.right].map((each) => lookAt(each)).filter((look) => look !== undefined),
      );
    case 'custom':
      return definition.node === undefined ? ofInt64(schema) : lookAt(definition.node);
    default:
      return 'innerType' in definition ? lookAt(definition.innerType) : undefined;
  }
}

function ofInt64(schema: AnyZod): Look | undefined {
  const as = int64Kinds.get(schema);
  return (
    as && {
      see(_, seen) {
        seen.int64 = as;
      },
    }
  );
}

function lookAtObject(schema: AnyZod, definition: Definition, lookAt: LookAt): Look | undefined {
  const { shape, catchall } = definition;
  const members = Object.keys(shape).map((name) => [name, shape[name] && lookAt(shape[name])] as const);
  const rest = catchall && !['unknown', 'never'].includes(definitionOf(catchall).type) ? catchall : undefined;
  const others = rest && lookAt(rest);
  const own = constant((seen, dynamic) => {
    for (const [name, look] of members) {
      seen.named = true;
      if (look) addName(seen, name, { look, dynamic });
      else if (!seen.names.has(name)) seen.names.set(name, NOTHING);
    }
    if (openObjects.has(schema) || rest) seen.open = true;
    if (others) seen.others.push((name) => (Object.hasOwn(shape, name) ? undefined : [{ look: others, dynamic }]));
    // A closed object without properties names all of its properties.
    if (catchall && definitionOf(catchall).type === 'never') seen.named = true;
  });
  return withKeywords(own, definition, lookAt);
}

function withKeywords(look: Look | undefined, { keywords }: Definition, lookAt: LookAt): Look | undefined {
  const also = keywords === undefined ? undefined : lookAt(keywords);
  return allOf([look, also].filter((each) => each !== undefined));
}

function withDropped(look: Look | undefined, names: readonly string[] = []): Look | undefined {
  if (names.length === 0) return look;
  const drop = constant((seen) => {
    seen.named = true;
    for (const name of names) seen.dropped.add(name);
  });
  const known = look?.always?.();
  const both = allOf([drop, look].filter((each) => each !== undefined));
  if (look === undefined || known === undefined || both === undefined) return both;
  return constant((seen, dynamic) => both.see({}, seen, dynamic));
}

const ofItems = (look: Look | undefined): Look | undefined => look && ofItemsBy(() => look);

function ofItemsBy(lookOf: (index: number) => Look | undefined): Look {
  return constant((seen, dynamic) => {
    const holdings = new Map<Look, readonly Holding[]>();
    seen.items.push((index) => {
      const look = lookOf(index);
      if (look === undefined) return NOTHING;
      const known = holdings.get(look) ?? [{ look, dynamic }];
      holdings.set(look, known);
      return known;
    });
  });
}

/** Only alternatives that match the value count. If none matches, all count. */
function lookAtOptions({ options, discriminator }: Definition, lookAt: LookAt): Look | undefined {
  const all = options.flatMap((schema) => {
    const look = lookAt(schema);
    return look ? [{ schema, look }] : [];
  });
  const [only, ...others] = all;
  if (only === undefined) return undefined;
  if (others.length === 0) return only.look;
  return {
    see(value, seen, dynamic: DynamicScope | undefined) {
      const fitting = all.filter(({ schema }) =>
        discriminator === undefined ? !seen.all && fits(schema, value) : hasTag(schema, discriminator, value),
      );
      for (const { look } of fitting.length > 0 ? fitting : all) look.see(value, seen, dynamic);
    },
  };
}

function hasTag(schema: AnyZod, name: string, value: object): boolean {
  const tags = schema._zod.propValues?.[name];
  const tag = Object.hasOwn(value, name) ? (value as { readonly [name: string]: unknown })[name] : undefined;
  return tags === undefined ? fits(schema, value) : tags.has(tag as z.core.util.Primitive);
}

function fits(schema: AnyZod, value: unknown): boolean {
  const result = schema._zod.run({ value, issues: [] }, { async: false });
  return !(result instanceof Promise) && result.issues.length === 0;
}
