import { kindOf } from '@countersign/runtime/contract';
import { isMultipleOf } from '../../runtime/validators/multiple.ts';
import { isObject, type JsonObject, valueAt } from '../common/document/pointer.ts';
import type { Location, RuleContext } from './rule.ts';

/**
 * A media type without the examples that are texts in their own format: XML, CSV or a form cannot be written as a value
 * of the schema, so an example is a string (OpenAPI 3.1.1, section 4.8.14.4). A string for a schema of strings stays.
 */
export function withoutTexts(node: JsonObject, { type, key, resolve }: RuleContext): JsonObject {
  if (type.name !== 'MediaType' || isJson(String(key)) || acceptsText(node.schema, resolve)) return node;
  const { example, examples, ...rest } = node;
  const kept = Object.entries(isObject(examples) ? examples : {}).filter(([, each]) => {
    const found = resolve(each).node;
    return !isObject(found) || typeof (found.dataValue ?? found.value) !== 'string';
  });
  return {
    ...rest,
    ...(example !== undefined && typeof example !== 'string' && { example }),
    ...(examples !== undefined && { examples: isObject(examples) ? Object.fromEntries(kept) : examples }),
  };
}

/** A range may stand for JSON, whose examples are values. */
const isJson = (mediaType: string): boolean => mediaType.includes('*') || kindOf(mediaType) === 'json';

function acceptsText(schema: unknown, resolve: RuleContext['resolve']): boolean {
  const { node } = resolve(schema);
  return isObject(node) && [node.type].flat().some((name) => name === 'string');
}

const ROUNDED = /must be multiple of (\S+?)\.$/;

/**
 * Ajv divides in binary, in which 19.99 is not a multiple of 0.01. Such a report is kept only if the runtime's validators,
 * which calculate in decimals, agree.
 */
export function withoutRounding<Context extends RuleContext>(node: JsonObject, context: Context): Context {
  const report: RuleContext['report'] = (problem) => {
    const [, divisor] = ROUNDED.exec(problem.message) ?? [];
    const value = divisor === undefined ? undefined : valueIn(node, context, problem.location);
    if (typeof value !== 'number' || !isMultipleOf(value, Number(divisor))) context.report(problem);
  };
  return { ...context, report };
}

/** The value at a place in the examples of a node, which may be in other files. */
function valueIn(node: JsonObject, { location, resolve }: RuleContext, { pointer, source }: Location): unknown {
  const { examples } = node;
  const shared = Object.values(isObject(examples) ? examples : {}).map((each) => resolve(each));
  for (const { node: root, location: place } of [...shared, { node, location }]) {
    const isInside = place?.source.absoluteRef === source.absoluteRef && pointer.startsWith(`${place.pointer}/`);
    if (isInside) return valueAt(root, pointer.slice(place.pointer.length));
  }
  return undefined;
}
