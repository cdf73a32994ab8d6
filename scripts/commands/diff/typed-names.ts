import { isObject, type JsonObject } from '../../common/document/pointer.ts';

/** Types have an index signature for such a pattern. */
const PREFIX = /^\^([\w-]+)$/;

/** Whether types express each pattern by the beginning of its names, which no named property has. */
function arePrefixes(patterns: JsonObject, names: readonly string[]): boolean {
  const prefixes = Object.keys(patterns).map((pattern) => PREFIX.exec(pattern)?.[1]);
  const isApart = (prefix: string, index: number): boolean =>
    !names.some((name) => name.startsWith(prefix)) &&
    !prefixes.some((other, at) => at !== index && other?.startsWith(prefix));
  return prefixes.every((prefix, index) => prefix !== undefined && isApart(prefix, index));
}

const COMPOSED = ['$ref', 'allOf', 'anyOf', 'oneOf', 'properties', 'patternProperties', 'unevaluatedProperties'];

/** Types have an index signature of unknown values for such a part. */
export function isFree(part: JsonObject): boolean {
  const { type, properties, additionalProperties, patternProperties } = part;
  const named = isObject(properties) ? Object.keys(properties) : [];
  const names = named.length;
  if (isObject(patternProperties) && additionalProperties === undefined && !arePrefixes(patternProperties, named))
    return true;
  if (
    additionalProperties === true ||
    (isObject(additionalProperties) && Object.keys(additionalProperties).length === 0)
  )
    return true;
  const isComposed = COMPOSED.some((keyword) => keyword in part && keyword !== 'properties');
  const isObjects =
    [type].flat().every((each) => each === 'object' || each === 'null') && [type].flat().includes('object');
  return isObjects && names === 0 && additionalProperties === undefined && !isComposed;
}

/** Types do not let programs name any property for such a part. */
export const isEmpty = ({ properties, additionalProperties }: JsonObject): boolean =>
  additionalProperties === false && Object.keys(isObject(properties) ? properties : {}).length === 0;

const namesOf = ({ properties }: JsonObject): readonly string[] => Object.keys(isObject(properties) ? properties : {});

/** The properties that one part names and a second part rejects. */
export function forbiddenIn(parts: readonly JsonObject[]): ReadonlySet<string> {
  const closed = parts.filter((part) => part.additionalProperties === false && !isObject(part.patternProperties));
  if (closed.length === 0) return new Set();
  const names = parts.flatMap(namesOf);
  return new Set(names.filter((name) => closed.some((part) => !namesOf(part).includes(name))));
}
