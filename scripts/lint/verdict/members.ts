import { isObject, type JsonObject } from '../../common/document/pointer.ts';
import { every, type Keyword, type Spot, type Verdict } from './types.ts';
import { matchesPattern, sure } from './values.ts';

/** A keyword of objects whose operand is a map. Other values are valid. */
const ofMap =
  (judge: (object: JsonObject, operand: JsonObject, spot: Spot) => Verdict): Keyword =>
  (spot, operand) => {
    if (!isObject(operand)) return 'unknown';
    return isObject(spot.value) ? judge(spot.value, operand, spot) : 'valid';
  };

const properties = ofMap((object, operand, { check, schema, closed }) =>
  every(Object.keys(object), (key) => {
    if (Object.hasOwn(operand, key)) return check(object[key], operand[key]);
    return closed && isUnnamed(key, schema) ? 'unknown' : 'valid';
  }),
);

const patternProperties = ofMap((object, operand, { check, schema, closed }) =>
  every(Object.keys(object), (key) => {
    const open = closed && isUnnamed(key, schema) ? 'unknown' : 'valid';
    const verdict = every(Object.entries(operand), ([pattern, inner]) => {
      const matched = matchesPattern(key, pattern);
      if (matched === 'unknown') return 'unknown';
      return matched === 'valid' ? check(object[key], inner) : 'valid';
    });
    return verdict === 'valid' ? open : verdict;
  }),
);

/** Whether no keyword of the schema validates the property. */
const isUnnamed = (key: string, schema: JsonObject): boolean =>
  !Object.hasOwn(schema, 'additionalProperties') && isAdditional(key, schema) !== 'invalid';

function isAdditional(key: string, { properties: named, patternProperties: patterns }: JsonObject): Verdict {
  if (isObject(named) && Object.hasOwn(named, key)) return 'invalid';
  if (!isObject(patterns)) return 'valid';
  const verdicts = Object.keys(patterns).map((pattern) => matchesPattern(key, pattern));
  if (verdicts.includes('valid')) return 'invalid';
  return verdicts.includes('unknown') ? 'unknown' : 'valid';
}

const additionalProperties: Keyword = ({ value, schema, check }, operand) => {
  if (!isObject(value)) return 'valid';
  return every(Object.keys(value), (key) => {
    const additional = isAdditional(key, schema);
    if (additional === 'invalid') return 'valid';
    return additional === 'unknown' ? 'unknown' : check(value[key], operand);
  });
};

/** A property that only requests or only responses have may be missing in the other. */
function mayBeMissing({ properties: named }: JsonObject, name: string): boolean {
  const property = isObject(named) && Object.hasOwn(named, name) ? named[name] : undefined;
  return isObject(property) && (property.readOnly === true || property.writeOnly === true);
}

const required: Keyword = ({ value, schema }, operand) => {
  if (!Array.isArray(operand)) return 'unknown';
  if (!isObject(value)) return 'valid';
  return every(operand, (name: unknown) => {
    if (typeof name !== 'string') return 'unknown';
    if (Object.hasOwn(value, name)) return 'valid';
    return mayBeMissing(schema, name) ? 'unknown' : 'invalid';
  });
};

const dependentRequired = ofMap((object, operand) =>
  every(Object.entries(operand), ([key, names]) => {
    if (!Object.hasOwn(object, key)) return 'valid';
    if (!Array.isArray(names)) return 'unknown';
    return sure(names.every((name: unknown) => typeof name === 'string' && Object.hasOwn(object, name)));
  }),
);

const dependentSchemas = ofMap((object, operand, { check }) =>
  every(Object.entries(operand), ([key, inner]) => (Object.hasOwn(object, key) ? check(object, inner) : 'valid')),
);

const propertyNames: Keyword = ({ value, check }, operand) =>
  isObject(value) ? every(Object.keys(value), (key) => check(key, operand)) : 'valid';

/** The keywords of objects. */
export const MEMBER_KEYWORDS: readonly (readonly [string, Keyword])[] = [
  ['properties', properties],
  ['patternProperties', patternProperties],
  ['additionalProperties', additionalProperties],
  ['required', required],
  ['dependentRequired', dependentRequired],
  ['dependentSchemas', dependentSchemas],
  ['propertyNames', propertyNames],
];
