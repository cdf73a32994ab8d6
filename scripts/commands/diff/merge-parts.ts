import { isObject, type JsonObject, ownMember } from '../../common/document/pointer.ts';
import { KNOWN_FORMATS } from '../../model/schema/shape/formats.ts';
import { isVoid, LOWER, mergeBounds, UPPER } from './merge-bounds.ts';

import type { NormalSchema, Union } from './normal-form.ts';
import { othersOf, withoutPlain } from './other-members.ts';
import { forbiddenIn, isEmpty, isFree } from './typed-names.ts';
import { sameJson } from './types.ts';

/** Keywords that are present or absent. A different value of one accepts other values, not more or fewer. */
const FIXED = ['multipleOf', 'pattern', 'format', 'uniqueItems', 'contentEncoding', 'contentMediaType'];
const WORDS = ['title', 'description', 'examples', 'example'];

/** Keywords with a rule of their own, and those that validate nothing. */
const JUDGED = new Set([
  ...LOWER,
  ...UPPER,
  ...FIXED,
  ...WORDS,
  ...`type nullable enum const properties required additionalProperties items prefixItems allOf anyOf oneOf default
   deprecated readOnly writeOnly externalDocs xml discriminator $ref $dynamicRef $dynamicAnchor $defs $id $schema $comment $anchor
   summary`.split(/\s+/),
]);

/** Programs compare with them as with the values of an `enum`. */
const BOOLEANS = [true, false];

type Part = JsonObject;
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** The JSON Schema type of a value. */
export function typeOfValue(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return typeof value === 'number' && Number.isInteger(value) ? 'integer' : typeof value;
}

/** Whether a set of types includes another type. */
export const coversType = (types: ReadonlySet<string>, type: string): boolean =>
  types.has(type) || (type === 'integer' && types.has('number'));

function typesOf({ type, nullable }: Part): ReadonlySet<string> | undefined {
  const listed = Array.isArray(type) ? type.map(String) : typeof type === 'string' ? [type] : undefined;
  return listed && new Set(nullable === true ? [...listed, 'null'] : listed);
}

function sharedTypes(parts: readonly Part[]): ReadonlySet<string> | undefined {
  let shared: ReadonlySet<string> | undefined;
  for (const types of parts.map(typesOf)) {
    const known = shared;
    if (known === undefined || types === undefined) {
      shared = types ?? known;
      continue;
    }
    const both = [...known].filter((type) => coversType(types, type));
    shared = new Set([...both, ...[...types].filter((type) => coversType(known, type))]);
  }
  return shared;
}

/** The values that every `enum` and `const` lists and every `type` accepts. */
function sharedValues(parts: readonly Part[], types: ReadonlySet<string> | undefined): readonly unknown[] | undefined {
  const lists = parts.flatMap((part) => [
    ...('const' in part ? [[part.const]] : []),
    ...(Array.isArray(part.enum) ? [part.enum as unknown[]] : []),
  ]);
  const [first, ...others] = lists;
  return first?.filter(
    (value) =>
      others.every((list) => list.some((other) => sameJson(other, value))) &&
      (types === undefined || coversType(types, typeOfValue(value))),
  );
}

const FORMATTED = { string: ['string'], number: ['number', 'integer'] } as const;

/** Whether a keyword limits values of these types. Most formats are words, and so is `double`: all numbers are doubles. */
function says(keyword: string, value: unknown, types: ReadonlySet<string> | undefined): boolean {
  if (keyword !== 'format') return !isVoid(keyword, types);
  if (value === 'binary') return types === undefined || types.has('string');
  const known = value === 'double' ? undefined : KNOWN_FORMATS.get(String(value));
  return known !== undefined && (types === undefined || FORMATTED[known.type].some((type) => types.has(type)));
}

