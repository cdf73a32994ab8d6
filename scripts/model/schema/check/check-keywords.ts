import { isSchema, isSchemaObject, type SchemaObject } from '../keywords.ts';
import { TYPE_NAMES } from '../relevant.ts';
import { possibleValues } from '../values/enum-values.ts';
import { formatProblems } from './check-format.ts';
import { patternProblems } from './check-patterns.ts';
import type { Problem } from './problem.ts';

type Expectation = { readonly is: (value: unknown) => boolean; readonly expected: string };

const isCount = (value: unknown): boolean => typeof value === 'number' && Number.isInteger(value) && value >= 0;
const isTexts = (value: unknown): boolean => Array.isArray(value) && value.every((each) => typeof each === 'string');
const isMapOf = (is: (value: unknown) => boolean) => (value: unknown) =>
  isSchemaObject(value) && Object.values(value).every(is);

const COUNT: Expectation = { is: isCount, expected: 'a non-negative integer' };
const NUMBER: Expectation = { is: Number.isFinite, expected: 'a number' };
/** OpenAPI 3.0 writes `true` beside `minimum`; 3.1 writes the number itself. */
const BOUND: Expectation = {
  is: (value) => typeof value === 'boolean' || Number.isFinite(value),
  expected: 'a number',
};
const FLAG: Expectation = { is: (value) => typeof value === 'boolean', expected: 'true or false' };
const TEXT: Expectation = { is: (value) => typeof value === 'string', expected: 'a text' };
const SCHEMA: Expectation = { is: isSchema, expected: 'a schema (an object, true or false)' };
const SCHEMAS: Expectation = {
  is: (value) => Array.isArray(value) && value.length > 0 && value.every(isSchema),
  expected: 'a non-empty list of schemas',
};
const SCHEMA_MAP: Expectation = { is: isMapOf(isSchema), expected: 'an object whose values are schemas' };

const KEYWORDS: { readonly [keyword: string]: Expectation } = {
  minLength: COUNT,
  maxLength: COUNT,
  minItems: COUNT,
  maxItems: COUNT,
  minContains: COUNT,
  maxContains: COUNT,
  minProperties: COUNT,
  maxProperties: COUNT,
  minimum: NUMBER,
  maximum: NUMBER,
  exclusiveMinimum: BOUND,
  exclusiveMaximum: BOUND,
  multipleOf: { is: (value) => typeof value === 'number' && value > 0, expected: 'a number above 0' },
  uniqueItems: FLAG,
  nullable: FLAG,
  format: TEXT,
  pattern: TEXT,
  $ref: TEXT,
  $dynamicRef: TEXT,
  $id: TEXT,
  $anchor: TEXT,
  enum: { is: Array.isArray, expected: 'a list of values' },
  required: { is: isTexts, expected: 'a list of property names' },
  dependentRequired: { is: isMapOf(isTexts), expected: 'an object whose values are lists of property names' },
  items: SCHEMA,
  contains: SCHEMA,
  additionalProperties: SCHEMA,
  propertyNames: SCHEMA,
  unevaluatedItems: SCHEMA,
  unevaluatedProperties: SCHEMA,
  not: SCHEMA,
  if: SCHEMA,
  // biome-ignore lint/suspicious/noThenProperty: the keyword is called so.
  then: SCHEMA,
  else: SCHEMA,
  allOf: SCHEMAS,
  anyOf: SCHEMAS,
  oneOf: SCHEMAS,
  prefixItems: SCHEMAS,
  properties: SCHEMA_MAP,
  patternProperties: SCHEMA_MAP,
  dependentSchemas: SCHEMA_MAP,
  $defs: SCHEMA_MAP,
};

const EXPECTED: ReadonlyMap<string, Expectation> = new Map(Object.entries(KEYWORDS));

/** Pairs of keywords whose first bound must not exceed the second. */
const RANGES = [
  ['minLength', 'maxLength'],
  ['minItems', 'maxItems'],
  ['minProperties', 'maxProperties'],
  ['minimum', 'maximum'],
] as const;

