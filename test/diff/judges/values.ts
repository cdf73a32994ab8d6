import { isDeepStrictEqual } from 'node:util';
import type { Api, Operation } from '../../../scripts/model/types.ts';
import { fc } from '../../validators/fuzz/fast-check.ts';
import { type Draw, type Schema, sample, TooDeep } from '../../validators/fuzz/sample.ts';
import { NAMES } from '../draw-schema.ts';
import { isJson, type Json } from '../json.ts';
import { type Random, randomOf } from '../random.ts';
import { inDirection } from './direction.ts';
import { fewOf, nearOf, variantsOf } from './variants.ts';

/** The verdict of generated validators on a value. */
export type Verdict = { readonly value?: unknown; readonly issues?: readonly Issue[] };
type Issue = {
  readonly code?: string;
  readonly message?: string;
  readonly errors?: readonly (readonly Issue[])[];
  readonly issues?: readonly Issue[];
};
export type Check = (value: unknown) => Verdict;

/** A location of values in an operation, in the contract of one side. */
export type Part = {
  readonly name: string;
  readonly goes: 'request' | 'response';
  readonly schema: Schema;
  readonly check: Check | undefined;
};

/** A difference between two sides of a part, with a value that shows it. */
export type Difference = {
  readonly effect: 'narrower' | 'wider' | 'filled';
  readonly goes: Part['goes'];
  readonly text: string;
};

const RUNS = 60;
const DEEPEST = 10;
const GROUPS = { path: 'path', query: 'query', header: 'headers', cookie: 'cookies' } as const;

/** The documents of one side, for requests and for responses. */
export type Sides = Readonly<Record<Part['goes'], Json>>;
export const sidesOf = ({ document }: Api): Sides => ({
  request: inDirection(document as unknown as Json, 'readOnly'),
  response: inDirection(document as unknown as Json, 'writeOnly'),
});

const at = (document: Json, pointer: string): unknown =>
  pointer
    .split('/')
    .slice(1)
    .reduce<unknown>(
      (value, token) => (value as Json | undefined)?.[token.replaceAll('~1', '/').replaceAll('~0', '~')],
      document,
    );

/** All locations of an operation. */
export function partsOf(operation: Operation, validators: unknown, sides: Sides): readonly Part[] {
  const check = (...names: readonly string[]): Check | undefined => {
    const found = names.reduce<unknown>((each, name) => (each as Json | undefined)?.[name], validators);
    const standard = (found as { '~standard'?: { validate: Check } } | undefined)?.['~standard'];
    return standard && ((value) => standard.validate(JSON.parse(JSON.stringify(value ?? null))));
  };
  const groups = Object.entries(GROUPS).map(([place, name]): Part => {
    const parameters = operation.parameters.filter(({ descriptor }) => descriptor.in === place);
    const properties = Object.fromEntries(
      parameters.map(({ descriptor, pointer }) => [descriptor.name, at(sides.request, pointer) ?? true]),
    );
    const required = parameters.flatMap(({ descriptor }) => (descriptor.required ? [descriptor.name] : []));
    return { name, goes: 'request', schema: { type: 'object', properties, required }, check: check(name) };
  });
  const contents = (
    goes: Part['goes'],
    list: readonly { mediaType: string; pointer: string }[],
    ...names: readonly string[]
  ) =>
    list.map(
      ({ mediaType, pointer }): Part => ({
        name: [...names, mediaType].join(' '),
        goes,
        schema: (at(sides[goes], pointer) ?? true) as Schema,
        check: check(...names, mediaType),
      }),
    );
  return [
    ...groups,
    ...contents('request', operation.body?.content ?? [], 'body'),
    ...operation.responses.flatMap(({ status, content }) => contents('response', content, 'responses', status)),
  ];
}

const resolver = (document: Json) => (reference: string) => at(document, reference.slice(1)) as Schema | undefined;

