import { type FieldEncodings, kindOf, own } from '../contract/index.ts';
import { jsonText } from './json-text.ts';
import { type Pair, styledPairs } from './styles.ts';
import { isPresent, textOf } from './text-of.ts';

/** As browsers write forms: a space is `+`. */
const encode = (text: string): string => new URLSearchParams([['', text]]).toString().slice(1);

/** The reserved characters of RFC 3986, except those with a meaning in a form. */
const RESERVED = /%(21|24|27|28|29|2A|2C|2F|3A|3B|3F|40|5B|5D)/g;

/**
 * Writes `application/x-www-form-urlencoded`. By default, a list repeats its name and an object is sent as JSON. Null
 * and undefined are omitted.
 */
export function writeForm(value: object, encodings: FieldEncodings | undefined): string {
  if (value instanceof URLSearchParams) return value.toString();
  const entries = value instanceof FormData ? [...value] : Object.entries(value);
  const pairs = entries.flatMap(([name, member]): readonly Pair[] => {
    const encoding = own(encodings, name);
    if (encoding?.style) {
      const raw = (text: string) => encode(text).replace(RESERVED, decodeURIComponent);
      const escaping = { encode: encoding.allowReserved ? raw : encode, space: '%20', pipe: '%7C', comma: '%2C' };
      return styledPairs(name, member, encoding, escaping);
    }
    const isJson = encoding?.contentType !== undefined && kindOf(encoding.contentType) === 'json';
    const items = isJson ? [member] : [member].flat();
    return items.filter(isPresent).map((item): Pair => [encode(name), encode(isJson ? jsonText(item) : textOf(item))]);
  });
  return pairs.map(([name, text]) => `${name}=${text}`).join('&');
}
