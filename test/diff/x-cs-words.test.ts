import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { compareContracts, readContract } from '../../scripts/commands/diff/index.ts';
import { baseDocument, set } from '../release/spec-changes.ts';
import { isDeep } from '../run/deep.ts';
import { inside, isJson, type Json, listed } from './json.ts';

const SCHEMA = JSON.parse(readFileSync(new URL('../../specs/x-cs.schema.json', import.meta.url), 'utf8')) as Json;

/** Two values of an extension that differ in one field. */
type Pair = { readonly word: string; readonly before: unknown; readonly after: unknown };

/** Fields that do not affect a package, with the reason. */
const SILENT: readonly (readonly [word: RegExp, reason: string])[] = [
  [/\/x-cs-source$/, 'says where a fact is from'],
  [/\/(description|example)$/, 'words'],
  [/^x-cs-timeout\/connect$/, 'for readers alone'],
  [/^x-cs-signing\/signer$/, 'names code of the package'],
  [/\/ambiguous$/, 'for lint alone'],
  [/^x-cs-mock/, 'for the mock alone'],
];

const resolve = (schema: unknown): Json => {
  const node = isJson(schema) ? schema : {};
  const name = typeof node.$ref === 'string' ? node.$ref.slice('#/$defs/'.length) : undefined;
  return name === undefined ? node : { ...resolve(inside(SCHEMA, '$defs', name)), ...node, $ref: undefined };
};

/** Two different values where the schema lists none. */
function scalars({ type, pattern, minimum = 1, const: only, enum: values }: Json): readonly unknown[] {
  if (only !== undefined) return [only];
  if (Array.isArray(values)) return values.slice(0, 2);
  const [kind] = [type].flat();
  if (kind === 'integer' || kind === 'number') return [Number(minimum) + 10, Number(minimum) + 20];
  if (kind === 'boolean') return [true, false];
  return String(pattern ?? '').startsWith('^(/')
    ? ['/one', '/two']
    : String(pattern).includes('d:')
      ? ['+08:00', '+09:00']
      : ['one', 'two'];
}

/** Properties of which exactly one is present, each in its own list. */
const choicesOf = ({ oneOf }: Json): readonly (readonly string[])[] =>
  listed(oneOf).map((branch) => (isJson(branch) ? listed(branch.required).map(String) : []));

/** A value with only the required fields. */
function least(schema: unknown): unknown {
  const node = resolve(schema);
  if (node.type === undefined && Array.isArray(node.oneOf)) return least(node.oneOf[0]);
  if (node.type === 'array') return listOf(least(node.items), node.items);
  if (node.type !== 'object') return scalars(node)[0];
  const properties = inside(node, 'properties');
  const [choice = []] = choicesOf(node);
  const required = [...listed(node.required).map(String), ...choice];
  const others = isJson(node.additionalProperties) ? { one: least(node.additionalProperties) } : {};
  // The location of a value decides whether its other fields have an effect.
  const place = 'in' in properties && 'name' in properties ? { in: 'header', name: 'X-One' } : {};
  return { ...others, ...Object.fromEntries(required.map((name) => [name, least(properties[name])])), ...place };
}

const PARTS = '#/$defs/signing-part';
/** A separator between parts has an effect only if there are two. */
const listOf = (value: unknown, items: unknown): readonly unknown[] =>
  isJson(items) && items.$ref === PARTS ? [value, 'path'] : [value];

/** What other fields need to have an effect: a recipe with a key, whose signature has formats. */
const BASES: { readonly [word: string]: Json } = {
  'x-cs-signing': { algorithm: 'ecdsa-p256-sha256', message: { parts: ['method'] }, credentials: { one: {} } },
  'key/encoding': { credential: 'one' },
  'key/strip': { credential: 'one' },
  'key/join': { parts: ['method', 'path'] },
};

