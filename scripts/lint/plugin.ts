import type { Plugin } from '@redocly/openapi-core';
import { isObject } from '../common/document/pointer.ts';
import type { Rule, Visit, Visitor } from './rule.ts';
import { completeTypes32 } from './types-3-2.ts';

type Types = Parameters<NonNullable<NonNullable<Plugin['typeExtension']>['oas3']>>[0];

/**
 * Our rules as a Redocly plugin. It also describes `x-cs-dispatch` to Redocly, so that every rule, including Redocly's,
 * visits its operations and resolves their `$ref`s.
 */
export function createPlugin(rules: { readonly [code: string]: Rule }): Plugin {
  return {
    id: 'countersign',
    typeExtension: {
      oas3: (types, version) => addDispatch(version === 'oas3_2' ? completeTypes32(types) : types),
    },
    // Our visitors are Redocly's, with simpler types.
    rules: { oas3: mapValues(rules, visitMaps) as unknown as NonNullable<NonNullable<Plugin['rules']>['oas3']> },
  };
}

/** A rule that receives only maps, as its types say: Redocly visits any value in place of a map. */
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
    // specs/x-cs.schema.json checks the rest of a variant.
    XcsDispatch: { properties: { operation: 'Operation', method: null, when: null }, additionalProperties: () => null },
  } as Types;
}
