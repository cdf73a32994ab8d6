import type { Config, Plugin } from '@redocly/openapi-core';
import { fullFormats } from 'ajv-formats/dist/formats.js';
import { isObject, type JsonObject } from '../common/document/pointer.ts';
import { withoutRounding, withoutTexts } from './example-problems.ts';
import type { RuleContext, Visit } from './rule.ts';
import { type Placed, verdictOf } from './verdict/index.ts';

/** Redocly's rules that validate examples. */
const RULES = ['no-invalid-media-type-examples', 'no-invalid-parameter-examples', 'no-invalid-schema-examples'];

/** Redocly passes more arguments than our rules use. */
type FullVisit = (
  node: JsonObject,
  context: RuleContext & { readonly specVersion: string },
  ...more: unknown[]
) => void;

/**
 * Redocly compiles the schema of each example, which takes most of the time of its rules. With this change, it only
 * sees the nodes whose examples are not certainly valid, and still finds and words every error.
 */
export function skipPlainExamples(config: Config): Config {
  config.plugins = config.plugins.map((plugin) => {
    const oas3 = plugin.id === '' ? plugin.rules?.oas3 : undefined;
    return oas3 === undefined ? plugin : { ...plugin, rules: { ...plugin.rules, oas3: wrapRules(oas3) } };
  });
  return config;
}

type Rules = NonNullable<NonNullable<Plugin['rules']>['oas3']>;

function wrapRules(rules: Rules): Rules {
  const wrapped = RULES.flatMap((name) => {
    const rule = rules[name];
    return rule === undefined ? [] : [[name, ((settings) => wrap(rule(settings))) as typeof rule] as const];
  });
  return { ...rules, ...Object.fromEntries(wrapped) };
}

/** Replaces each `leave` of a visitor. */
function wrap<Visitor>(visitor: Visitor): Visitor {
  if (!isObject(visitor)) return visitor;
  const entries = Object.entries(visitor).map(([key, value]) => [
    key,
    key === 'leave' && typeof value === 'function' ? leaveUnlessPlain(value as FullVisit) : wrap(value),
  ]);
  return Object.fromEntries(entries) as Visitor;
}

const leaveUnlessPlain =
  (leave: FullVisit): FullVisit =>
  (node, context, ...more) => {
    const described = withoutTexts(node, context);
    // OpenAPI 3.0 has another dialect of JSON Schema.
    if (context.specVersion === 'oas3_0' || !hasPlainExamples(described, context))
      leave(described, withoutRounding(described, context), ...more);
  };

/** Whether all examples of a media type, a parameter or a schema are certainly valid. */
function hasPlainExamples(node: JsonObject, { resolve, location, type }: Parameters<Visit>[1]): boolean {
  const schema = type.name === 'Schema' ? node : node.schema;
  const examples = valuesOf(node, (example) => resolve(example).node);
  if (examples === undefined) return false;
  const base = location.source.absoluteRef;
  return examples.every(
    (value) => verdictOf(value, { schema, base }, { resolve: follow, closed: true, matches }) === 'valid',
  );

  function follow(reference: string, from: string): Placed | undefined {
    const found = resolve({ $ref: reference }, from);
    return found.location && { schema: found.node, base: found.location.source.absoluteRef };
  }
}

/** Every example of a node. Undefined if one has an unusual form. */
function valuesOf(node: JsonObject, resolve: (example: unknown) => unknown): readonly unknown[] | undefined {
  const { example, examples } = node;
  const one = example === undefined ? [] : [example];
  if (examples === undefined) return one;
  if (Array.isArray(examples)) return [...one, ...examples];
  if (!isObject(examples)) return undefined;
  const values: unknown[] = [...one];
  for (const each of Object.values(examples)) {
    const found = resolve(each);
    if (!isObject(found)) return undefined;
    // An external value is not validated.
    const value = found.dataValue ?? found.value;
    if (value !== undefined) values.push(value);
  }
  return values;
}

type Format = (typeof fullFormats)[keyof typeof fullFormats];

function matches(name: string, value: unknown): boolean {
  const format: Format | undefined = Object.hasOwn(fullFormats, name)
    ? fullFormats[name as keyof typeof fullFormats]
    : undefined;
  // Ajv ignores unknown formats.
  if (format === undefined || format === true) return true;
  const { type = 'string', validate }: { type?: string; validate: unknown } =
    format instanceof RegExp || typeof format === 'function' ? { validate: format } : (format as never);
  if (typeof value !== type) return true;
  if (validate instanceof RegExp) return validate.test(String(value));
  return typeof validate === 'function' && validate(value) === true;
}
