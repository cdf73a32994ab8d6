import { kindOf } from '../../contract/index.ts';
import { itemsOf, partsOf, propertiesOf } from '../../values/properties.ts';
import { listOf, type Schema, type SchemaObject } from '../../values/types.ts';

/** The facts that the page shows about one value: a parameter, or a field of a form. */
export type ValueFacts = {
  /** `string`, `integer (int32)`, `string[]`. */
  readonly type: string;
  readonly description: string;
  /** The allowed values as text; empty if the contract lists none. */
  readonly choices: readonly string[];
  readonly default: string;
  /** Bytes, which are sent as a file. */
  readonly file: boolean;
  /** A list, an object or several types: written as JSON. */
  readonly json: boolean;
};

export type Resolve = (ref: string) => Schema | undefined;

/** Properties of an object, also those of its alternatives: a form shows all that can be sent. */
export function fieldsOf(schema: Schema | undefined, resolve: Resolve) {
  const optional = new Set(alternativesOf(schema, resolve).flatMap((one) => [...propertiesOf(one, resolve).keys()]));
  const required = new Set(
    partsOf(schema, resolve).flatMap((part) => (Array.isArray(part.required) ? (part.required as unknown[]) : [])),
  );
  return [...propertiesOf(schema, resolve)].map(([name, own]) => ({
    name,
    schema: own,
    required: required.has(name) && !optional.has(name),
  }));
}

/** Only one of them must match. */
const alternativesOf = (schema: Schema | undefined, resolve: Resolve): readonly Schema[] =>
  partsOf(schema, resolve).flatMap(({ oneOf, anyOf }) => [...listOf(oneOf), ...listOf(anyOf)]);

const DEEPEST = 3;

/** The facts about a value, without generating one. */
export function factsOf(schema: Schema | undefined, resolve: Resolve, depth = 0): ValueFacts {
  const parts = partsOf(schema, resolve);
  const first = (keyword: string): unknown => parts.find((part) => part[keyword] !== undefined)?.[keyword];
  const said = parts.flatMap(({ type }) => [type].flat());
  const types = [...new Set(said)].filter((each): each is string => typeof each === 'string' && each !== 'null');
  const format = first('format');
  // Lists can be nested without end.
  const isList = types.length === 1 && types[0] === 'array' && depth < DEEPEST;
  const items = isList ? factsOf(itemsOf(schema, resolve), resolve, depth + 1) : undefined;
  const name = items ? `${items.type}[]` : types.join(' or ') || 'any';
  const description = first('description');
  const usual = first('default');
  return {
    type: typeof format === 'string' && !items ? `${name} (${format})` : name,
    description: typeof description === 'string' ? description : '',
    choices: choicesOf(first('enum'), first('const'), types),
    default: usual === undefined ? '' : textOf(usual),
    file: items ? items.file : isBinary(parts),
    json: types.length !== 1 || ['array', 'object'].includes(types[0] ?? ''),
  };
}

function choicesOf(listed: unknown, constant: unknown, types: readonly string[]): readonly string[] {
  if (Array.isArray(listed)) return listed.filter((each) => each !== null).map(textOf);
  if (constant !== undefined) return [textOf(constant)];
  return types.length === 1 && types[0] === 'boolean' ? ['true', 'false'] : [];
}

/** Strings unchanged, other values as JSON. */
const textOf = (value: unknown): string => (typeof value === 'string' ? value : (JSON.stringify(value) ?? ''));

function isBinary(parts: readonly SchemaObject[]): boolean {
  return parts.some(({ format, contentMediaType, contentEncoding, type }) => {
    if (format === 'binary') return true;
    const isTyped = typeof contentMediaType === 'string' && contentEncoding === undefined && type === undefined;
    return isTyped && kindOf(contentMediaType) === 'binary';
  });
}
