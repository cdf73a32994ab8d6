import type { ParameterDescriptor, ParameterShape } from '../contract/index.ts';
import { coerce, coerceEntries } from '../validators/coerce.ts';
import { parseExact } from '../validators/digits/parse-exact.ts';
import { cookiePairs } from './cookies.ts';
import { readDeepObject } from './deep-object.ts';
import { decodeComponent, type Query } from './query.ts';

/** An issue that is found before a validator sees the value. */
export type Issue = { readonly path: readonly PropertyKey[]; readonly message: string };

/** The source of parameters. Path values are still percent-encoded. */
export type Sources = {
  readonly path: Readonly<Record<string, string>>;
  readonly query: Query;
  /** The query, percent-encoded, without the question mark. */
  readonly queryText?: string;
  readonly header: (name: string) => string | null;
  readonly cookies: ReadonlyMap<string, string>;
};

/** Reads one parameter. Undefined if it is missing. */
export type ParameterReader = (sources: Sources, issues: Issue[]) => unknown;

/**
 * Compiles the reader of a parameter.
 * @param others names that an open exploded object skips: the other parameters at the same location, and reserved names
 */
export function compileParameter(parameter: ParameterDescriptor, others: ReadonlySet<string>): ParameterReader {
  const { name, content } = parameter;
  if (parameter.style === 'cookie') return compilePlainCookie(parameter, others);
  if (content !== undefined) return compileContent(parameter);
  switch (parameter.in) {
    case 'path': {
      return ({ path }, issues) => {
        const text = path[name];
        return text === undefined ? undefined : readStyled(text, parameter, (part) => decodePath(part, name, issues));
      };
    }
    case 'query':
      return compileQuery(parameter, others);
    case 'header':
      return (sources) => {
        const text = sources.header(name);
        return text === null ? undefined : readStyled(text, parameter, (part) => part.trim());
      };
    case 'querystring':
      throw new TypeError('A parameter with in: querystring requires compileWholeQuery');
    case 'cookie':
      return compileCookie(parameter, others);
  }
}

/** Compiles the reader of a cookie parameter. A list or object with `explode` has one cookie per item or property. */
function compileCookie(parameter: ParameterDescriptor, others: ReadonlySet<string>): ParameterReader {
  const { name, shape, explode } = parameter;
  return (sources) => {
    const text = sources.cookies.get(name);
    if (shape.kind === 'primitive') return text === undefined ? undefined : coerce(decodeCookie(text), shape);
    const read = (one: string) => readList(one, ',', parameter, decodeCookie);
    if (!explode || (shape.kind === 'object' && text !== undefined)) return text === undefined ? undefined : read(text);
    const pairs = cookiePairs(sources.header('cookie'));
    if (shape.kind !== 'object') {
      const own = pairs.filter(([key]) => key === name);
      return own.length === 0 ? undefined : own.flatMap(([, one]) => read(one));
    }
    const own = pairs
      .map(([key, one]) => [decodeCookie(key), decodeCookie(one)] as const)
      .filter(([key]) => isMember(shape, key, others));
    return own.length === 0 ? undefined : coerceEntries(own, shape);
  };
}

/**
 * Whether an exploded object has this property: it declares the property, or it is open and no other parameter has this
 * name.
 */
function isMember(shape: ParameterShape & { kind: 'object' }, name: string, others: ReadonlySet<string>): boolean {
  if (Object.hasOwn(shape.properties, name)) return true;
  // A deepObject parameter writes `name[…]`.
  return shape.rest !== undefined && !others.has(name) && !others.has(name.split('[', 1)[0] ?? '');
}

/** Compiles the reader of a cookie whose value is not encoded: `n1=v1; n2=v2`. */
function compilePlainCookie(parameter: ParameterDescriptor, others: ReadonlySet<string>): ParameterReader {
  const { name, shape, explode } = parameter;
  return (sources) => {
    const pairs = cookiePairs(sources.header('cookie'));
    if (explode && shape.kind === 'object') {
      const own = pairs.filter(([key]) => isMember(shape, key, others));
      return own.length === 0 ? undefined : coerceEntries(own, shape);
    }
    const own = pairs.filter(([key]) => key === name);
    const [first] = own;
    if (!first) return undefined;
    if (explode && shape.kind === 'array') return own.map(([, text]) => coerce(text, shape.items));
    return shape.kind === 'primitive' ? coerce(first[1], shape) : readList(first[1], ',', parameter, (part) => part);
  };
}

/** Reads a query parameter that is present once as a single value, if the schema accepts both a value and a list. */
export function compileSingle({ name, in: place, shape, explode }: ParameterDescriptor): ParameterReader | undefined {
  if (place !== 'query' || !explode || shape.kind !== 'array' || !shape.single) return undefined;
  const { single } = shape;
  return ({ query }) => {
    const [only, ...more] = query.pairs.filter(([own]) => own === name);
    return only && more.length === 0 ? coerce(only[1], single) : undefined;
  };
}

function compileContent({ name, in: place, content }: ParameterDescriptor): ParameterReader {
  const json = /[/+]json\b/i.test(content ?? '');
  return (sources, issues) => {
    const { path, query, cookies } = sources;
    let text: string | null | undefined;
    if (place === 'query') text = query.pairs.find((pair) => pair[0] === name)?.[1];
    else if (place === 'header') text = sources.header(name);
    else if (place === 'cookie') text = cookies.get(name);
    else text = path[name] === undefined ? undefined : decodePath(path[name], name, issues);
    if (text === undefined || text === null || !json) return text ?? undefined;
    try {
      return parseExact(place === 'cookie' ? decodeCookie(text) : text);
    } catch {
      issues.push({ path: [name], message: 'must be valid JSON' });
      return undefined;
    }
  };
}

