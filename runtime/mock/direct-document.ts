import { createSchemaSource } from '../values/schema-source.ts';
import { isSchemaObject, listOf, type Schema, type SchemaObject, type SchemaSource } from '../values/types.ts';

/** Whether a document is for requests or for responses. */
export type Direction = 'request' | 'response';

/**
 * Copies a document so that each direction requires only its own properties: `readOnly` properties are required only in
 * responses, and `writeOnly` ones only in requests (OpenAPI 3.1.1, section 4.8.24.1). Unchanged parts are shared.
 */
export function directDocument(document: object, direction: Direction): object {
  if (!JSON.stringify(document).includes(`"${KEYWORDS[direction]}":true`)) return document;
  return direct(document, KEYWORDS[direction], createSchemaSource(document)) as object;
}

/** Copies one schema of a document like {@link directDocument}. */
export const directSchema = (schema: Schema, direction: Direction, source: SchemaSource): Schema =>
  direct(schema, KEYWORDS[direction], source) as Schema;

/** The keyword that marks the properties of the other side. */
const KEYWORDS = { request: 'readOnly', response: 'writeOnly' } as const;

function direct(root: unknown, keyword: string, source: SchemaSource): unknown {
  const copy = (value: unknown, outer: ReadonlySet<string>): unknown => {
    if (Array.isArray(value)) return value.map((item) => copy(item, outer));
    if (!isSchemaObject(value)) return value;
    const hasParts = Array.isArray(value['allOf']);
    const hidden = hasParts || Array.isArray(value['required']) ? hiddenOf(value, keyword, source, outer) : outer;
    return Object.fromEntries(
      Object.entries(value).map(([name, member]) => {
        if (name === 'required' && Array.isArray(member)) return [name, member.filter((each) => !hidden.has(each))];
        // All parts of one value share its properties. Nested schemas describe other values.
        return [name, copy(member, name === 'allOf' ? hidden : NONE)];
      }),
    );
  };
  return copy(root, NONE);
}

const NONE: ReadonlySet<string> = new Set();

/** The names of properties that are not sent, according to a schema and all schemas that apply to the same value. */
function hiddenOf(
  schema: SchemaObject,
  keyword: string,
  source: SchemaSource,
  outer: ReadonlySet<string>,
): ReadonlySet<string> {
  const hidden = new Set(outer);
  for (const part of partsOf(schema, source)) {
    for (const [name, member] of Object.entries(isSchemaObject(part['properties']) ? part['properties'] : {})) {
      if (partsOf(member as Schema, source).some((each) => each[keyword] === true)) hidden.add(name);
    }
  }
  return hidden;
}

function partsOf(schema: Schema, { resolve }: SchemaSource): readonly SchemaObject[] {
  const found = new Set<SchemaObject>();
  const waiting: (Schema | undefined)[] = [schema];
  while (waiting.length > 0) {
    const next = waiting.pop();
    if (!isSchemaObject(next) || found.has(next)) continue;
    found.add(next);
    if (typeof next['$ref'] === 'string') waiting.push(resolve(next['$ref']));
    waiting.push(...listOf(next['allOf']));
  }
  return [...found];
}