/** A schema with all schemas that it references, as text. Parts with equal text need no values. */
function closureOf(schema: Schema, document: Json): string {
  const [seen, waiting] = [new Map<string, string>(), [JSON.stringify(schema)]];
  for (let text = waiting.pop(); text !== undefined; text = waiting.pop())
    for (const [, reference = ''] of text.matchAll(/"\$ref":"([^"]*)"/g)) {
      if (seen.has(reference)) continue;
      const target = JSON.stringify(resolver(document)(reference)) ?? '';
      seen.set(reference, target);
      waiting.push(target);
    }
  const targets = [...seen].sort(([a], [b]) => (a < b ? -1 : 1)).map(([reference, text]) => `${reference} ${text}`);
  return [JSON.stringify(schema), ...targets].join('\n');
}

/** Generates values like `fc.gen()`, without support for shrinking, which would take most of the time. */
function drawOf(random: Random): Draw {
  const draw = (kind: unknown, ...given: readonly unknown[]): unknown => {
    if (kind === fc.boolean) return random.chance(50);
    if (kind === fc.constantFrom) return random.pick(given);
    const { min, max } = given[0] as { readonly min: number; readonly max: number };
    return min + random.below(max - min + 1);
  };
  return draw as unknown as Draw;
}

/** Replacements for a value. */
export const OTHERS: readonly unknown[] = [
  null,
  true,
  false,
  0,
  1,
  -1,
  1.5,
  2,
  100,
  1000,
  '',
  'a',
  'b',
  'x',
  'abcdefghijklmnopqrstuvwxyz',
  '2024-02-29',
  [],
  {},
];

/** Valid and almost valid values of a schema. With `undeclared`, some have properties that no schema names. */
export function valuesOf(
  schema: Schema,
  document: Json,
  seed: number,
  {
    runs = RUNS,
    others = OTHERS,
    undeclared = false,
  }: { runs?: number; others?: readonly unknown[]; undeclared?: boolean } = {},
): readonly unknown[] {
  const draw = drawOf(randomOf(seed));
  return Array.from({ length: runs }, (_, index): readonly unknown[] => {
    try {
      const more = undeclared && index % 2 === 0;
      const value = JSON.parse(JSON.stringify(sample(schema, resolver(document), draw, more, DEEPEST) ?? null));
      const variant = (): unknown => vary(value, draw, others, !more);
      return [value, variant(), variant(), variant()];
    } catch (error) {
      if (error instanceof TooDeep) return [];
      throw error;
    }
  }).flat();
}

/** Values near the limits in a text of schemas, and the values that it lists. */
function nearBounds(text: string): readonly unknown[] {
  const bounds = [...text.matchAll(/"(m[ai][nx]\w+)":(\d+)/g)].flatMap(([, keyword = '', bound]) =>
    [-1, 0, 1].map((off) =>
      keyword.endsWith('Length') ? 'a'.repeat(Math.max(0, Number(bound) + off)) : Number(bound) + off,
    ),
  );
  const values = [...text.matchAll(/"(?:const":|enum":\[)([^{}\]]*)/g)].flatMap(([, list]) => {
    try {
      return JSON.parse(`[${list?.split(',"')[0]}]`) as unknown[];
    } catch {
      return [];
    }
  });
  return [...bounds, ...values];
}