/** All pairs of a schema that differ in one field. */
function pairsOf(schema: unknown, word: string, within: readonly unknown[] = []): readonly Pair[] {
  const node = resolve(schema);
  const key = isJson(schema) ? (schema.$ref ?? schema) : schema;
  if (within.includes(key)) return [];
  const inner = (each: unknown, at: string): readonly Pair[] => pairsOf(each, at, [...within, key]);
  const wrap = (pairs: readonly Pair[], around: (value: unknown) => unknown): readonly Pair[] =>
    pairs.map((pair) => ({ word: pair.word, before: around(pair.before), after: around(pair.after) }));
  if (Array.isArray(node.oneOf) && node.type === undefined) return node.oneOf.flatMap((branch) => inner(branch, word));
  if (node.type === 'array') return wrap(inner(node.items, `${word}[]`), (value) => listOf(value, node.items));
  if (node.type !== 'object') {
    const [before, after] = scalars(node);
    return after === undefined ? [] : [{ word, before, after }];
  }
  // Without `message`, a plugin signs, and the fields of a recipe have no effect.
  const base = { ...(least(node) as Json), ...BASES[word] };
  if (Object.keys(inside(node, 'properties')).length === 0 && !isJson(node.additionalProperties))
    return [{ word, before: { one: 1 }, after: { one: 2 } }];
  const named = Object.entries(inside(node, 'properties')).flatMap(([name, property]): readonly Pair[] => {
    const { name: _, ...rest } = base;
    const choices = choicesOf(node).flat();
    const kept = choices.includes(name)
      ? Object.fromEntries(Object.entries(base).filter(([each]) => !choices.includes(each)))
      : base;
    const around =
      BASES[`${word}/${name}`.split('/').slice(-2).join('/')] ?? (name === 'pointer' ? { ...rest, in: 'body' } : kept);
    const pairs = wrap(inner(property, `${word}/${name}`), (value) => ({ ...around, [name]: value }));
    const { [name]: __, ...without } = around;
    const isFree = !(name in base);
    return isFree
      ? [...pairs, { word: `${word}/${name}`, before: without, after: { ...around, [name]: least(property) } }]
      : pairs;
  });
  const others = isJson(node.additionalProperties) ? node.additionalProperties : undefined;
  return [...named, ...(others ? wrap(inner(others, `${word}/*`), (value) => ({ ...base, one: value })) : [])];
}

/** The possible locations of an extension. */
const PLACES: { readonly [extension: string]: readonly string[] } = {
  'x-cs-signing': ['/components/securitySchemes/signature/x-cs-signing'],
  'x-cs-credential': ['/components/securitySchemes/key/x-cs-credential'],
  'x-cs-session': ['/components/securitySchemes/token/x-cs-session'],
  'x-cs-envelope': ['/x-cs-envelope', '/paths/~1items/get/x-cs-envelope'],
  'x-cs-timeout': ['/x-cs-timeout', '/paths/~1items/get/x-cs-timeout'],
  'x-cs-retry': ['/paths/~1items/post/x-cs-retry'],
  'x-cs-batch': ['/paths/~1rows/put/x-cs-batch'],
  'x-cs-page': ['/paths/~1items/get/x-cs-page'],
  'x-cs-delivery': ['/paths/~1items/post/x-cs-delivery'],
  'x-cs-mock': ['/paths/~1items/get/x-cs-mock'],
  'x-cs-unhandled': ['/paths/~1items/x-cs-unhandled', '/paths/~1check#checkRules/x-cs-unhandled'],
};
/** Expanded documents have operations with conditions instead of these items. */
const EXPANDED = ['x-cs-dispatch', 'x-cs-source'];

const extensions = Object.keys(inside(SCHEMA, '$defs')).filter((name) => name.startsWith('x-cs-'));

it('covers every place of each extension', () => {
  expect(extensions.filter((name) => !EXPANDED.includes(name))).toEqual(expect.arrayContaining(Object.keys(PLACES)));
  expect(extensions.filter((name) => !EXPANDED.includes(name) && !(name in PLACES))).toEqual([]);
});

const conditions = pairsOf(inside(SCHEMA, '$defs', 'x-cs-dispatch', 'items', 'properties', 'when'), 'x-cs-when').map(
  (pair) => ({ ...pair, places: ['/paths/~1check#checkRules/x-cs-when'] }),
);
const pairs = extensions
  .flatMap((name) =>
    pairsOf(inside(SCHEMA, '$defs', name), name).map((pair) => ({ ...pair, places: PLACES[name] ?? [] })),
  )
  .concat(conditions)
  .filter(({ word, places }) => places.length > 0 && !SILENT.some(([silent]) => silent.test(word)));

function isSeen({ before, after, places }: (typeof pairs)[number]): boolean {
  return places.some((place) => {
    const [old, now] = [before, after].map((value) => {
      const document = baseDocument();
      set(document, place, value);
      return readContract(document, 'shop');
    });
    return old !== undefined && now !== undefined && compareContracts(old, now, 'both').length > 0;
  });
}

it('compares each field of specs/x-cs.schema.json', () => {
  const all = [...new Set(pairs.map(({ word }) => word))];
  expect(all.length).toBeGreaterThan(150);
  const words = new Set(isDeep ? all : all.filter((_, index) => index % 3 === 0));
  // A value may equal the default, so that at least one pair of a field must cause a difference.
  const seen = new Set<string>();
  const isAsked = (word: string): boolean => words.has(word) || [...words].some((each) => word.startsWith(`${each}/`));
  for (const pair of pairs) if (isAsked(pair.word) && !seen.has(pair.word) && isSeen(pair)) seen.add(pair.word);
  const isCovered = (word: string): boolean => [...seen].some((each) => each === word || each.startsWith(`${word}/`));
  expect([...words].filter((word) => !isCovered(word))).toEqual([]);
});
