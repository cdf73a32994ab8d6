import { type FieldEncodings, kindOf, type ParameterShape, setOwn } from '../contract/index.ts';
import { coerceMember } from '../validators/coerce.ts';
import { parseExact } from '../validators/digits/parse-exact.ts';
import { compileParameter } from './parameters.ts';
import type { Query } from './query.ts';

/** A field as received: its text, its file, or the value of a part that is multipart or XML. */
export type Field = {
  readonly name: string;
  readonly value: unknown;
  /** Media type of the part. Empty if it has none. */
  readonly contentType: string;
  /**
   * The text before decoding, if it was escaped. Only this text distinguishes a separator from an encoded character of
   * an item.
   */
  readonly raw?: string;
};

/**
 * Reads the properties of a form. A repeated name becomes a list, and so does a property whose shape is an array. Other
 * styles follow the contract.
 */
export function readForm(
  fields: readonly Field[],
  shape: ParameterShape | undefined,
  encodings: FieldEncodings = {},
): Record<string, unknown> {
  const styled = Object.entries(encodings).filter(([, { style }]) => style !== undefined);
  const form = {};
  const taken = styled.length > 0 && shape?.kind === 'object' ? readStyled(fields, shape, styled, form) : undefined;
  for (const [name, values] of groupByName(fields.filter(({ name }) => !taken?.has(name)))) {
    const own = propertyShape(shape, name);
    const read = values.map((field) => readField(field, own, encodings[name]?.contentType));
    const [only] = read;
    const encoding = encodings[name];
    // If the only part of a list is multipart itself, the list contains one list.
    const isItem = encoding?.parts !== undefined && !encoding.whole;
    const isWhole = read.length === 1 && own?.kind === 'array' && Array.isArray(only) && !isItem;
    setOwn(form, name, isWhole || (read.length === 1 && own?.kind !== 'array') ? only : read);
  }
  return form;
}

/** Adds the properties that have a style, and returns the names of their fields. */
function readStyled(
  fields: readonly Field[],
  shape: ParameterShape & { readonly kind: 'object' },
  styled: readonly (readonly [string, FieldEncodings[string]])[],
  form: object,
): ReadonlySet<string> {
  const texts = fields.filter((field): field is Field & { readonly value: string } => typeof field.value === 'string');
  const query: Query = {
    pairs: texts.map(({ name, value }) => [name, value] as const),
    raw: texts.map(({ value, raw }) => raw ?? encodeURIComponent(value).replaceAll('%2C', ',')),
  };
  const others = new Set(Object.keys(shape.properties));
  const taken = new Set<string>();
  for (const [name, { style = 'form', explode = style === 'form' }] of styled) {
    const own = propertyShape(shape, name);
    if (!own) continue;
    const read = compileParameter({ in: 'query', name, required: false, style, explode, shape: own }, others);
    const value = read({ path: {}, query, header: () => null, cookies: new Map() }, []);
    if (value === undefined) continue;
    setOwn(form, name, value);
    const isSpread = style === 'form' && explode && own.kind === 'object';
    for (const [key] of query.pairs) {
      const isOwn = isSpread ? Object.hasOwn(own.properties, key) || (own.rest && !others.has(key)) : key === name;
      if (isOwn || key.startsWith(`${name}[`)) taken.add(key);
    }
  }
  return taken;
}

function groupByName(fields: readonly Field[]): ReadonlyMap<string, readonly Field[]> {
  const groups = new Map<string, Field[]>();
  for (const field of fields) {
    const group = groups.get(field.name);
    if (group) group.push(field);
    else groups.set(field.name, [field]);
  }
  return groups;
}

/** The shape of one property of a form. */
export function propertyShape(shape: ParameterShape | undefined, name: string): ParameterShape | undefined {
  if (shape?.kind !== 'object') return undefined;
  return Object.hasOwn(shape.properties, name) ? shape.properties[name] : shape.rest;
}

function readField(
  { value, contentType }: Field,
  own: ParameterShape | undefined,
  stated: string | undefined,
): unknown {
  if (typeof value !== 'string') return value;
  const isJson = kindOf(contentType || (stated ?? '')) === 'json';
  if (isJson) {
    try {
      return parseExact(value);
    } catch {
      // The validator then reports the value.
      return value;
    }
  }
  const item = own?.kind === 'array' ? own.items : own;
  return item ? coerceMember(value, item) : value;
}
