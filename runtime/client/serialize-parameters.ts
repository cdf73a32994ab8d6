import { serializeArrayParam, serializeObjectParam, serializePrimitiveParam } from 'openapi-fetch';
import type { OperationDescriptor, ParameterDescriptor } from '../contract/index.ts';

type Written = Pick<ParameterDescriptor, 'style' | 'explode'> &
  Partial<Pick<ParameterDescriptor, 'allowReserved' | 'content'>>;

/** A name without a descriptor: `key=level&key=score`. */
const PLAIN: Written = { style: 'form', explode: true };
/** RFC 3986's reserved characters that get encoded, but for those that would end the value, or mean a space. */
const RESERVED = /%(3A|2F|3F|5B|5D|40|24|2C|3B|3D)/g;

/** Whether a parameter is sent: neither undefined nor null. */
export const present = (value: unknown): boolean => value !== undefined && value !== null;

const textOf = (value: unknown): string => (typeof value === 'object' ? JSON.stringify(value) : String(value));

/** Encodes here, where every character of names and values is known to be safe, and leaves the layout to openapi-fetch. */
function layOut(name: string, given: unknown, written: Written, encode: (value: unknown) => string): string {
  const { style, explode, content } = written;
  // With `content`, a value travels as one serialised text.
  const value = !content ? given : content.includes('json') ? JSON.stringify(given) : String(given);
  const deep = style === 'deepObject';
  const options = { style, explode: deep || explode, allowReserved: true } as never;
  if (typeof value !== 'object' || value === null) {
    const pair = serializePrimitiveParam(name, encode(value), options);
    return { simple: encode(value), label: `.${encode(value)}`, matrix: `;${pair}` }[style as string] ?? pair;
  }
  const isList = Array.isArray(value);
  // A list of its own, and one of objects, is numbered: `expand[0]=a`. One inside repeats its name: `filter[tags]=a`.
  const numbered = deep && isList && (!/\[/.test(name) || value.some((item) => typeof item === 'object'));
  const entries = isList && !numbered ? [] : Object.entries(value).filter(([, member]) => present(member));
  const items = isList ? value : entries.flat();
  if (items.length === 0) return '';
  if (deep && entries.length)
    return entries
      .flatMap(([key, member]) => layOut(`${name}[${encode(key)}]`, member, written, encode) || [])
      .join('&');
  if (isList || !explode) return serializeArrayParam(name, items.map(encode), options);
  return serializeObjectParam(name, Object.fromEntries(entries.map((entry) => entry.map(encode))), options);
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

/** Nobody decodes the name of a cookie: what may stand in one stays (but for `&`, which parts them here). */
export const cookieName = (name: string): string => name.replace(/[^\w!#$%'*+.^`|~-]+/g, encodeURIComponent);

/** Without `?`. */
export const serializeQuery = (values: object, parameters: readonly ParameterDescriptor[]): string =>
  // Delimiters that some servers refuse when they come raw.
  pairsOf(values, 'query', parameters).replace(/[[\]|]/g, encodeURIComponent);

/** The value of the `Cookie` header for an operation's cookie parameters; '' where none is given. */
export const serializeCookies = (values: object, parameters: readonly ParameterDescriptor[]): string =>
  pairsOf(values, 'cookie', parameters).replaceAll('&', '; ');

/** Header names have no case. */
export const declaredHeader = ({ parameters }: OperationDescriptor, name: string): ParameterDescriptor | undefined =>
  parameters.find((p) => p.in === 'header' && p.name.toLowerCase() === name.toLowerCase());

/** Nothing is percent-encoded in a header. */
export const serializeHeader = (value: unknown, { explode, content }: Written): string =>
  layOut('', value, { style: 'simple', explode, ...(content && { content }) }, textOf);

/** One `{parameter}` of a path. `allowReserved` is for queries (OpenAPI 3.1.1, 4.8.12.2): `/`, `?` and `#` would lead elsewhere. */
export function serializePathParameter(value: unknown, parameter: ParameterDescriptor): string {
  const text = layOut(encodeURIComponent(parameter.name), value, parameter, encoder(false));
  // A matrix parameter without a value has no `=` (RFC 6570, 3.2.7).
  return parameter.style === 'matrix' ? text.replace(/=(?=;|$)/g, '') : text;
}
