import type { FieldEncoding } from '../contract/index.ts';
import { isFields, isPresent, textOf } from './text-of.ts';

/** One name and value of a form or query. */
export type Pair = readonly [name: string, text: string];

/** How names and values are escaped, and the separator of list items. */
export type Escaping = {
  readonly encode: (text: string) => string;
  readonly space: string;
  readonly pipe: string;
  /** A comma in an item, which is escaped if the format has an escape. */
  readonly comma: string;
};

/**
 * Writes one property of a form in its `style`. Lists and objects inside `deepObject` are numbered and named to any
 * depth: `items[0][price]=1`, as Rack, PHP and qs read them.
 * @see https://spec.openapis.org/oas/v3.1.1.html#style-examples
 */
export function styledPairs(
  name: string,
  value: unknown,
  encoding: FieldEncoding,
  escaping: Escaping,
): readonly Pair[] {
  if (!isPresent(value)) return [];
  const { style = 'form', explode = style === 'form' } = encoding;
  const { encode } = escaping;
  if (style === 'deepObject') return deepPairs(encode(name), value, escaping);
  if (!Array.isArray(value) && !isFields(value)) return [[encode(name), encode(textOf(value))]];
  const entries = Array.isArray(value) ? [] : Object.entries(value).filter(([, member]) => isPresent(member));
  const items = Array.isArray(value) ? value.filter(isPresent) : entries.flat();
  if (items.length === 0) return [];
  const texts = items.map((item) => encode(textOf(item)));
  if (!explode) {
    const [raw, delimiter] =
      style === 'spaceDelimited'
        ? [' ', escaping.space]
        : style === 'pipeDelimited'
          ? ['|', escaping.pipe]
          : [',', ','];
    // An escaped comma belongs to an item. OpenAPI has no escape for the other delimiters, and parts have no escapes.
    const written = raw === ',' ? texts.map((text) => text.replaceAll(',', escaping.comma)) : texts;
    if ((raw === ',' ? written : items.map(textOf)).some((text) => text.includes(raw))) reject(name, raw, style);
    return [[encode(name), written.join(delimiter)]];
  }
  return Array.isArray(value)
    ? texts.map((text): Pair => [encode(name), text])
    : entries.map(([key, member]): Pair => [encode(key), encode(textOf(member))]);
}

/** Throws the error for an item with a delimiter, which the receiver would read as two items. */
function reject(name: string, delimiter: string, style: string): never {
  throw new TypeError(`an item of ${name} contains "${delimiter}", the delimiter of ${style}`);
}

function deepPairs(name: string, value: unknown, escaping: Escaping): readonly Pair[] {
  if (!isPresent(value)) return [];
  const members = Array.isArray(value) ? value.map((item, i) => [String(i), item] as const) : undefined;
  const entries = members ?? (isFields(value) ? Object.entries(value) : undefined);
  if (!entries) return [[name, escaping.encode(textOf(value))]];
  const [open, close] = [escaping.encode('['), escaping.encode(']')];
  if (entries.some(([key]) => key.includes(']['))) reject(name, '][', 'deepObject');
  return entries.flatMap(([key, member]) =>
    deepPairs(`${name}${open}${escaping.encode(key)}${close}`, member, escaping),
  );
}
