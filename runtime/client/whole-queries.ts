import { withEscapes, writeForm } from '../bodies/index.ts';
import { type FieldEncodings, kindOf, type ParameterDescriptor } from '../contract/index.ts';
import { membersOf, textOf } from './plain-parameters.ts';
import {
  asItem,
  type EncoderOf,
  encoder,
  serializeCookies,
  serializeHeader,
  serializePathParameter,
  serializeQuery,
} from './serialize-parameters.ts';
import type { Feature, ParameterWriter } from './types.ts';

/** Serializes a whole query string: a form, or one value of another media type, percent-encoded. */
function wholeQuery(value: unknown, content: string, encodings: FieldEncodings | undefined): string {
  const kind = kindOf(content);
  if (kind === 'form' && typeof value === 'object' && value !== null) return writeForm(value, encodings);
  return encodeURIComponent(kind === 'json' ? JSON.stringify(value) : textOf(value));
}

/** Encodes a value for a path segment. Allowed characters (RFC 3986, section 3.3) and existing escapes stay. */
const inPath = (value: unknown): string =>
  withEscapes(encodeURIComponent(textOf(value)).replace(/%(3A|40|24|26|2B|2C|3B|3D)/g, decodeURIComponent));

/** Encodes a value for a query like the feature `styles`. With `allowReserved`, existing escapes stay. */
const inQuery: EncoderOf = (allowReserved) => {
  const encode = encoder(allowReserved);
  return allowReserved ? (value) => withEscapes(encode(value)) : encode;
};

/** Writes cookies as `n1=v1; n2=v2` without escapes (RFC 6265). */
function plainCookies(name: string, value: unknown, { explode }: ParameterDescriptor): readonly string[] {
  const item = (one: unknown, delimiter: string) => asItem(textOf(one), delimiter, 'cookie', name, false);
  const isList = Array.isArray(value);
  const members = !isList && typeof value === 'object' && value !== null ? membersOf(value) : undefined;
  const items = isList ? value : members?.flat();
  const pairs: (readonly [name: string, text: string])[] =
    !items || !explode
      ? [[name, items ? items.map((one) => item(one, ',')).join() : textOf(value)]]
      : members
        ? members.map(([key, member]) => [item(key, '='), textOf(member)])
        : items.map((one) => [name, textOf(one)]);
  return pairs.map(([key, text]) => {
    // Characters that end the value and begin another cookie or header.
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
    if (/[\x00-\x1f\x7f;]/.test(key + text))
      throw new TypeError(`the cookie ${name} contains ";" or a control character: encode the value`);
    return `${key}=${text}`;
  });
}

/** Writes parameters of all styles. */
export const writeParameters: ParameterWriter = {
  header: serializeHeader,
  path: (value, parameter) => serializePathParameter(value, parameter, parameter.allowReserved ? inPath : undefined),
  query: (values, parameters) => {
    const whole = parameters.find((parameter) => parameter.in === 'querystring');
    if (whole) return isEmpty(values) ? '' : wholeQuery(values, whole.content ?? '', whole.encodings);
    return serializeQuery(values, parameters, inQuery);
  },
  cookies: (values, parameters) => {
    const isPlain = (name: string) =>
      parameters.find((one) => one.in === 'cookie' && one.name === name && one.style === 'cookie');
    const entries = membersOf(values);
    const others = serializeCookies(Object.fromEntries(entries.filter(([name]) => !isPlain(name))), parameters);
    const plain = entries.flatMap(([name, value]) => {
      const parameter = isPlain(name);
      return parameter ? plainCookies(name, value, parameter) : [];
    });
    return [...(others ? [others] : []), ...plain].join('; ');
  },
};

/**
 * Parameters that OpenAPI 3.2 added: `in: querystring`, `style: cookie`, and `allowReserved` of paths, whose existing
 * escapes stay. It includes the feature `styles`.
 */
export const wholeQueries: Feature = { styles: writeParameters };

/** Whether the query is optional and was not given. */
const isEmpty = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length === 0;
