import type { Plugin } from '@redocly/openapi-core';
import { isObject } from '../common/document/pointer.ts';
import type { Rule, Visit, Visitor } from './rule.ts';
import { completeTypes32 } from './types-3-2.ts';

type Types = Parameters<NonNullable<NonNullable<Plugin['typeExtension']>['oas3']>>[0];

/**
 * Our rules as a Redocly plugin. It also teaches Redocly what `x-cs-dispatch` is, so that every rule, Redocly's too,
 * visits the operations in it and their `$ref`s are references.
 */
export function createPlugin(rules: { readonly [code: string]: Rule }): Plugin {
  return {
    id: 'countersign',
    typeExtension: {
      oas3: (types, version) => addDispatch(version === 'oas3_2' ? completeTypes32(types) : types),
    },
    // Our visitors are Redocly's, with plainer types.
    rules: { oas3: mapValues(rules, visitMaps) as unknown as NonNullable<NonNullable<Plugin['rules']>['oas3']> },
  };
}

/** A rule that sees maps alone, as its types say: Redocly visits whatever is written in the place of one. */
function visitMaps(rule: Rule): Rule {
  const guard =
    (visit: Visit): Visit =>
    (node, context) => {
      if (isObject(node)) visit(node, context);
    };
  return () =>
    mapValues<Visitor[string], Visitor[string]>(rule(), (visit) =>
      typeof visit === 'function' ? guard(visit) : mapValues(visit, guard),
    );
}

function mapValues<From, To>(
  object: { readonly [key: string]: From },
  change: (value: From) => To,
): { [key: string]: To } {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(value)]));
}

function addDispatch(types: Types): Types {
  const pathItem = types.PathItem;
  if (!pathItem) throw new Error('Redocly has no type PathItem');
  return {
    ...types,
    PathItem: { ...pathItem, properties: { ...pathItem.properties, 'x-cs-dispatch': 'XcsDispatchList' } },
    XcsDispatchList: { properties: {}, items: 'XcsDispatch' },
    // The rest of a variant is checked by specs/x-cs.schema.json.
    XcsDispatch: { properties: { operation: 'Operation', method: null, when: null }, additionalProperties: () => null },
  } as Types;
}
