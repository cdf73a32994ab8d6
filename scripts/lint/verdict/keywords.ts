import { isObject } from '../../common/document/pointer.ts';
import { MEMBER_KEYWORDS } from './members.ts';
import { every, type Keyword, type Verdict } from './types.ts';
import { isCompared, matchesPattern, sure, typesOf } from './values.ts';

const isList = (operand: unknown): operand is readonly unknown[] => Array.isArray(operand);

/** A limit of values of one kind. Other values are valid. */
const limit =
  <Value>(
    measure: (value: unknown) => Value | undefined,
    holds: (measured: Value, operand: number) => boolean,
  ): Keyword =>
  ({ value }, operand) => {
    const measured = measure(value);
    if (measured === undefined) return 'valid';
    return typeof operand === 'number' ? sure(holds(measured, operand)) : 'unknown';
  };

const atLeast = (measured: number, operand: number): boolean => measured >= operand;
const atMost = (measured: number, operand: number): boolean => measured <= operand;
const numberOf = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isFinite(value) ? value : undefined;
/** In characters, not in UTF-16 units. */
const lengthOf = (value: unknown): number | undefined => (typeof value === 'string' ? [...value].length : undefined);
const itemsOf = (value: unknown): number | undefined => (isList(value) ? value.length : undefined);
const membersOf = (value: unknown): number | undefined => (isObject(value) ? Object.keys(value).length : undefined);

const type: Keyword = ({ value }, operand) => {
  const types = typeof operand === 'string' ? [operand] : operand;
  const known = isList(types) && types.length > 0 ? typesOf(types) : undefined;
  return known === undefined ? 'unknown' : sure(known.some((isType) => isType(value)));
};

const among = (value: unknown, allowed: readonly unknown[]): Verdict => {
  if (allowed.some((each) => each === value)) return 'valid';
  return isCompared(value) || allowed.every(isCompared) ? 'invalid' : 'unknown';
};

const uniqueItems: Keyword = ({ value }, operand) => {
  if (operand === false || !isList(value) || value.length < 2)
    return typeof operand === 'boolean' ? 'valid' : 'unknown';
  return operand === true && value.every(isCompared) ? sure(new Set(value).size === value.length) : 'unknown';
};

const oneOf: Keyword = ({ choose }, operand) => {
  if (!isList(operand)) return 'unknown';
  const verdicts = operand.map(choose);
  const valid = verdicts.filter((verdict) => verdict === 'valid').length;
  if (valid > 1) return 'invalid';
  return verdicts.includes('unknown') ? 'unknown' : sure(valid === 1);
};

const anyOf: Keyword = ({ choose }, operand) => {
  if (!isList(operand)) return 'unknown';
  const verdicts = operand.map(choose);
  if (verdicts.includes('valid')) return 'valid';
  return verdicts.includes('unknown') ? 'unknown' : 'invalid';
};

/** Keywords whose operands contain no schema. */
const OWN: ReadonlySet<string> = new Set([
  'const',
  'enum',
  'exclusiveMaximum',
  'exclusiveMinimum',
  'maxLength',
  'maximum',
  'minLength',
  'minimum',
  'pattern',
  'type',
]);

const not: Keyword = ({ choose, reading }, operand) => {
  // Redocly's Ajv skips a reference that it is already following, also in a negation.
  const isOwn = isObject(operand) && Object.keys(operand).every((keyword) => OWN.has(keyword));
  const verdict = reading.closed && !isOwn ? 'unknown' : choose(operand);
  return verdict === 'unknown' ? 'unknown' : sure(verdict === 'invalid');
};

const conditional: Keyword = ({ value, schema, check, choose }, operand) => {
  const verdict = choose(operand);
  if (verdict === 'unknown') return 'unknown';
  const branch = verdict === 'valid' ? schema.then : schema.else;
  return branch === undefined ? 'valid' : check(value, branch);
};

/** Only requests or only responses have it. */
const inOneDirection: Keyword = (_, operand) => (operand === false ? 'valid' : 'unknown');

/** `if` decides. */
const decided: Keyword = () => 'valid';

const format: Keyword = ({ value, reading: { matches } }, operand) => {
  if (matches === undefined) return 'valid';
  return typeof operand === 'string' && matches(operand, value) ? 'valid' : 'unknown';
};

export const KEYWORDS: ReadonlyMap<string, Keyword> = new Map<string, Keyword>([
  ['$ref', ({ follow }, operand) => (typeof operand === 'string' ? follow(operand) : 'unknown')],
  ['type', type],
  ['const', ({ value }, operand) => among(value, [operand])],
  ['enum', ({ value }, operand) => (isList(operand) && operand.length > 0 ? among(value, operand) : 'unknown')],
  ['minimum', limit(numberOf, atLeast)],
  ['maximum', limit(numberOf, atMost)],
  ['exclusiveMinimum', limit(numberOf, (measured, operand) => measured > operand)],
  ['exclusiveMaximum', limit(numberOf, (measured, operand) => measured < operand)],
  ['minLength', limit(lengthOf, atLeast)],
  ['maxLength', limit(lengthOf, atMost)],
  ['minItems', limit(itemsOf, atLeast)],
  ['maxItems', limit(itemsOf, atMost)],
  ['minProperties', limit(membersOf, atLeast)],
  ['maxProperties', limit(membersOf, atMost)],
  ['pattern', ({ value }, operand) => (typeof value === 'string' ? matchesPattern(value, operand) : 'valid')],
  ['format', format],
  ['uniqueItems', uniqueItems],
  ['items', ({ value, check }, operand) => (isList(value) ? every(value, (item) => check(item, operand)) : 'valid')],
  ['oneOf', oneOf],
  ['anyOf', anyOf],
  ['allOf', ({ combine }, operand) => (isList(operand) ? every(operand, combine) : 'unknown')],
  ['not', not],
  ['if', conditional],
  ['then', decided],
  ['else', decided],
  ['readOnly', inOneDirection],
  ['writeOnly', inOneDirection],
  ...MEMBER_KEYWORDS,
]);
