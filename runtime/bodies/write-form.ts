import { type FieldEncoding, type FieldEncodings, kindOf, own } from '../contract/index.ts';
import { jsonText } from './json-text.ts';
import { withEscapes, withReserved } from './reserved.ts';
import { type Pair, styledPairs } from './styles.ts';
import { isPresent, textOf } from './text-of.ts';

/** Escapes a text like browsers in forms: a space is `+`. */
const encode = (text: string): string => new URLSearchParams([['', text]]).toString().slice(1);

/**
 * Returns the escaping of a field: it may keep reserved characters and, in OpenAPI 3.2, existing escapes. `=` is
 * escaped in names, which it ends.
 */
const escapeOf = ({ allowReserved, keepsEscapes }: FieldEncoding): ((text: string) => string) => {
  if (!allowReserved) return encode;
  const reserved = (text: string) => withReserved(encode(text)).replaceAll('=', '%3D');
  return keepsEscapes ? (text) => withEscapes(reserved(text)) : reserved;
};

/**
 * Writes `application/x-www-form-urlencoded`. By default, a list repeats its name and an object is sent as JSON. Null
 * and undefined are omitted.
 */
export function writeForm(value: object, encodings: FieldEncodings | undefined): string {
  if (value instanceof URLSearchParams) return value.toString();
  const entries = value instanceof FormData ? [...value] : Object.entries(value);
  const pairs = entries.flatMap(([key, member]): readonly Pair[] => {
    const encoding = own(encodings, key);
    if (encoding?.style) {
      const escaping = { encode: escapeOf(encoding), space: '%20', pipe: '%7C', comma: '%2C' };
      return styledPairs(key, member, encoding, escaping);
    }
    const isJson = encoding?.contentType !== undefined && kindOf(encoding.contentType) === 'json';
    const items = isJson ? [member] : [member].flat();
    return items.filter(isPresent).map((item): Pair => [encode(key), encode(isJson ? jsonText(item) : textOf(item))]);
  });
  return pairs.map(([name, text]) => `${name}=${text}`).join('&');
}
