import type { Carrier, CarrierPart, JsonPointer } from '../contract/index.ts';
import { toBase64Url } from './base64url.ts';
import { type Data, fromBase64 } from './bytes.ts';
import { scalarText, writtenAt } from './json-text.ts';
import { unescapeText } from './recipe/escape.ts';

/** The values of a request by location, as text. Undefined if a location is empty. */
export type CarrierSource = {
  header(name: string): string | null | undefined;
  /** Returns the first value of a query parameter that is not empty, decoded. */
  queryValue(name: string): string | undefined;
  cookie(name: string): string | undefined;
  /** Returns a string or number of a JSON body. With `name`, the function also reads a field of a form. */
  member(pointer: JsonPointer, name?: string): string | undefined;
  field(name: string): string | undefined;
};

/** `wrong`: a value is present without the carrier's prefix or suffix. */
export type CarrierValues = readonly string[] | 'absent' | 'wrong';

/** Reads the values of a carrier, without prefix and suffix. A carrier has one value, or the values of a list. */
export function readCarrierValues(source: CarrierSource, carrier: Carrier): CarrierValues {
  const text = readRaw(source, carrier);
  if (text === undefined || text === null || text === '') return 'absent';
  const { prefix = '', suffix = '', list, part } = carrier;
  if (part) {
    const inside = strip(text, prefix, '');
    const values = inside === undefined ? [] : readPart(inside, part);
    return inside === undefined ? 'wrong' : values.length > 0 ? values : 'absent';
  }
  if (prefix === '' && suffix === '' && list === undefined) return [text];
  const all = list === undefined ? [text] : text.split(list).filter((one) => one !== '');
  const values = all.flatMap((one) => strip(one, prefix, suffix)?.trim() || []);
  return values.length > 0 ? values : 'wrong';
}

/**
 * Reads the first value of a carrier, without prefix and suffix. Undefined: it is missing. Null: it is present without
 * the prefix or suffix.
 */
export function readFirstValue(source: CarrierSource, carrier: Carrier): string | undefined | null {
  const { prefix, suffix, list, part } = carrier;
  // Most carriers have one plain value, which needs no list.
  if (prefix === undefined && suffix === undefined && list === undefined && part === undefined)
    return readRaw(source, carrier) || undefined;
  const values = readCarrierValues(source, carrier);
  return values === 'wrong' ? null : values === 'absent' ? undefined : values[0];
}

/** The names of authentication schemes are case-insensitive (RFC 9110, section 11.1). */
function strip(text: string, prefix: string, suffix: string): string | undefined {
  if (text.slice(0, prefix.length).toLowerCase() !== prefix.toLowerCase() || !text.endsWith(suffix)) return undefined;
  return text.slice(prefix.length, text.length - suffix.length);
}

function readRaw(source: CarrierSource, { in: place, name, pointer }: Carrier): string | null | undefined {
  switch (place) {
    case 'header':
      return source.header(name);
    case 'query':
      return source.queryValue(name);
    case 'cookie':
      return source.cookie(name);
    case 'body':
      return source.member(
        pointer ?? `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`,
        pointer ? undefined : name,
      );
    case 'form':
      return source.field(name);
  }
}

type Packed = Extract<CarrierPart, { readonly kind: 'packed' }>;

/** The entries of a packed header, in order, unquoted and decoded. */
export function readPacked(
  text: string,
  {
    separator,
    groups,
    assign,
    quote,
    escaping,
  }: Pick<Packed, 'separator' | 'groups' | 'assign' | 'quote' | 'escaping'>,
): readonly (readonly [name: string, value: string])[] {
  const sets = groups === undefined ? [text] : splitOutsideQuotes(text, groups, quote);
  const entries = sets.flatMap((set) => splitOutsideQuotes(set, separator.trim() || separator, quote));
  return entries.map((entry) => {
    const at = entry.indexOf(assign);
    // A text that begins with a character that names cannot contain is a value without a name: `("@method");created=1`.
    const named = at > 0 && /^[\w.-]+$/.test(entry.slice(0, at).trim());
    const value = (named ? entry.slice(at + assign.length) : entry).trim();
    const isQuoted = quote !== '' && value.length > 1 && value.startsWith(quote) && value.endsWith(quote);
    const bare = isQuoted ? value.slice(quote.length, -quote.length) : value;
    return [named ? entry.slice(0, at).trim() : '', unescapeText(bare, escaping)];
  });
}