function compileQuery(parameter: ParameterDescriptor, others: ReadonlySet<string>): ParameterReader {
  const { name, shape, style, explode, required } = parameter;
  // An object without properties sends nothing, so that a required one is empty then and not missing.
  const canBeEmpty = required && shape.kind === 'object' && !shape.single;
  if (style === 'deepObject')
    return ({ query }) => readDeepObject(query, name, shape, others) ?? (canBeEmpty ? {} : undefined);
  if (shape.kind === 'array') {
    const split = style === 'spaceDelimited' ? /%20|\+/ : style === 'pipeDelimited' ? /\||%7C/i : ',';
    return ({ query }) => {
      const found: unknown[] = [];
      let present = false;
      query.pairs.forEach((pair, i) => {
        if (pair[0] !== name) return;
        present = true;
        if (explode) found.push(coerce(pair[1], shape.items));
        else
          for (const part of partsOf(query.raw[i] ?? '', split, shape, decodeComponent))
            found.push(coerce(part, shape.items));
      });
      return present ? found : undefined;
    };
  }
  if (shape.kind === 'object') {
    if (!explode) {
      const split = style === 'spaceDelimited' ? /%20|\+/ : style === 'pipeDelimited' ? /\||%7C/i : ',';
      return ({ query }) => {
        const at = query.pairs.findIndex((pair) => pair[0] === name);
        return at < 0
          ? undefined
          : coerceEntries(pairUp(partsOf(query.raw[at] ?? '', split, shape, decodeComponent)), shape);
      };
    }
    return ({ query }) => {
      const one =
        shape.single && !Object.hasOwn(shape.properties, name) && query.pairs.find((pair) => pair[0] === name);
      if (one && shape.single) return coerce(one[1], shape.single);
      const own = query.pairs.filter(([key]) => isMember(shape, key, others));
      return own.length === 0 ? (canBeEmpty ? {} : undefined) : coerceEntries(own, shape);
    };
  }
  return ({ query: { pairs } }) => {
    let value: unknown;
    let list: unknown[] | undefined;
    for (const pair of pairs) {
      if (pair[0] !== name) continue;
      // The value is ambiguous. The validator of a single value rejects the list.
      if (list) list.push(pair[1]);
      else if (value !== undefined) list = [value, pair[1]];
      else value = coerce(pair[1], shape);
    }
    return list ?? value;
  };
}

/**
 * Splits one value into the items of a list, or the names and values of an object. An encoded delimiter belongs to an
 * item (RFC 6570). If no item can contain a delimiter, as in a list of numbers, an encoded delimiter also separates:
 * many clients encode every comma.
 */
function partsOf(
  text: string,
  split: RegExp | string,
  shape: ParameterShape,
  decode: (part: string) => string,
): readonly string[] {
  const parts = text.split(split).map(decode);
  const [only = ''] = parts;
  if (parts.length > 1 || split !== ',') return parts;
  const isBare = shape.kind === 'array' && shape.items.kind === 'primitive' && !shape.items.types.includes('string');
  return isBare || shape.kind === 'object' ? only.split(',') : parts;
}

/** Reads path and header parameters in the styles of RFC 6570: simple, label and matrix. */
function readStyled(text: string, parameter: ParameterDescriptor, decode: (part: string) => string): unknown {
  const { name, style, explode, shape } = parameter;
  switch (style) {
    case 'label': {
      const bare = text.startsWith('.') ? text.slice(1) : text;
      return readList(bare, explode ? '.' : ',', parameter, decode);
    }
    case 'matrix': {
      const parts = (text.startsWith(';') ? text.slice(1) : text).split(';');
      if (shape.kind === 'object' && explode) return coerceEntries(splitEach(parts, decode), shape);
      const own = parts.map((part) => (part.startsWith(`${name}=`) ? part.slice(name.length + 1) : part));
      if (shape.kind === 'array' && explode) return own.map((part) => coerce(decode(part), shape.items));
      return readList(own[0] ?? '', ',', { ...parameter, explode: false }, decode);
    }
    default:
      return readList(text, ',', parameter, decode);
  }
}

function readList(
  text: string,
  separator: string,
  { shape, explode }: ParameterDescriptor,
  decode: (part: string) => string,
): unknown {
  switch (shape.kind) {
    case 'array':
      return text === '' ? [] : partsOf(text, separator, shape, decode).map((part) => coerce(part, shape.items));
    case 'object': {
      if (text === '') return {};
      if (explode) return coerceEntries(splitEach(text.split(separator), decode), shape);
      return coerceEntries(pairUp(partsOf(text, separator, shape, decode)), shape);
    }
    default:
      return coerce(decode(text), shape);
  }
}

function splitEach(parts: readonly string[], decode: (part: string) => string): [string, string][] {
  return parts.map((part) => {
    const at = part.indexOf('=');
    return at < 0 ? [decode(part), ''] : [decode(part.slice(0, at)), decode(part.slice(at + 1))];
  });
}

function pairUp(parts: readonly string[]): [string, string][] {
  const pairs: [string, string][] = [];
  for (let i = 0; i < parts.length; i += 2) pairs.push([parts[i] ?? '', parts[i + 1] ?? '']);
  return pairs;
}

function decodePath(text: string, name: string, issues: Issue[]): string {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    issues.push({ path: [name], message: 'must be percent-encoded UTF-8' });
    return text;
  }
}

function decodeCookie(text: string): string {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
