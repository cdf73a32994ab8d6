import type { JsonObject } from '../../common/document/pointer.ts';

const COMPOSING = [
  '$ref',
  '$dynamicRef',
  'allOf',
  'anyOf',
  'oneOf',
  'not',
  'if',
  'then',
  'else',
  'dependentSchemas',
  'contains',
];

/** Without other keywords that evaluate properties or items, `unevaluated…` applies to the same ones as this keyword. */
export function othersOf(part: JsonObject, kind: 'Properties' | 'Items'): unknown {
  const stated = kind === 'Items' ? part.items : part.additionalProperties;
  return stated ?? (COMPOSING.some((keyword) => keyword in part) ? undefined : part[`unevaluated${kind}`]);
}

/** A part without the keywords that have no effect or that count as other keywords. */
export function withoutPlain(part: JsonObject): JsonObject {
  const isPlain = !COMPOSING.some((keyword) => keyword in part);
  const isVoid = (name: string, value: unknown): boolean => {
    if (name === 'unevaluatedProperties' || name === 'unevaluatedItems') {
      const stated = name === 'unevaluatedItems' ? part.items : part.additionalProperties;
      return isPlain || stated !== undefined || value === true;
    }
    return (name === 'not' && value === false) || (name === 'propertyNames' && value === true);
  };
  return Object.fromEntries(Object.entries(part).filter(([name, value]) => !isVoid(name, value)));
}