function splitOutsideQuotes(text: string, separator: string, quote: string): readonly string[] {
  const entries: string[] = [];
  let start = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    // An inner list (RFC 8941, section 3.1.1) is one value: `("@query-param";name="Pet");created=1`.
    if (text[at] === '(' && text.slice(start, at).trim() === '')
      at += /^\((?:"(?:[^"\\]|\\.)*"|[^")])*/.exec(text.slice(at))?.[0].length ?? 0;
    if (quote !== '' && text.startsWith(quote, at)) quoted = !quoted;
    if (quoted || !text.startsWith(separator, at)) continue;
    entries.push(text.slice(start, at));
    start = at + separator.length;
  }
  return [...entries, text.slice(start)].map((entry) => entry.trim()).filter((entry) => entry !== '');
}

/** The text after several texts in sequence. The first of them must be at the beginning. */
function behind(value: string, [first = '', ...texts]: readonly string[]): string | undefined {
  if (!value.startsWith(first)) return undefined;
  let rest = value.slice(first.length);
  for (const text of texts) {
    const at = rest.indexOf(text);
    if (text === '' || at < 0) return undefined;
    rest = rest.slice(at + text.length);
  }
  return rest;
}

function readPart(text: string, part: CarrierPart): readonly string[] {
  if (part.kind === 'jwt') {
    const value = readToken(text)?.[part.of][part.key];
    return typeof value === 'string' || typeof value === 'number' ? [String(value)] : [];
  }
  const { key, before, after, past = [] } = part;
  return readPacked(text, part).flatMap(([name, value]) => {
    const rest = name === key ? behind(value, [...past, before]) : undefined;
    if (rest === undefined) return [];
    const end = after === '' ? rest.length : rest.indexOf(after);
    return end <= 0 ? [] : [rest.slice(0, end)];
  });
}

/** A decoded JSON Web Token. */
export type Token = {
  readonly header: Readonly<Record<string, unknown>>;
  readonly claims: Readonly<Record<string, unknown>>;
  /** The part of the token that is signed. */
  readonly message: string;
  readonly signature: string;
};

/** Parses a compact JWS (RFC 7515, section 7.1) without verifying it; undefined if the text is not a JWS. */
export function readToken(text: string): Token | undefined {
  const [header = '', claims = '', signature = '', ...more] = text.split('.');
  if (more.length > 0) return undefined;
  try {
    // Only one spelling is accepted: without padding, spaces or unused bits (RFC 7515, section 2).
    if ([header, claims, signature].some((part) => toBase64Url(fromBase64(part)) !== part)) return undefined;
    const strict = new TextDecoder('utf-8', { fatal: true });
    const [first, second] = [header, claims].map((part): unknown => JSON.parse(strict.decode(fromBase64(part))));
    if (!isObject(first) || !isObject(second)) return undefined;
    return { header: first, claims: second, message: `${header}.${claims}`, signature };
  } catch {
    return undefined;
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const strictText = /* @__PURE__ */ new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** A body as text; undefined if its bytes are not valid UTF-8. */
export function textOfBody(bytes: Uint8Array): string | undefined {
  try {
    return strictText.decode(bytes);
  } catch {
    return undefined;
  }
}

/**
 * A body as text, with its byte order mark.
 *
 * @throws {TypeError} if its bytes are not valid UTF-8
 */
export const toBodyText = (body: Data): string => (typeof body === 'string' ? body : strictText.decode(body));

/** A string or number of a JSON text as it is written; undefined if it is missing or the text is not JSON. */
export function memberText(text: string, pointer: JsonPointer): string | undefined {
  try {
    JSON.parse(text);
  } catch {
    return undefined;
  }
  const found = writtenAt(text, pointer);
  const written = found ? text.slice(found.from, found.to) : '';
  return /^["\d-]/.test(written) ? scalarText(written) : undefined;
}
