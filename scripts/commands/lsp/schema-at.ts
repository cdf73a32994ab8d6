import { readFileSync } from 'node:fs';
import { isObject, ownMember, valueAt } from '../../common/document/pointer.ts';

type Schema = { readonly [keyword: string]: unknown };

let loaded: Schema | undefined;
const root = (): Schema => {
  loaded ??= JSON.parse(readFileSync(new URL('../../../specs/x-cs.schema.json', import.meta.url), 'utf8')) as Schema;
  return loaded;
};

/** The schemas of specs/x-cs.schema.json for a path, with references followed. */
function schemasAt(tokens: readonly string[]): readonly Schema[] {
  return tokens.reduce<readonly Schema[]>(
    (at, token) => at.flatMap((schema) => step(schema, token)).flatMap(spread),
    spread(root()),
  );
}

/** A schema with all schemas that apply beside it or are alternatives to it. */
function spread(schema: unknown, depth = 0): readonly Schema[] {
  if (!isObject(schema) || depth > 12) return [];
  const parts = ['allOf', 'anyOf', 'oneOf'].flatMap((word) => (Array.isArray(schema[word]) ? schema[word] : []));
  const beside = [resolve(schema.$ref), schema.then, schema.else, ...parts];
  return [schema, ...beside.flatMap((each) => spread(each, depth + 1))];
}

function resolve(ref: unknown): unknown {
  if (typeof ref !== 'string') return undefined;
  return valueAt(root(), ref);
}

function step(schema: Schema, token: string): readonly Schema[] {
  const named = ownMember(schema.properties, token);
  if (isObject(named)) return [named];
  const patterns = Object.entries(isObject(schema.patternProperties) ? schema.patternProperties : {});
  const matching = patterns.flatMap(([pattern, value]) =>
    new RegExp(pattern, 'u').test(token) && isObject(value) ? [value] : [],
  );
  if (matching.length > 0) return matching;
  const rest = /^\d+$/.test(token) && isObject(schema.items) ? schema.items : schema.additionalProperties;
  return isObject(rest) ? [rest] : [];
}

/** The description of a key or value; undefined if there is none. */
export function descriptionAt(tokens: readonly string[]): string | undefined {
  const key = tokens.at(-1) ?? '';
  // The description of the field itself comes before that of its kind.
  const own = schemasAt(tokens.slice(0, -1)).flatMap((schema) => step(schema, key));
  const found = [...own, ...own.flatMap((each) => spread(each))].find(
    ({ description }) => typeof description === 'string',
  );
  return found?.description as string | undefined;
}

/** Names of the fields that an object can have, with their descriptions. */
export function fieldsAt(tokens: readonly string[]): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  for (const schema of schemasAt(tokens))
    for (const [name, value] of Object.entries(isObject(schema.properties) ? schema.properties : {}))
      if (isObject(value)) fields.set(name, fields.get(name) || (descriptionAt([...tokens, name]) ?? ''));
  return fields;
}

/** The listed values for a path. */
export function valuesAt(tokens: readonly string[]): readonly string[] {
  const values = schemasAt(tokens).flatMap((schema) => [
    ...(Array.isArray(schema.enum) ? (schema.enum as readonly unknown[]) : []),
    ...('const' in schema ? [schema.const] : []),
    ...(schema.type === 'boolean' ? [true, false] : []),
  ]);
  return [...new Set(values.map(String))];
}
