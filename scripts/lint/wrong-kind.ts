import type { NormalizedProblem } from '@redocly/openapi-core';
import { pointerTokens } from '../common/document/pointer.ts';

/** For a node, `struct` reports its name and then its kind. For a plain field, it reports only its JSON type. */
const wrongNode = /\((?:array|object)\) but got `\w+`$/;
/** JSON Schema allows it everywhere. */
const booleanSchema = /`Schema` \(object\) but got `boolean`/;
const listedSchemas = /`Schema` \(object\) but got `array`/;
/** A field that accepts values of any kind, such as `examples` of a schema, is checked where it is used. */
const notSingle = /`(?:string|number|integer|boolean)` but got `(?:array|object)`\.$/;

/** The fields that identify a parameter. */
const identity = /\/parameters\/[^/]+\/(?:in|name)$/;

/**
 * Whether an error is that a map, a list or a single value has the wrong kind, or that a parameter's name or location
 * is invalid: later stages rely on these. The other errors of `struct` concern form.
 */
export function isWrongKind({ ruleId, message, location }: NormalizedProblem): boolean {
  const pointer = location[0]?.pointer ?? '';
  if (ruleId !== 'struct' || booleanSchema.test(message) || isInExtension(pointer)) return false;
  if (listedSchemas.test(message) && isTuple(pointer)) return false;
  return wrongNode.test(message) || notSingle.test(message) || identity.test(pointer);
}

/** Properties whose own keys are chosen by the document, such as a header `x-rate-limit`. */
const MAPS = new Set([
  'properties',
  'patternProperties',
  'dependentSchemas',
  '$defs',
  'definitions',
  'schemas',
  'responses',
  'parameters',
  'examples',
  'requestBodies',
  'headers',
  'securitySchemes',
  'links',
  'callbacks',
  'pathItems',
  'content',
  'encoding',
]);

/** Whether a pointer leads to the keyword `items`, not to a property of that name. The expansion reads a list there. */
function isTuple(pointer: string): boolean {
  const [above = '', last] = pointerTokens(pointer).slice(-2);
  return last === 'items' && !MAPS.has(above);
}

/** Redocly knows the form of some third-party extensions. We read only our own, and `x-webhooks`. */
function isInExtension(pointer: string): boolean {
  const tokens = pointerTokens(pointer);
  return tokens.some(
    (token, index) => /^x-(?!cs-|webhooks$)/.test(token) && !(index > 0 && MAPS.has(tokens[index - 1] ?? '')),
  );
}
