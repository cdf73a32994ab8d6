import type { Data } from '../bytes.ts';
import { unescapeText } from './escape.ts';
import { packedValue } from './packed-value.ts';
import { pathOf, type RecipeRequest } from './request.ts';

/** A component (RFC 9421, section 2). `identifier` is the text as it is written. `params` has no semicolons. */
export type Component = {
  readonly identifier: string;
  readonly name: string;
  readonly params: readonly (readonly [name: string, value: string])[];
};

const ITEM = /"([^"\\\s]+)"((?:;[a-z*][\w.*-]*(?:="(?:[^"\\]|\\["\\])*")?)*)(?: +|$)/y;

/** Reads the inner list `("@method" "content-digest")`. Undefined if the text is not an inner list. */
export function readComponents(list: string): readonly Component[] | undefined {
  const inner = /^\( *(.*?) *\)$/.exec(list)?.[1];
  if (inner === undefined) return undefined;
  const found: Component[] = [];
  ITEM.lastIndex = 0;
  while (ITEM.lastIndex < inner.length) {
    const [, name, written = ''] = ITEM.exec(inner) ?? [];
    if (name === undefined) return undefined;
    const params = [...written.matchAll(/;([a-z*][\w.*-]*)(?:="((?:[^"\\]|\\.)*)")?/g)].map(
      ([, key = '', value = '']) => [key, value.replace(/\\(.)/g, '$1')] as const,
    );
    found.push({ identifier: `"${name}"${written}`, name, params });
  }
  return found;
}

/** Encodes a text like `application/x-www-form-urlencoded`, but with `%20` for a space (RFC 9421, section 2.2.8). */
const encoded = (text: string): string =>
  encodeURIComponent(text.toWellFormed()).replace(
    /[!'()~]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );

const queryOf = (target: string): string => target.split('?').slice(1).join('?');

/** The value of a query parameter. A parameter that occurs twice cannot be signed by its name. */
function queryParameter(target: string, name: string): string | undefined {
  const values = queryOf(target)
    .split('&')
    .map((pair) => [pair.split('=')[0] ?? '', pair.split('=').slice(1).join('=')] as const)
    .filter(([key]) => encoded(unescapeText(key, 'form')) === name);
  return values.length === 1 ? encoded(unescapeText(values[0]?.[1] ?? '', 'form')) : undefined;
}

function derived(name: string, param: string | undefined, { input }: RecipeRequest): string | undefined {
  const { method, url, target } = input;
  switch (name) {
    case '@method':
      return method;
    case '@target-uri':
      return url.origin + target;
    case '@authority':
      return url.host;
    case '@scheme':
      return url.protocol.slice(0, -1);
    case '@request-target':
      return target;
    case '@path':
      return pathOf(input);
    case '@query':
      return `?${queryOf(target)}`;
    case '@query-param':
      return param === undefined ? undefined : queryParameter(target, param);
    default:
      return undefined;
  }
}

/**
 * The value of a component in a message. Undefined if the message does not have it, or if its parameters are not
 * supported.
 */
function componentValue({ name, params }: Component, request: RecipeRequest): string | undefined {
  const { input } = request;
  const given = new Map(params);
  const isResponse = input.status !== undefined;
  const isOfRequest = given.delete('req');
  const param = given.get('name');
  if (name === '@query-param') given.delete('name');
  if (given.size > 0) return undefined;
  if (name === '@status') return isResponse && !isOfRequest ? String(input.status) : undefined;
  // A signature of a response covers parts of the request only with the parameter `req` (section 2.4). Headers of the
  // request are not kept.
  if (name.startsWith('@')) return isResponse === isOfRequest ? derived(name, param, request) : undefined;
  return isOfRequest ? undefined : (input.headers.get(name)?.trim() ?? undefined);
}

/** The first component that cannot be signed, because it is listed twice, unknown, or missing in the message. */
export function flawOf(components: readonly Component[], request: RecipeRequest): string | undefined {
  const seen = new Set<string>();
  for (const component of components) {
    if (seen.has(component.identifier) || componentValue(component, request) === undefined) return component.identifier;
    seen.add(component.identifier);
  }
  return undefined;
}

/**
 * Returns a line for each component, each with its line end, without the line of the parameters. @throws {TypeError} if
 * a component is missing
 */
export function componentLines(packed: string, request: RecipeRequest): Data {
  const components = readComponents(packedValue(packed, request));
  if (!components) throw new TypeError('The list of components is invalid');
  const flaw = flawOf(components, request);
  if (flaw !== undefined) throw new TypeError(`The component ${flaw} is unknown or missing`);
  const text = components
    .map((component) => `${component.identifier}: ${componentValue(component, request)}\n`)
    .join('');
  return /^[\0-\x7f]*$/.test(text) ? text : Uint8Array.from(text, (character) => character.charCodeAt(0));
}
