import { kindOf } from '../../contract/index.ts';
import { itemsOf, partsOf, propertiesOf } from '../../values/properties.ts';
import { listOf, type Schema, type SchemaObject } from '../../values/types.ts';

/** The facts about one value that the page shows. The value is a parameter or a field of a form. */
export type ValueFacts = {
  /** The type: `string`, `integer (int32)`, `string[]`. */
  readonly type: string;
  readonly description: string;
  /** The allowed values as text. Empty if the contract lists none. */
  readonly choices: readonly string[];
  readonly default: string;
  /** Whether the value is bytes, which are sent as a file. */
  readonly file: boolean;
  /** Whether the value is a list, an object or of several types, which are written as JSON. */
  readonly json: boolean;
};

export type Resolve = (ref: string) => Schema | undefined;

/** The properties of an object, including those of its alternatives, so that a form shows all that can be sent. */
export function fieldsOf(schema: Schema | undefined, resolve: Resolve) {
  const optional = new Set(alternativesOf(schema, resolve).flatMap((one) => [...propertiesOf(one, resolve).keys()]));
  const required = new Set(
    partsOf(schema, resolve).flatMap((part) =>
      Array.isArray(part['required']) ? (part['required'] as unknown[]) : [],
    ),
  );
  return [...propertiesOf(schema, resolve)].map(([name, own]) => ({
    name,
    schema: own,
    required: required.has(name) && !optional.has(name),
  }));
}

/** The alternatives of a schema. A value only has to match one of them. */
const alternativesOf = (schema: Schema | undefined, resolve: Resolve): readonly Schema[] =>
  partsOf(schema, resolve).flatMap(({ oneOf, anyOf }) => [...listOf(oneOf), ...listOf(anyOf)]);

const DEEPEST = 3;

/** Collects the facts about a value without generating one. */
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

/** Returns strings unchanged, and other values as JSON. */
const textOf = (value: unknown): string => (typeof value === 'string' ? value : (JSON.stringify(value) ?? ''));

function isBinary(parts: readonly SchemaObject[]): boolean {
  return parts.some(({ format, contentMediaType, contentEncoding, type }) => {
    if (format === 'binary') return true;
    const isTyped = typeof contentMediaType === 'string' && contentEncoding === undefined && type === undefined;
    return isTyped && kindOf(contentMediaType) === 'binary';
  });
}