/** The problems of a schema's own keywords. */
export function keywordProblems(schema: SchemaObject): readonly Problem[] {
  let found = NONE;
  for (const check of CHECKS) {
    const problems = check(schema);
    if (problems.length > 0) found = [...found, ...problems];
  }
  return found;
}

/** Almost every schema has no problem, so that a check creates no list for it. */
const NONE: readonly Problem[] = [];

function typeProblems(schema: SchemaObject): readonly Problem[] {
  if (!('type' in schema) || TYPE_NAMES.some((name) => name === schema.type)) return NONE;
  const types: readonly unknown[] = Array.isArray(schema.type) ? schema.type : [schema.type];
  const unknown = types.filter((type) => !TYPE_NAMES.some((name) => name === type));
  const shown = types.length === 0 ? ['[]'] : unknown.map((type) => JSON.stringify(type));
  return shown.map((type) => ({
    code: 'schema-unknown-type',
    message: `The type ${type} does not exist.`,
    help: `Use one of ${TYPE_NAMES.join(', ')}, or a list of them.`,
    tokens: ['type'],
  }));
}

function valueProblems(schema: SchemaObject): readonly Problem[] {
  let found = NONE;
  for (const keyword of Object.keys(schema)) {
    const expectation = EXPECTED.get(keyword);
    if (expectation === undefined || expectation.is(schema[keyword])) continue;
    const { expected } = expectation;
    const isTuple = keyword === 'items' && Array.isArray(schema[keyword]);
    const problem: Problem = {
      code: 'schema-invalid-keyword',
      message: `${keyword} must be ${expected}, received ${shown(schema[keyword])}.`,
      help: isTuple ? 'Move the schemas of the tuple to prefixItems, as in JSON Schema 2020-12.' : `Write ${expected}.`,
      tokens: [keyword],
    };
    found = [...found, problem];
  }
  return found;
}

/** Most of these values lack quotes: YAML reads `true` and `969` as a boolean and a number. */
function enumProblems(schema: SchemaObject): readonly Problem[] {
  if (!Array.isArray(schema.enum)) return NONE;
  if (schema.enum.length === 0) {
    return [
      {
        severity: 'warning',
        code: 'schema-empty-enum',
        message: 'enum is empty, so no value is valid.',
        help: 'List the values, or remove enum.',
        tokens: ['enum'],
      },
    ];
  }
  if (!('type' in schema)) return [];
  const possible = possibleValues(schema);
  const wrong = schema.enum.filter((value) => value !== null && !possible.includes(value));
  if (wrong.length === 0) return [];
  const consequence = possible.length === 0 ? 'so no value is valid' : 'so they are ignored';
  return [
    {
      severity: 'warning',
      code: 'schema-enum-mismatch',
      message: `type does not allow these values of enum, ${consequence}: ${shown(wrong)}.`,
      help: 'Use values of that type. In YAML, quote strings that look like a number, true or false.',
      tokens: ['enum'],
    },
  ];
}

function rangeProblems(schema: SchemaObject): readonly Problem[] {
  if (!RANGES.some(([low, high]) => isAbove(schema[low], schema[high]))) return NONE;
  return RANGES.filter(([low, high]) => isAbove(schema[low], schema[high])).map(([low, high]) => ({
    severity: 'warning' as const,
    code: 'schema-empty-range',
    message: `${low} is ${schema[low]}, which is greater than ${high}, ${schema[high]}: no value is valid.`,
    help: `Make ${high} greater than or equal to ${low}.`,
    tokens: [low],
  }));
}

const isAbove = (from: unknown, to: unknown): boolean =>
  typeof from === 'number' && typeof to === 'number' && from > to;

const CHECKS = [typeProblems, valueProblems, enumProblems, rangeProblems, patternProblems, formatProblems];

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
