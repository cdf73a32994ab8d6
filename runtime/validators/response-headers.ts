import type { ParameterShape, Validator } from '../contract/index.ts';
import { coerce, coerceEntries } from './coerce.ts';
import { parseExact } from './digits/parse-exact.ts';

/** How the text of a response header is converted to a value. */
export type HeaderShape = {
  readonly shape: ParameterShape;
  /** Whether the properties of an object are `name=value` instead of `name,value`. */
  readonly explode?: true;
  /** Whether the value is sent as JSON. */
  readonly json?: true;
};

type Values = { readonly [name: string]: unknown };

/** The headers of one declared response, by their names in the contract. */
export type ResponseHeaders = {
  readonly read: (headers: Headers) => Values;
  /** Converts the values of a handler, with objects as texts. `keep` removes properties that are not sent. */
  readonly write: (values: Values, keep?: (declared: Values) => unknown) => Values;
  readonly validator: Validator;
};

/** Reads, writes and checks the headers that a contract declares for a response. */
export function responseHeaders(
  shapes: { readonly [name: string]: HeaderShape },
  validator: Validator,
): ResponseHeaders {
  const byName = new Map(Object.entries(shapes).map(([name, shape]) => [name.toLowerCase(), { ...shape, name }]));
  return {
    validator,
    read: (headers) =>
      Object.fromEntries(
        Object.entries(shapes).flatMap(([name, shape]) => {
          const text = headers.get(name);
          if (text === null) return [];
          if (name.toLowerCase() !== 'set-cookie') return [[name, readHeader(text, shape)]];
          const cookies = headers.getSetCookie();
          return [[name, shape.shape.kind === 'array' ? cookies : text]];
        }),
      ),
    write: (values, keep = (declared) => declared) =>
      Object.fromEntries(
        Object.entries(values).map(([name, value]) => {
          const known = byName.get(name.toLowerCase());
          if (known === undefined || typeof value !== 'object' || value === null)
            return [name, writeHeader(name, value, known)];
          const kept = keep({ [known.name]: value }) as Values;
          return [name, writeHeader(name, kept[known.name], known)];
        }),
      ),
  };
}

const partsOf = (text: string): readonly string[] =>
  text.trim() === '' ? [] : text.split(',').map((part) => part.trim());

function readHeader(text: string, { shape, explode, json }: HeaderShape): unknown {
  if (json) {
    try {
      return parseExact(text);
    } catch {
      return text;
    }
  }
  if (shape.kind === 'array') return partsOf(text).map((part) => coerce(part, shape.items));
  if (shape.kind !== 'object') return coerce(text.trim(), shape);
  const parts = partsOf(text);
  const entries = explode
    ? parts.map((part) => [part.split('=', 1)[0] ?? '', part.slice(part.indexOf('=') + 1)] as const)
    : parts.flatMap((name, at) => (at % 2 === 0 ? [[name, parts[at + 1] ?? ''] as const] : []));
  return coerceEntries(entries, shape);
}

function writeHeader(name: string, value: unknown, known: HeaderShape | undefined): unknown {
  if (value instanceof Date) return value.toISOString();
  if (known?.json && typeof value !== 'string') return JSON.stringify(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    // Each cookie is a separate header.
    const isList = known?.shape.kind === 'array' && name.toLowerCase() !== 'set-cookie';
    return isList ? value.map((item) => asItem(name, item, ',')) : value;
  }
  const delimiter = known?.explode ? '=' : ',';
  return Object.entries(value)
    .map(
      ([key, member]) => `${asItem(name, asItem(name, key, ','), delimiter)}${delimiter}${asItem(name, member, ',')}`,
    )
    .join(',');
}

/** Writes one item. @throws {TypeError} for an item that the receiver would split, because headers have no escape */
function asItem(name: string, item: unknown, delimiter: string): unknown {
  if (!`${item}`.includes(delimiter)) return item;
  throw new TypeError(`an item of ${name} contains "${delimiter}", the delimiter of headers`);
}
