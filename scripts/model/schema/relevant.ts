import { isSchemaObject, type SchemaObject } from './keywords.ts';
import { KNOWN_FORMATS } from './shape/formats.ts';

/** The values of JSON Schema's keyword `type`. */
export type TypeName = 'string' | 'number' | 'integer' | 'boolean' | 'null' | 'array' | 'object';

/** All type names. */
export const TYPE_NAMES: readonly TypeName[] = ['string', 'number', 'integer', 'boolean', 'null', 'array', 'object'];

const OF_NUMBER = new Set(['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf', 'format']);
/** Keywords that apply to one type only. Values of other types always satisfy them. */
const OF_TYPE: { readonly [type in TypeName]: ReadonlySet<string> } = {
  string: new Set(['minLength', 'maxLength', 'pattern', 'format']),
  number: OF_NUMBER,
  integer: OF_NUMBER,
  boolean: new Set(),
  null: new Set(),
  array: new Set(['items', 'prefixItems', 'contains', 'minItems', 'maxItems', 'uniqueItems', 'unevaluatedItems']),
  object: new Set([
    'properties',
    'patternProperties',
    'additionalProperties',
    'propertyNames',
    'minProperties',
    'maxProperties',
    'required',
    'dependentRequired',
    'dependentSchemas',
    'unevaluatedProperties',
  ]),
};
/** Most schemas have one type. */
const ALONE: ReadonlyMap<string, readonly TypeName[]> = new Map(TYPE_NAMES.map((type) => [type, [type]]));
const NO_KEYWORDS: ReadonlySet<string> = new Set();
const OF_ANY = new Set(['$ref', '$dynamicRef', 'allOf', 'anyOf', 'oneOf', 'not', 'enum', 'const']);

/** The types in `type`, without `integer` if `number` is listed too; undefined if there is no `type`. */
export function declaredTypes(schema: SchemaObject): readonly TypeName[] | undefined {
  if (!('type' in schema)) return undefined;
  const alone = typeof schema.type === 'string' ? ALONE.get(schema.type) : undefined;
  if (alone !== undefined) return alone;
  const listed: readonly unknown[] = Array.isArray(schema.type) ? schema.type : [schema.type];
  return TYPE_NAMES.filter((type) => listed.includes(type) && !(type === 'integer' && listed.includes('number')));
}

/** The keywords of `schema`, other than `type`, that can reject a value of one of `types` (default: all types). */
export function relevantKeywords(schema: SchemaObject, types: readonly TypeName[] = TYPE_NAMES): ReadonlySet<string> {
  let found: Set<string> | undefined;
  for (const keyword of Object.keys(schema)) {
    const counts = OF_ANY.has(keyword) || types.some((type) => OF_TYPE[type].has(keyword));
    if (!counts || holdsAlways(keyword, schema[keyword])) continue;
    found ??= new Set();
    found.add(keyword);
  }
  // `then` and `else` have no effect without `if`, and vice versa.
  if ('if' in schema && ('then' in schema || 'else' in schema)) found = (found ?? new Set()).add('if');
  return found ?? NO_KEYWORDS;
}

function holdsAlways(keyword: string, value: unknown): boolean {
  switch (keyword) {
    case 'minLength':
    case 'minItems':
    case 'minProperties':
      return value === 0;
    case 'uniqueItems':
      return value === false;
    case 'format':
      return !KNOWN_FORMATS.has(value as string);
    case 'items':
    case 'additionalProperties':
    case 'propertyNames':
    case 'unevaluatedItems':
    case 'unevaluatedProperties':
      return value === true || (isSchemaObject(value) && Object.keys(value).length === 0);
    case 'required':
    case 'prefixItems':
      return Array.isArray(value) && value.length === 0;
    case 'properties':
    case 'patternProperties':
    case 'dependentRequired':
    case 'dependentSchemas':
      return isSchemaObject(value) && Object.keys(value).length === 0;
    default:
      return false;
  }
}
