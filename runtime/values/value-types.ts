import type { SchemaObject } from './types.ts';

const ALL = ['object', 'array', 'string', 'integer', 'number', 'boolean', 'null'] as const;
/** The types of JSON values. */
export type ValueType = (typeof ALL)[number];

/** The types that all of these schemas allow. Undefined if no schema has a type. */
export function typesOf(schemas: readonly SchemaObject[]): ReadonlySet<ValueType> | undefined {
  let types: Set<ValueType> | undefined;
  for (const { type } of schemas) {
    if (type === undefined) continue;
    const own = new Set([type].flat() as ValueType[]);
    // Every integer is a number.
    if (own.has('number')) own.add('integer');
    types = types === undefined ? own : new Set([...types].filter((each) => own.has(each)));
  }
  return types;
}

const HINTS: readonly (readonly [ValueType, readonly string[]])[] = [
  [
    'object',
    [
      'properties',
      'required',
      'additionalProperties',
      'patternProperties',
      'minProperties',
      'maxProperties',
      'propertyNames',
      'dependentRequired',
      'discriminator',
      'unevaluatedProperties',
    ],
  ],
  ['array', ['items', 'prefixItems', 'minItems', 'maxItems', 'uniqueItems', 'contains']],
  ['string', ['pattern', 'minLength', 'maxLength', 'format', 'contentEncoding', 'contentMediaType']],
  ['number', ['minimum', 'maximum', 'multipleOf', 'exclusiveMinimum', 'exclusiveMaximum']],
];

/**
 * The type of the generated value: the first allowed type except `null` if there is another, otherwise the type of the
 * keywords.
 */
export function chooseType(schemas: readonly SchemaObject[]): ValueType | undefined {
  const types = typesOf(schemas);
  const hinted = HINTS.filter(([, keywords]) =>
    keywords.some((keyword) => schemas.some((schema) => keyword in schema)),
  ).map(([type]) => type);
  if (types === undefined) return hinted[0];
  const listed = ALL.filter((type) => types.has(type));
  const first = schemas.flatMap(({ type }) => (type === undefined ? [] : ([type].flat() as ValueType[])));
  const allowed = first.filter((type) => listed.includes(type) && type !== 'null');
  return allowed.find((type) => hinted.includes(type)) ?? allowed[0] ?? listed[0];
}
