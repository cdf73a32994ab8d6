import { withReserved } from '../bodies/index.ts';
import type { ParameterDescriptor } from '../contract/index.ts';
import { cookieName } from './place.ts';
import { listedMembers, membersOf, present, textOf } from './plain-parameters.ts';
import type { Feature, ParameterWriter } from './types.ts';

type Written = Pick<ParameterDescriptor, 'style' | 'explode'> &
  Partial<Pick<ParameterDescriptor, 'allowReserved' | 'content'>>;

/** The style of a name without a descriptor: `key=level&key=score`. */
const PLAIN: Written = { style: 'form', explode: true };

/** The separator between the parts of an exploded value. */
const between = (style: string): string => ({ simple: ',', label: '.', matrix: ';' })[style] ?? '&';

/** Joins the parts of an exploded value. Label and matrix styles also begin with the separator. */
const exploded = (style: string, parts: readonly string[]): string =>
  (style === 'label' || style === 'matrix' ? between(style) : '') + parts.join(between(style));

/** The separator between the items of one value. */
const delimiterOf = (style: string): string => ({ spaceDelimited: '%20', pipeDelimited: '%7C' })[style] ?? ',';

/** Joins items to one value with the separator of the style. */
function packed(style: string, name: string, items: readonly string[]): string {
  const text = items.join(delimiterOf(style));
  return { simple: text, label: `.${text}`, matrix: `;${name}=${text}` }[style] ?? `${name}=${text}`;
}

/**
 * The escaped forms of delimiters that an item may contain. Readers treat an escaped space, bar or dot as a delimiter.
 */
const ESCAPED: Readonly<Record<string, string>> = { ',': '%2C', ';': '%3B', '=': '%3D' };

/**
 * The text of an item with the delimiter escaped. Otherwise the receiver would read two items.
 * @throws {TypeError} if the location or style has no escape
 */
export function asItem(text: string, delimiter: string, style: string, name: string, escapes: boolean): string {
  if (!text.includes(delimiter)) return text;
  const escaped = escapes && ESCAPED[delimiter];
  if (escaped) return text.replaceAll(delimiter, escaped);
  throw new TypeError(`an item of ${name} contains "${decodeURIComponent(delimiter)}", the delimiter of ${style}`);
}

type Encode = (value: unknown) => string;

/** Encodes and lays out one value as the tables of OpenAPI 3.1 (4.8.12) define. */
function layOut(name: string, given: unknown, written: Written, encode: Encode, escapes = true): string {
  const { style, explode, content } = written;
  // With `content`, the value is sent as one serialized text.
  const value = !content ? given : content.includes('json') ? JSON.stringify(given) : String(given);
  const deep = style === 'deepObject';
  if (typeof value !== 'object' || value === null) {
    const pair = `${name}=${style === 'matrix' ? asItem(encode(value), ';', style, name, escapes) : encode(value)}`;
    return { simple: encode(value), label: `.${encode(value)}`, matrix: `;${pair}` }[style as string] ?? pair;
  }
  const isList = Array.isArray(value);
  // A top-level list and a list of objects get indexes: `expand[0]=a`. A nested list repeats its name:
  // `filter[tags]=a`.
  const numbered = deep && isList && (!/\[/.test(name) || value.some((item) => typeof item === 'object'));
  const entries = isList && !numbered ? [] : membersOf(value);
  const items = isList ? value : entries.flat();
  if (items.length === 0) return '';
  if (deep && entries.length)
    return entries
      .flatMap(
        ([key, member]) =>
          layOut(`${name}[${asItem(encode(key), '%5D%5B', style, name, false)}]`, member, written, encode) || [],
      )
      .join('&');
  const delimiter = explode || deep ? between(style) : delimiterOf(style);
  const item = (one: unknown): string => asItem(encode(one), delimiter, style, name, escapes);
  if (isList || !explode) {
    const texts = items.map(item);
    if (!explode && !deep) return packed(style, name, texts);
    return exploded(style, style === 'simple' || style === 'label' ? texts : texts.map((text) => `${name}=${text}`));
  }
  return exploded(
    style,
    (style === 'form' ? listedMembers(value) : entries).map(
      ([key, member]) => `${asItem(item(key), '=', style, name, escapes)}=${item(member)}`,
    ),
  );
}

export type EncoderOf = (allowReserved: boolean | undefined) => Encode;

export const encoder: EncoderOf = (allowReserved) => (value) => {
  const text = encodeURIComponent(textOf(value));
  return allowReserved ? withReserved(text) : text;
};

function pairsOf(
  values: object,
  within: 'query' | 'cookie',
  parameters: readonly ParameterDescriptor[],
  encoderOf: EncoderOf,
): string {
  let pairs = '';
  for (const [name, value] of Object.entries(values)) {
    if (!present(value)) continue;
    const written = parameters.find((p) => p.in === within && p.name === name) ?? PLAIN;
    const key = within === 'cookie' ? cookieName(name) : encodeURIComponent(name);
    const text = layOut(key, value, written, encoderOf(written.allowReserved));
    if (text) pairs += pairs ? `&${text}` : text;
  }
  return pairs;
}

/** The query string, without `?`. */
export const serializeQuery = (
  values: object,
  parameters: readonly ParameterDescriptor[],
  encoderOf = encoder,
): string =>
  // Some servers reject these delimiters if they are not encoded.
  pairsOf(values, 'query', parameters, encoderOf).replace(/[[\]|]/g, encodeURIComponent);

/** The value of the `Cookie` header for the cookie parameters of an operation. Empty if it has none. */
export const serializeCookies = (values: object, parameters: readonly ParameterDescriptor[]): string =>
  pairsOf(values, 'cookie', parameters, encoder).replaceAll('&', '; ');

/** Serializes a header. Headers are not percent-encoded. */
export const serializeHeader: ParameterWriter['header'] = (value, { name, explode, content }) => {
  const text = layOut(name, value, { style: 'simple', explode, ...(content && { content }) }, textOf, false);
  return content?.includes('json') ? asciiJson(text) : text;
};

/** JSON for a header, which has ASCII only: JSON can escape all other characters. */
export const asciiJson = (text: string): string =>
  text.replace(/[^ -~]/g, (unit) => `\\u${(unit.charCodeAt(0) + 0x1_00_00).toString(16).slice(1)}`);

/**
 * Serializes one `{parameter}` of a path. `allowReserved` is for queries only (OpenAPI 3.1.1, 4.8.12.2): `/`, `?` and
 * `#` would change the path.
 */
export function serializePathParameter(
  value: unknown,
  parameter: ParameterDescriptor,
  encode = encoder(false),
): string {
  const text = layOut(encodeURIComponent(parameter.name), value, parameter, encode);
  // A matrix parameter without a value has no `=` (RFC 6570, 3.2.7).
  return parameter.style === 'matrix' ? text.replace(/=(?=;|$)/g, '') : text;
}

/**
 * Serializes parameters of any style, and cookies. Without this feature, a client writes parameters in the default
 * style of their location.
 */
export const styles: Feature = {
  styles: { path: serializePathParameter, query: serializeQuery, header: serializeHeader, cookies: serializeCookies },
};
