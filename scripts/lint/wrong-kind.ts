import type { NormalizedProblem } from '@redocly/openapi-core';
import { pointerTokens } from '../common/document/pointer.ts';

/** Of a node, `struct` says its name and then its kind; of a plain field, its JSON type alone. */
const wrongNode = /\((?:array|object)\) but got `\w+`$/;
/** Which JSON Schema allows, everywhere. */
const booleanSchema = /`Schema` \(object\) but got `boolean`/;
/** A field that wants values of any kind, such as `examples` of a schema, is looked at where it is used. */
const notSingle = /`(?:string|number|integer|boolean)` but got `(?:array|object)`\.$/;

/** What tells a parameter from another. */
const identity = /\/parameters\/[^/]+\/(?:in|name)$/;

/**
 * Whether a problem is that a map, a list or a single value stands where another of the three must be, or that a
 * parameter's name or place is none: what comes after lint relies on these. The rest of what `struct` says is of form.
 */
export function isWrongKind({ ruleId, message, location }: NormalizedProblem): boolean {
  const pointer = location[0]?.pointer ?? '';
  if (ruleId !== 'struct' || booleanSchema.test(message) || isInExtension(pointer)) return false;
  return wrongNode.test(message) || notSingle.test(message) || identity.test(pointer);
}

/** Members whose own members have names that the document chose, such as a header `x-rate-limit`. */
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

/** Redocly knows the form of some extensions of others; what is read here are our own, and `x-webhooks`. */
function isInExtension(pointer: string): boolean {
  const tokens = pointerTokens(pointer);
  return tokens.some(
    (token, index) => /^x-(?!cs-|webhooks$)/.test(token) && !(index > 0 && MAPS.has(tokens[index - 1] ?? '')),
  );
}
