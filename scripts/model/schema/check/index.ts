import type { Diagnostic } from '../../../common/diagnostics/diagnostic.ts';
import type { Api, JsonSchema } from '../../types.ts';
import { discriminatorChoices } from '../discriminator.ts';
import { referenceLoops } from '../graph/loops.ts';
import { pointerTo } from '../graph/pointer.ts';
import { type Resources, schemaResources } from '../graph/resources.ts';
import { schemaRoots } from '../graph/roots.ts';
import { type Subschema, subschemas } from '../keywords.ts';
import { beginDocument } from '../patterns/slow-pattern.ts';
import { fallbackOf } from '../shape/fallback.ts';
import { int64Problems } from './check-int64.ts';
import { keywordProblems } from './check-keywords.ts';
import type { Problem } from './problem.ts';

/**
 * Maximum nesting. People do not write deeper schemas, and a compiler that reads the output would exhaust its stack.
 */
const DEEPEST = 200;

/**
 * Reports every invalid schema of the API (unknown type, invalid pattern, a bound that is not a number, an unresolved
 * reference), and as warnings, schemas that are probably mistakes. Each has its place in the spec.
 */
export function checkSchemas(
  api: Pick<Api, 'document' | 'schemas' | 'operations' | 'locate' | 'int64'>,
): readonly Diagnostic[] {
  beginDocument();
  const resources = schemaResources(api);
  const diagnostics: Diagnostic[] = [];
  const report = (pointer: string, { severity = 'error', code, message, help }: Problem) => {
    diagnostics.push({ severity, code, message, help, at: api.locate(pointer), pointer });
  };
  const seen = new Set<JsonSchema>();
  for (const root of schemaRoots(api)) {
    const waiting: Visited[] = [{ schema: root.schema, above: root.pointer, tokens: [], depth: 0 }];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      const at = next;
      const { schema, depth } = at;
      if (typeof schema === 'boolean' || seen.has(schema)) continue;
      seen.add(schema);
      if (depth > DEEPEST) {
        report(placeOf(at), {
          code: 'schema-too-deep',
          message: `The schema is nested more than ${DEEPEST} levels deep.`,
          help: 'Move a part of the schema to components/schemas and refer to it with $ref.',
        });
        continue;
      }
      for (const problems of [
        keywordProblems(schema),
        referenceProblems(schema, resources),
        discriminatorProblems(schema, resources),
        api.int64 === 'string' ? int64Problems(schema, resources) : NONE,
      ])
        for (const problem of problems) report(pointerTo(placeOf(at), problem.tokens ?? []), problem);
      const inner = subschemas(schema);
      for (const { keyword, schema: property, tokens } of inner) {
        if (keyword === 'properties') reportDefault(property, () => pointerTo(placeOf(at), tokens), resources, report);
      }
      for (let index = inner.length - 1; index >= 0; index -= 1) {
        const { schema: nested, tokens } = inner[index] as Subschema;
        waiting.push({ schema: nested, above: at, tokens, depth: depth + 1 });
      }
    }
  }
  const parameters = api.operations.flatMap((operation) => operation.parameters);
  // Operations share the schemas of components.
  for (const [pointer, schema] of new Map(parameters.map((each) => [each.pointer, each.schema])))
    reportDefault(schema, () => pointer, resources, report);
  for (const schema of referenceLoops(api)) {
    report(resources.placeOf(schema).pointer, {
      code: 'schema-reference-loop',
      message: 'The schema refers to itself for the same value, so validation would never end.',
      help: 'Move the reference into a property or items, or remove it.',
    });
  }
  return diagnostics;
}

/** Almost every schema has no problem. */
const NONE: readonly Problem[] = [];

/** A nested schema. Its pointer is built only for a problem. */
type Visited = {
  readonly schema: JsonSchema;
  readonly above: Visited | string;
  readonly tokens: readonly string[];
  readonly depth: number;
};

const placeOf = ({ above, tokens }: Visited): string =>
  pointerTo(typeof above === 'string' ? above : placeOf(above), tokens);

function referenceProblems(schema: Exclude<JsonSchema, boolean>, resources: Resources): readonly Problem[] {
  if (schema.$ref === undefined && schema.$dynamicRef === undefined) return NONE;
  return ['$ref', '$dynamicRef'].flatMap((keyword) => {
    const ref = schema[keyword];
    if (typeof ref !== 'string' || resources.resolve(ref, schema) !== undefined) return [];
    return {
      code: 'schema-unknown-reference',
      message: `${keyword} cannot be resolved: ${JSON.stringify(ref)}.`,
      help: 'Refer to a schema of this document, for example #/components/schemas/Name.',
      tokens: [keyword],
    };
  });
}

function discriminatorProblems(schema: Exclude<JsonSchema, boolean>, resources: Resources): readonly Problem[] {
  if (schema.discriminator === undefined || discriminatorChoices(schema, resources) !== 'contradictory') return NONE;
  return [
    {
      severity: 'warning',
      code: 'schema-discriminator-contradiction',
      message: 'The discriminator contradicts its alternatives and is ignored: every alternative is tried.',
      help: 'Map each value that the alternatives allow for the property to one alternative.',
      tokens: ['discriminator'],
    },
  ];
}

function reportDefault(
  schema: JsonSchema,
  place: () => string,
  resources: Resources,
  report: (pointer: string, problem: Problem) => void,
): void {
  if (typeof schema === 'boolean' || !('default' in schema)) return;
  if (fallbackOf(schema, resources.resolve) !== undefined) return;
  report(pointerTo(place(), ['default']), {
    severity: 'warning',
    code: 'schema-default-mismatch',
    message: `The default ${JSON.stringify(schema.default)} does not match its schema and is ignored.`,
    help: 'Write a default that matches the type, values and properties of the schema.',
  });
}