/** The value with one place omitted or replaced. @param isDeclared whether it has no property that no schema names */
function vary(value: unknown, draw: Draw, others: readonly unknown[], isDeclared: boolean): unknown {
  // Usually of the same type, so that limits and lists of values have an effect.
  const alike =
    draw(fc.integer, { min: 0, max: 3 }) > 0 ? others.filter((each) => typeof each === typeof value) : others;
  const other = draw(fc.constantFrom, ...(alike.length > 0 ? alike : others)) as unknown;
  if (Array.isArray(value) && value.length > 0) {
    const index = draw(fc.integer, { min: 0, max: value.length - 1 });
    const way = draw(fc.integer, { min: 0, max: 5 });
    if (way === 0) return [...value, value[index]];
    if (way === 1)
      return Array.from({ length: draw(fc.integer, { min: 0, max: 9 }) }, (_, at) => value[at % value.length]);
    return draw(fc.boolean)
      ? value.toSpliced(index, 1)
      : value.with(index, vary(value[index], draw, others, isDeclared));
  }
  if (!isJson(value) || Object.keys(value).length === 0) return other;
  const name = draw(fc.constantFrom, ...Object.keys(value)) as string;
  const { [name]: member, ...rest } = value;
  const way = draw(fc.integer, { min: 0, max: 9 });
  if (way === 0) return {};
  // A map may contain a name from another contract.
  if (way === 1 && isDeclared && ['extra', 'x-1'].includes(name))
    return { ...rest, [draw(fc.constantFrom, ...NAMES) as string]: member };
  return way < 4 ? rest : { ...rest, [name]: vary(member, draw, others, isDeclared) };
}

/** Properties that a side does not know. Responses and requests may contain more. */
const isUnknownMember = ({ code, message = '', errors = [] }: Issue): boolean =>
  code === 'unrecognized_keys' ||
  // The same if a part of an `allOf` applies to all of them.
  message.endsWith('no value is allowed here') ||
  errors.some((issues) => issues.length > 0 && issues.every(isUnknownMember));

/** Whether a reader of the first value finds a difference in the second. */
function differs(was: unknown, is: unknown): boolean {
  if (Array.isArray(was))
    return !Array.isArray(is) || was.length !== is.length || was.some((each, index) => differs(each, is[index]));
  if (isJson(was)) return !isJson(is) || Object.keys(was).some((name) => differs(was[name], is[name]));
  return !isDeepStrictEqual(was, is);
}

/** The keys of a map are not declared: another contract may name one. */
const isMap = (text: string): boolean => text.includes('"additionalProperties":{') && !text.includes('"properties"');

/** Compares the two sides of a part. */
export function compareParts(
  before: Part,
  after: Part,
  documents: readonly [old: Json, now: Json],
  seed: number,
): readonly Difference[] {
  const [old, now] = documents;
  const { check: was } = before;
  const { check: is } = after;
  if (was === undefined || is === undefined) return [];
  const [text, other] = [closureOf(before.schema, old), closureOf(after.schema, now)];
  if (text === other) return [];
  const near = nearBounds(text + other);
  const others = [...OTHERS, ...near, ...near, ...near];
  const found = new Map<Difference['effect'], string>();
  const tell = (effect: Difference['effect'], value: unknown): void => {
    if (!found.has(effect)) found.set(effect, JSON.stringify(value).slice(0, 300));
  };
  const [close, rightOnes, rightNow] = [
    nearOf(text, other, [...(isMap(text) ? NAMES : []), 'x-1', 'y-1']),
    [] as unknown[],
    [] as unknown[],
  ];
  const judgeOld = (value: unknown): void => {
    const [one, another] = [was(value), is(value)];
    if (one.issues !== undefined) return;
    rightOnes.push(value);
    if (another.issues !== undefined) tell('narrower', value);
    else if (differs(one.value, another.value)) tell('filled', value);
  };
  const judgeNew = (value: unknown): void => {
    if (is(value).issues !== undefined) return;
    rightNow.push(value);
    const { issues } = was(value);
    if (issues !== undefined && !issues.every(isUnknownMember)) tell('wider', value);
  };
  for (const value of valuesOf(before.schema, old, seed, { others, undeclared: true })) judgeOld(value);
  for (const value of valuesOf(after.schema, now, seed, { others })) judgeNew(value);
  if (!found.has('narrower')) for (const each of fewOf(rightOnes)) variantsOf(each, close).forEach(judgeOld);
  if (!found.has('wider')) for (const each of fewOf(rightNow)) variantsOf(each, close).forEach(judgeNew);
  return [...found].map(([effect, text]) => ({
    effect,
    goes: before.goes,
    text: `${before.name} is ${effect}: ${text}`,
  }));
}
