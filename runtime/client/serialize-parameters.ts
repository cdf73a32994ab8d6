import type { ParameterDescriptor } from '../contract/index.ts';

/** What a name of no descriptor gets. */
const PLAIN = { style: 'form', explode: true } as const;

type Shape = Pick<ParameterDescriptor, 'style' | 'explode'> &
  Pick<Partial<ParameterDescriptor>, 'allowReserved' | 'content'>;
type Encode = (value: unknown) => string;
type Pair = readonly [name: string, value: string];

/** What would end the value, or mean a space, stays encoded even with `allowReserved`. */
const keepReserved: Encode = (value) =>
  encodeURIComponent(String(value)).replace(/%(3A|2F|3F|5B|5D|40|21|24|27|28|29|2A|2C|3B|3D)/g, decodeURIComponent);

const encode: Encode = (value) => encodeURIComponent(String(value));

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

const entriesOf = (value: Record<string, unknown>): [string, unknown][] =>
  Object.entries(value).filter(([, member]) => member !== undefined);

/** With `content`, the value travels as one serialised text. */
const contentText = (value: unknown, content: string): string =>
  /\bjson\b/.test(content) ? JSON.stringify(value) : String(value);

/** `{a:{b:1}}` → `x[a][b]=1`; arrays repeat the name. */
function deepPairs(name: string, value: unknown, text: Encode): Pair[] {
  if (Array.isArray(value)) return value.flatMap((item) => deepPairs(name, item, text));
  if (!isObject(value)) return [[name, text(value)]];
  return entriesOf(value).flatMap(([key, member]) => deepPairs(`${name}%5B${encode(key)}%5D`, member, text));
}

/** Pairs of a query or cookie parameter, encoded. */
function formPairs(name: string, value: unknown, { style, explode, allowReserved, content }: Shape): Pair[] {
  const text = allowReserved ? keepReserved : encode;
  const key = encode(name);
  if (content !== undefined) return [[key, text(contentText(value, content))]];
  if (!isObject(value)) return [[key, text(value)]];
  if (style === 'deepObject') return deepPairs(key, value, text);
  if (Array.isArray(value)) {
    if (explode) return value.map((item) => [key, text(item)]);
  } else if (explode) return entriesOf(value).map(([member, item]) => [encode(member), text(item)]);
  const parts = (Array.isArray(value) ? value : entriesOf(value).flat()).map(text);
  const separator = style === 'spaceDelimited' ? '%20' : style === 'pipeDelimited' ? '%7C' : ',';
  return parts.length ? [[key, parts.join(separator)]] : [];
}

function pairsOf(values: object, within: 'query' | 'cookie', parameters: readonly ParameterDescriptor[]): string[] {
  return Object.entries(values).flatMap(([name, value]) =>
    value === undefined || value === null
      ? []
      : formPairs(name, value, parameters.find((p) => p.in === within && p.name === name) ?? PLAIN).map((pair) =>
          pair.join('='),
        ),
  );
}

/** `key=level&key=score`, without `?`. */
export const serializeQuery = (values: object, parameters: readonly ParameterDescriptor[]): string =>
  pairsOf(values, 'query', parameters).join('&');

export const serializeCookies = (values: object, parameters: readonly ParameterDescriptor[]): string =>
  pairsOf(values, 'cookie', parameters).join('; ');

/** A header's value. Nothing is percent-encoded there. */
export function serializeHeader(value: unknown, { explode, content }: Shape): string {
  if (content !== undefined) return contentText(value, content);
  if (!isObject(value)) return String(value);
  if (Array.isArray(value)) return value.join(',');
  return entriesOf(value)
    .map((entry) => entry.join(explode ? '=' : ','))
    .join(',');
}

/** One `{parameter}` of a path, in the styles simple, label and matrix (RFC 6570). */
export function serializePathParameter(
  value: unknown,
  { name, style, explode, content, allowReserved }: ParameterDescriptor,
): string {
  const text = allowReserved ? keepReserved : encode;
  const [first, between] = style === 'label' ? ['.', '.'] : style === 'matrix' ? [';', ';'] : ['', ','];
  const named = (key: string, encoded: string) => (encoded || style !== 'matrix' ? `${key}=${encoded}` : key);
  const whole = (encoded: string) => first + (style === 'matrix' ? named(encode(name), encoded) : encoded);
  if (content !== undefined) return whole(text(contentText(value, content)));
  if (!isObject(value)) return whole(text(value));
  if (!explode) return whole((Array.isArray(value) ? value : entriesOf(value).flat()).map(text).join(','));
  const parts = Array.isArray(value)
    ? value.map((item) => (style === 'matrix' ? named(encode(name), text(item)) : text(item)))
    : entriesOf(value).map(([key, item]) => named(encode(key), text(item)));
  return first + parts.join(between);
}
