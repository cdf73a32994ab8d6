import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { buildApi } from '../../../scripts/model/index.ts';
import type { Api, JsonSchema } from '../../../scripts/model/types.ts';
import { readRemotes } from './groups.ts';

const META = 'https://json-schema.org/draft/2020-12/';
const require = createRequire(import.meta.url);

/**
 * An OpenAPI document whose component `Subject` is the schema. A component's `#` is the whole document, so that a
 * schema that refers to itself gets an `$id`. Schemas of other addresses are components with that `$id`, as OpenAPI
 * defines it.
 */
export function documentOf(schema: JsonSchema): Api {
  const named =
    typeof schema === 'object' && !('$id' in schema) ? { $id: 'urn:countersign:subject', ...schema } : schema;
  const schemas: { [name: string]: JsonSchema } = { Subject: named };
  const text = JSON.stringify(schema);
  if (text.includes('localhost:1234')) add(schemas, 'Remote', readRemotes(), named);
  // `$schema` names the dialect. Only a reference needs the metaschema itself.
  if (text.includes(`"$ref":"${META}`)) add(schemas, 'Meta', readMetaschemas(), named);
  const document = {
    openapi: '3.1.0',
    info: { title: 'JSON Schema Test Suite', version: '1' },
    paths: {},
    components: { schemas },
  };
  return buildApi({ document, locate: (pointer) => ({ file: pointer, line: 1, column: 1 }) }, 'suite');
}

function add(
  schemas: { [name: string]: JsonSchema },
  prefix: string,
  others: ReadonlyMap<string, JsonSchema>,
  subject: JsonSchema,
): void {
  for (const [address, schema] of others) {
    // Metaschemas of other dialects are not schemas for values.
    if (typeof schema === 'boolean' || (prefix === 'Remote' && '$vocabulary' in schema)) continue;
    const $id = typeof schema.$id === 'string' ? new URL(schema.$id, address).href : address;
    if (typeof subject === 'object' && subject.$id === $id) continue;
    schemas[`${prefix} ${Object.keys(schemas).length}`] = { ...schema, $id };
  }
}

/** The metaschema and its vocabularies, as AJV contains them. */
function readMetaschemas(): ReadonlyMap<string, JsonSchema> {
  const names = [
    'schema',
    ...['core', 'applicator', 'unevaluated', 'validation', 'meta-data', 'content', 'format-annotation'].map(
      (name) => `meta/${name}`,
    ),
  ];
  return new Map(
    names.map((name) => {
      const file = require.resolve(`ajv/dist/refs/json-schema-2020-12/${name}.json`);
      return [`${META}${name}`, JSON.parse(readFileSync(file, 'utf8')) as JsonSchema] as const;
    }),
  );
}
