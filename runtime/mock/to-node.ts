import * as formats from '../validators/formats/index.ts';
import type { Keywords, Node } from '../validators/node.ts';
import { compilePattern } from '../values/compile-pattern.ts';
import { createSchemaSource } from '../values/schema-source.ts';
import { isSchemaObject, listOf, type Schema, type SchemaObject } from '../values/types.ts';
import type { LenientFormats } from './ajv.ts';
import { type Choices, choicesOf, isNull } from './choices.ts';
import { compileInSlice } from './compile-slices.ts';
import { type Direction, directSchema } from './direct-document.ts';
import { inferChoices } from './infer-choices.ts';

/** The error of a value that reached a schema which only a compiler of the whole document supports. */
export class NeedsWhole extends Error {
  override readonly name = 'NeedsWhole';
}

/** Converts a schema of a document to the form that the runtime's validators read. */
export type ToNode = (schema: Schema) => Node;

/** Keywords that have the same meaning in the runtime's validators. */
const SAME: ReadonlySet<string> = new Set([
  'const',
  'dependentRequired',
  'enum',
  'exclusiveMaximum',
  'exclusiveMinimum',
  'maxContains',
  'maxItems',
  'maxLength',
  'maxProperties',
  'maximum',
  'minContains',
  'minItems',
  'minLength',
  'minProperties',
  'minimum',
  'multipleOf',
  'type',
  'uniqueItems',
]);
/** Keywords that change the meaning of a reference. */
const INDIRECT = ['$dynamicRef', '$id', '$recursiveRef'] as const;
const ONE: ReadonlySet<string> = new Set([
  'additionalProperties',
  'contains',
  'else',
  'if',
  'items',
  'not',
  'propertyNames',
  'then',
  'unevaluatedItems',
  'unevaluatedProperties',
]);
const LISTS: ReadonlySet<string> = new Set(['allOf', 'anyOf', 'oneOf', 'prefixItems']);
const MAPS: ReadonlySet<string> = new Set(['dependentSchemas', 'properties']);

/**
 * Creates the function that converts schemas for the validators of generated packages, so that both give the same
 * results in the same words. Nothing is compiled, and a reference is followed when a value first reaches it. A public
 * document may have hundreds of linked schemas, of which a value uses a few.
 *
 * @throws {NeedsWhole} if a value reaches a schema with references by anchor or `$id`, or dynamic ones
 */
export function createToNode(document: object, direction: Direction, lenient: LenientFormats): ToNode {
  const source = createSchemaSource(document);
  const known = formatsByName(lenient);
  const targets = new Map<string, Node>();

  const follow = (ref: string): Node => {
    const found = targets.get(ref);
    if (found !== undefined) return found;
    const schema = source.resolve(ref);
    if (schema === undefined) throw new NeedsWhole(ref);
    const made = compileInSlice(() => toNode(directSchema(schema, direction, source)));
    targets.set(ref, made);
    return made;
  };

  const toNode: ToNode = (schema) => {
    if (typeof schema === 'boolean') return schema;
    if (!isSchemaObject(schema)) return true;
    if (INDIRECT.some((keyword) => typeof schema[keyword] === 'string')) return () => needWhole();
    if (schema['nullable'] === true) return orNull(schema, toNode);
    const choices = choicesOf(schema, source) ?? inferChoices(schema, source);
    if (!choices) return keywordsOf(schema);
    const { [choices.list]: options, ...rest } = schema;
    const chosen = discriminated(choices, listOf(options).some(isNull));
    return Object.keys(rest).length === 1 ? chosen : { allOf: [keywordsOf(rest), chosen] };
  };

  const keywordsOf = (schema: SchemaObject): Keywords => {
    const keywords: { [keyword: string]: unknown } = {};
    for (const [keyword, value] of Object.entries(schema)) {
      if (SAME.has(keyword)) keywords[keyword] = value;
      else if (ONE.has(keyword) && !Array.isArray(value)) keywords[keyword] = toNode(value as Schema);
      else if (LISTS.has(keyword) && Array.isArray(value)) keywords[keyword] = value.map(toNode);
      else if (MAPS.has(keyword) && isSchemaObject(value)) keywords[keyword] = mapValues(value, toNode);
    }
    const { required, pattern, patternProperties, format, $ref } = schema;
    if (Array.isArray(required)) keywords['required'] = required;
    if (typeof pattern === 'string') keywords['pattern'] = compilePattern(pattern);
    if (typeof format === 'string' && known.has(format)) keywords['format'] = known.get(format);
    if (isSchemaObject(patternProperties))
      keywords['patternProperties'] = Object.entries(patternProperties).map(([source, inner]) => [
        compilePattern(source),
        toNode(inner as Schema),
      ]);
    if (typeof $ref === 'string')
      Object.defineProperty(keywords, '$ref', { get: () => follow($ref), enumerable: true });
    return keywords;
  };

  const discriminated = ({ property, byValue }: Choices, isNullable: boolean): Keywords => {
    const nodes = new Map([...new Set(byValue.values())].map((option) => [option, toNode(option)]));
    const mapping = Object.fromEntries([...byValue].map(([value, option]) => [value, nodes.get(option) ?? true]));
    const choice: Keywords = { discriminator: { propertyName: property, mapping } };
    return isNullable ? { anyOf: [choice, NULL] } : choice;
  };

  return (schema) => toNode(directSchema(schema, direction, source));
}

function needWhole(): never {
  throw new NeedsWhole();
}

const NULL: Keywords = { type: 'null' };

/** Handles `nullable` of OpenAPI 3.0 like generated validators: together with all other keywords. */
function orNull({ nullable: _, ...schema }: SchemaObject, toNode: ToNode): Node {
  const isPlain = !['$ref', 'allOf', 'anyOf', 'const', 'enum', 'not', 'oneOf'].some((keyword) => keyword in schema);
  if (isPlain && schema['type'] !== undefined) return toNode({ ...schema, type: [schema['type'], 'null'].flat() });
  return { anyOf: [toNode(schema), NULL] };
}

const mapValues = (members: SchemaObject, map: ToNode): { readonly [name: string]: Node } =>
  Object.fromEntries(Object.entries(members).map(([name, member]) => [name, map(member as Schema)]));

type AnyFormat = NonNullable<Keywords['format']>;

/** The formats of generated validators, with those that the configuration replaces. */
function formatsByName({ duration, time }: LenientFormats): ReadonlyMap<string, AnyFormat> {
  const { durationWithFractions, timeWithoutOffset, ...usual } = formats;
  const replaced = [duration && durationWithFractions, time && timeWithoutOffset];
  return new Map(
    [...Object.values(usual), ...replaced].flatMap((format): [string, AnyFormat][] =>
      format ? [[format.name, format]] : [],
    ),
  );
}