/** One entry per keyword, with its different values. */
function collect(
  parts: readonly Part[],
  isMeant: (keyword: string, value: unknown) => boolean,
): ReadonlyMap<string, unknown[]> {
  const found = new Map<string, unknown[]>();
  for (const part of parts)
    for (const [keyword, value] of Object.entries(part)) {
      if (!isMeant(keyword, value)) continue;
      const values = found.get(keyword);
      if (!values) found.set(keyword, [value]);
      else if (!values.some((other) => sameJson(other, value))) values.push(value);
    }
  return found;
}

/** The schema of a part for one property: by name, or by a rule for other names. */
function memberOf(part: Part, name: string): unknown {
  return ownMember(part.properties, name) ?? othersOf(part, 'Properties');
}

const unionsOf = (part: Part): readonly Union[] =>
  (['anyOf', 'oneOf'] as const).flatMap((keyword) => {
    const branches = listOf(part[keyword]);
    const discriminator = isObject(part.discriminator) ? part.discriminator : undefined;
    return branches.length > 1 || (branches.length === 1 && discriminator)
      ? [{ keyword, branches, discriminator, part }]
      : [];
  });

const stated = (values: readonly unknown[]): readonly unknown[] =>
  values.filter((value) => value !== undefined && value !== true);

/**
 * Merges parts that apply together into one node.
 * @param branches parts that are branches of a union: types ignore `readOnly` and the properties of other parts there
 */
export function mergeParts(
  key: string,
  parts: readonly Part[],
  never: boolean,
  branches: ReadonlySet<Part>,
): NormalSchema {
  const isSaid = (keyword: string): boolean => parts.some((part) => part[keyword] === true && !branches.has(part));
  const stands = sharedTypes(parts);
  const values = sharedValues(parts, stands) ?? (stands?.size === 1 && stands.has('boolean') ? BOOLEANS : undefined);
  const types = values === undefined ? stands : new Set(values.map(typeOfValue));
  const names = new Set(parts.flatMap(({ properties }) => (isObject(properties) ? Object.keys(properties) : [])));
  const length = Math.max(0, ...parts.map(({ prefixItems }) => listOf(prefixItems).length));
  const bounds = mergeBounds(parts, types);
  // Types have no positions beyond `maxItems`.
  const most = bounds.get('maxItems') ?? Number.POSITIVE_INFINITY;
  const tuple = Array.from({ length: Math.min(length, most) }, (_, index) =>
    stated(parts.map((part) => listOf(part.prefixItems)[index] ?? othersOf(part, 'Items'))),
  );
  const first = (keyword: string): unknown => parts.find((part) => keyword in part)?.[keyword];
  return {
    key,
    parts,
    never: never || types?.size === 0,
    types,
    values,
    bounds,
    fixed: collect(
      parts,
      (keyword, value) => FIXED.includes(keyword) && value !== false && says(keyword, value, types),
    ),
    required: new Set(parts.flatMap(({ required }) => listOf(required).map(String))),
    properties: new Map([...names].map((name) => [name, stated(parts.map((part) => memberOf(part, name)))])),
    named: new Map([...names].map((name) => [name, stated(parts.map((part) => ownMember(part.properties, name)))])),
    free: parts.some(isFree) && !parts.some(isEmpty),
    empty: parts.some(isEmpty),
    forbidden: forbiddenIn(parts.filter((part) => !branches.has(part))),
    additional: stated(parts.map((part) => othersOf(part, 'Properties'))),
    items: tuple.length > 0 && most <= tuple.length ? [false] : stated(parts.map((part) => othersOf(part, 'Items'))),
    tuple,
    unions: parts.flatMap(unionsOf),
    rest: collect(parts.map(withoutPlain), (keyword) => !JUDGED.has(keyword) && !keyword.startsWith('x-')),
    words: Object.fromEntries(
      [...WORDS, ...(says('format', first('format'), types) ? [] : ['format'])].map((keyword) => [
        keyword,
        first(keyword),
      ]),
    ),
    deprecated: parts.some(({ deprecated }) => deprecated === true),
    readOnly: isSaid('readOnly'),
    writeOnly: isSaid('writeOnly'),
  };
}
