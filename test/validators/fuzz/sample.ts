import type fc from 'fast-check';
import { fc as check } from './fast-check.ts';

export type Draw = fc.GeneratorValue;
export type Schema = boolean | { readonly [keyword: string]: unknown };
type Members = { readonly [keyword: string]: unknown };

const TEXTS = ['', 'a', 'ab', 'hello world', 'ünïcödé', '😀😀', '12', '__proto__', 'x'.repeat(40), '../x', '{}'];
const BY_FORMAT: { readonly [format: string]: readonly string[] } = {
  date: ['2024-02-29', '2023-02-29', '2024-13-01'],
  'date-time': ['2024-07-10T20:56:59Z', '2024-07-10T20:56:59.123+02:00', '2024-07-10 20:56:59', '2024-07-10'],
  email: ['a@example.com', 'a@', 'a..b@example.com'],
  uri: ['https://example.com/a?b#c', '/relative', 'not a uri'],
  'uri-reference': ['https://example.com/', '/relative?x', 'a b'],
  uuid: ['2eb8aa08-aa98-11ea-b4aa-73b441d16380', '2eb8aa08aa9811eab4aa73b441d16380'],
  hostname: ['example.com', '-bad-'],
  ipv4: ['127.0.0.1', '256.0.0.1'],
  ipv6: ['::1', '12345::'],
};
const DEEPEST = 6;

/**
 * A value that is usually valid: it uses the values that the schema names, and values near its bounds.
 *
 * @param undeclared whether objects may have properties that their schema does not mention
 * @param deepest maximum nesting of schemas
 */
export function sample(
  schema: Schema,
  resolve: (ref: string) => Schema | undefined,
  draw: Draw,
  undeclared = true,
  deepest = DEEPEST,
): unknown {
  return ofSchema(schema, { resolve, draw, undeclared }, deepest);
}

type Context = {
  readonly resolve: (ref: string) => Schema | undefined;
  readonly draw: Draw;
  readonly undeclared: boolean;
};

const isMembers = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const pick = <Value>(values: readonly Value[], { draw }: Context): Value => draw(check.constantFrom, ...values);
const chance = (percent: number, { draw }: Context): boolean => draw(check.integer, { min: 0, max: 99 }) < percent;

function ofSchema(schema: unknown, context: Context, depth: number): unknown {
  if (isMembers(schema) && depth <= 0 && !context.undeclared) return shallow(schema, context);
  if (!isMembers(schema) || depth <= 0) return anything(context);
  if (schema.nullable === true && chance(15, context)) return null;
  if (typeof schema.$ref === 'string') return ofReference(schema, context, depth);
  if ('const' in schema) return schema.const;
  if (Array.isArray(schema.enum) && schema.enum.length > 0) return pick(schema.enum, context);
  for (const keyword of ['oneOf', 'anyOf']) {
    const options = schema[keyword];
    if (!Array.isArray(options)) continue;
    const chosen = pick(options, context);
    const option = ofSchema(chosen, context, depth - 1);
    const own =
      'properties' in schema || schema.type === 'object' ? ofType('object', schema, context, depth) : undefined;
    if (isMembers(option)) return { ...(isMembers(own) ? own : {}), ...option, ...tagOf(schema, chosen) };
    // An alternative that only has `required` does not restrict the type.
    return isMembers(own) && !context.undeclared && isMembers(chosen) && !('type' in chosen) && !('$ref' in chosen)
      ? own
      : option;
  }
  if (Array.isArray(schema.allOf)) {
    const parts = schema.allOf.map((part) => ofSchema(part, context, depth - 1));
    return parts.every(isMembers)
      ? Object.assign({}, ...parts, ofType('object', schema, context, depth))
      : parts.find((part) => part !== undefined);
  }
  return ofType(typeOf(schema, context), schema, context, depth);
}

/** A value that must not be cut off, because it may be valid for an alternative other than the drawn one. */
export class TooDeep extends Error {
  override readonly name = 'TooDeep';
}

/** A value without properties or items. @throws {TooDeep} if it needs some */
function shallow(schema: Members, context: Context): unknown {
  const type = typeOf(schema, context);
  const isComposed = ['$ref', 'allOf', 'anyOf', 'oneOf'].some((keyword) => keyword in schema);
  if (isComposed || (Array.isArray(schema.required) && schema.required.length > 0)) throw new TooDeep();
  if (type === 'object') return {};
  return type === 'array' ? [] : type === 'any' ? anything(context) : ofType(type, schema, context, 0);
}

/** The target of a reference, with the requirements of the keywords beside it. */
function ofReference({ $ref, ...beside }: Members, context: Context, depth: number): unknown {
  const target = ofSchema(context.resolve(String($ref)), context, depth - 1);
  const says = ['properties', 'required', 'allOf', 'oneOf', 'anyOf', 'unevaluatedProperties'];
  if (!isMembers(target) || !says.some((keyword) => keyword in beside)) return target;
  const own = ofSchema({ ...beside, type: 'object' }, context, depth);
  return isMembers(own) ? { ...own, ...target, ...membersNamed(own, beside.properties) } : target;
}

