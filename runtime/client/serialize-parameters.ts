import type { ParameterDescriptor } from '../contract/index.ts';
import { cookieName } from './place.ts';
import { membersOf, present, textOf } from './plain-parameters.ts';
import type { Feature } from './types.ts';

type Written = Pick<ParameterDescriptor, 'style' | 'explode'> &
  Partial<Pick<ParameterDescriptor, 'allowReserved' | 'content'>>;

/** A name without a descriptor: `key=level&key=score`. */
const PLAIN: Written = { style: 'form', explode: true };
/** RFC 3986's reserved characters that get encoded, but for those that would end the value, or mean a space. */
const RESERVED = /%(3A|2F|3F|5B|5D|40|24|2C|3B|3D)/g;

/** What stands between the parts of an exploded value. */
const between = (style: string): string => ({ simple: ',', label: '.', matrix: ';' })[style] ?? '&';

/** Parts of an exploded value; label and matrix begin with what stands between them. */
const exploded = (style: string, parts: readonly string[]): string =>
  (style === 'label' || style === 'matrix' ? between(style) : '') + parts.join(between(style));

/** Items in one value. */
function packed(style: string, name: string, items: readonly string[]): string {
  const text = items.join({ spaceDelimited: '%20', pipeDelimited: '|' }[style] ?? ',');
  return { simple: text, label: `.${text}`, matrix: `;${name}=${text}` }[style] ?? `${name}=${text}`;
}

/** Encodes and lays out one value, as the tables of OpenAPI 3.1 (4.8.12) say. */
function layOut(name: string, given: unknown, written: Written, encode: (value: unknown) => string): string {
  const { style, explode, content } = written;
  // With `content`, a value travels as one serialised text.
  const value = !content ? given : content.includes('json') ? JSON.stringify(given) : String(given);
  const deep = style === 'deepObject';
  if (typeof value !== 'object' || value === null) {
    const pair = `${name}=${encode(value)}`;
    return { simple: encode(value), label: `.${encode(value)}`, matrix: `;${pair}` }[style as string] ?? pair;
  }
  const isList = Array.isArray(value);
  // A list of its own, and one of objects, is numbered: `expand[0]=a`. One inside repeats its name: `filter[tags]=a`.
  const numbered = deep && isList && (!/\[/.test(name) || value.some((item) => typeof item === 'object'));
  const entries = isList && !numbered ? [] : membersOf(value);
  const items = isList ? value : entries.flat();
  if (items.length === 0) return '';
  if (deep && entries.length)
    return entries
      .flatMap(([key, member]) => layOut(`${name}[${encode(key)}]`, member, written, encode) || [])
      .join('&');
  const texts = items.map(encode);
  if (!explode && !deep) return packed(style, name, texts);
  if (isList)
    return exploded(style, style === 'simple' || style === 'label' ? texts : texts.map((text) => `${name}=${text}`));
  return exploded(
    style,
    entries.map((entry) => entry.map(encode).join('=')),
  );
}

const encoder = (allowReserved: boolean | undefined) => (value: unknown) => {
  const text = encodeURIComponent(textOf(value));
  return allowReserved ? text.replace(RESERVED, decodeURIComponent) : text;
};

function pairsOf(values: object, within: 'query' | 'cookie', parameters: readonly ParameterDescriptor[]): string {
  let pairs = '';
  for (const [name, value] of Object.entries(values)) {
    if (!present(value)) continue;
    const written = parameters.find((p) => p.in === within && p.name === name) ?? PLAIN;
    const key = within === 'cookie' ? cookieName(name) : encodeURIComponent(name);
    const text = layOut(key, value, written, encoder(written.allowReserved));
    if (text) pairs += pairs ? `&${text}` : text;
  }
  return pairs;
}

/** Without `?`. */
export const serializeQuery = (values: object, parameters: readonly ParameterDescriptor[]): string =>
  // Delimiters that some servers refuse when they come raw.
  pairsOf(values, 'query', parameters).replace(/[[\]|]/g, encodeURIComponent);

/** The value of the `Cookie` header for an operation's cookie parameters; '' where none is given. */
export const serializeCookies = (values: object, parameters: readonly ParameterDescriptor[]): string =>
  pairsOf(values, 'cookie', parameters).replaceAll('&', '; ');

/** Nothing is percent-encoded in a header. */
export const serializeHeader = (value: unknown, { explode, content }: Pick<Written, 'explode' | 'content'>): string =>
  layOut('', value, { style: 'simple', explode, ...(content && { content }) }, textOf);

/** One `{parameter}` of a path. `allowReserved` is for queries (OpenAPI 3.1.1, 4.8.12.2): `/`, `?` and `#` would lead elsewhere. */
export function serializePathParameter(value: unknown, parameter: ParameterDescriptor): string {
  const text = layOut(encodeURIComponent(parameter.name), value, parameter, encoder(false));
  // A matrix parameter without a value has no `=` (RFC 6570, 3.2.7).
  return parameter.style === 'matrix' ? text.replace(/=(?=;|$)/g, '') : text;
}

/** Parameters of any style, and cookies. Without it a client writes those that have the default style of their place. */
export const styles: Feature = {
  styles: { path: serializePathParameter, query: serializeQuery, header: serializeHeader, cookies: serializeCookies },
};