const membersNamed = (value: Members, properties: unknown): Members =>
  Object.fromEntries(Object.entries(value).filter(([name]) => isMembers(properties) && name in properties));

/** The property by which a discriminator identifies an alternative. */
function tagOf({ discriminator }: Members, chosen: unknown): Members {
  const ref = isMembers(chosen) ? chosen.$ref : undefined;
  if (!isMembers(discriminator) || typeof ref !== 'string') return {};
  const name = ref.slice(ref.lastIndexOf('/') + 1);
  const mapping = Object.entries(isMembers(discriminator.mapping) ? discriminator.mapping : {});
  const [value] = mapping.find(([, target]) => target === ref || target === name) ?? [name];
  return { [String(discriminator.propertyName)]: value };
}

function typeOf(schema: Members, context: Context): string {
  if (Array.isArray(schema.type)) return pick(schema.type as readonly string[], context);
  if (typeof schema.type === 'string') return schema.type;
  const ofMembers = ['properties', ...(context.undeclared ? [] : ['patternProperties', 'additionalProperties'])];
  return ofMembers.some((keyword) => keyword in schema) ? 'object' : 'items' in schema ? 'array' : 'any';
}

function ofType(type: string, schema: Members, context: Context, depth: number): unknown {
  switch (type) {
    case 'string':
      return text(schema, context);
    case 'number':
    case 'integer':
      return number(schema, type === 'integer', context);
    case 'boolean':
      return context.draw(check.boolean);
    case 'null':
      return null;
    case 'array':
      return items(schema, context, depth);
    case 'object':
      return members(schema, context, depth);
    default:
      return anything(context);
  }
}

function text(schema: Members, context: Context): string {
  const known = typeof schema.format === 'string' ? BY_FORMAT[schema.format] : undefined;
  if (known !== undefined && chance(90, context)) return chance(70, context) ? (known[0] ?? '') : pick(known, context);
  const { minLength, maxLength } = schema;
  const near = [minLength, maxLength].filter((each): each is number => typeof each === 'number' && each < 5000);
  if (near.length > 0 && chance(60, context)) {
    const length = Math.max(0, pick(near, context) + context.draw(check.integer, { min: -1, max: 1 }));
    return pick(['a', '0', '😀'], context).repeat(length);
  }
  return pick(TEXTS, context);
}

function number(schema: Members, whole: boolean, context: Context): number {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf } = schema;
  const near = [minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf].filter(
    (each) => typeof each === 'number',
  );
  const base =
    near.length > 0 && chance(70, context) ? pick(near, context) : context.draw(check.integer, { min: -5, max: 3000 });
  const off = context.draw(check.integer, { min: -1, max: 1 });
  return whole || chance(60, context) ? base + off : base + off / 4;
}

function items(schema: Members, context: Context, depth: number): unknown[] {
  const least = typeof schema.minItems === 'number' ? Math.min(schema.minItems, 5) : 0;
  const prefix: readonly unknown[] = Array.isArray(schema.prefixItems) ? schema.prefixItems : [];
  const length = least + context.draw(check.integer, { min: 0, max: Math.max(2, prefix.length + 1) });
  return Array.from({ length }, (_, index) => ofSchema(prefix[index] ?? schema.items, context, depth - 1));
}

function members(schema: Members, context: Context, depth: number): { [name: string]: unknown } {
  const result: { [name: string]: unknown } = {};
  const required: readonly unknown[] = Array.isArray(schema.required) ? schema.required : [];
  for (const [name, inner] of Object.entries(isMembers(schema.properties) ? schema.properties : {})) {
    if (required.includes(name) || (depth > 2 && chance(50, context))) {
      result[name] = ofSchema(inner, context, depth - 1);
    }
  }
  // Without others, parts of the whole name what this one requires.
  const isPart = !context.undeclared && schema.type === undefined && schema.properties === undefined;
  for (const name of required) {
    if (typeof name === 'string' && !(name in result) && !isPart) result[name] = anything(context);
  }
  const others = schema.additionalProperties ?? schema.unevaluatedProperties;
  if (others !== false && (others !== undefined || context.undeclared) && chance(20, context)) {
    // A literal with an inherited name is checked against the inherited value's type.
    const key = pick(context.undeclared ? ['extra', 'hasOwnProperty', 'x-1'] : ['extra', 'x-1'], context);
    result[key] = ofSchema(others ?? true, context, depth - 1);
  }
  for (const [pattern, inner] of Object.entries(isMembers(schema.patternProperties) ? schema.patternProperties : {})) {
    const prefix = /^\^([\w-]+)/.exec(pattern)?.[1];
    if (prefix !== undefined && chance(40, context)) result[`${prefix}1`] = ofSchema(inner, context, depth - 1);
  }
  return result;
}

export function anything({ draw }: Context): unknown {
  const value = draw(check.integer, { min: 0, max: 9 });
  return [null, true, 0, 1.5, '', 'text', [], [1, 'a'], {}, { a: 1 }][value];
}
