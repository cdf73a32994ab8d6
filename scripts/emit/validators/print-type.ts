import { keyLiteral, literal } from '../../common/text/literal.ts';
import { isFile } from '../../model/schema/file.ts';
import { isSchema, isSchemaObject, type SchemaObject } from '../../model/schema/keywords.ts';
import { requiredMembers, typedSchema } from '../../model/schema/types/typed-schema.ts';
import type { JsonSchema } from '../../model/types.ts';
import type { Printer } from './printer.ts';
import { unitOf } from './printer.ts';

const DEEPEST = 100;

type Inner = (schema: JsonSchema) => string;
type Resolve = (ref: string, from: JsonSchema) => JsonSchema | undefined;

/** The TypeScript type of a schema, built as openapi-typescript builds it, so that the two agree. */
export function printType(schema: JsonSchema, printer: Printer): string {
  return typeText(schema, printer, DEEPEST);
}

function typeText(written: JsonSchema, printer: Printer, depth: number): string {
  if (!isSchemaObject(written)) return written ? 'unknown' : 'never';
  if (depth === 0) return 'unknown';
  const unit = unitOf(written, printer);
  const named = unit && printer.typeOfUnit(unit);
  if (named !== undefined) return named;
  const { resolve } = printer.knowledge.graph.resources;
  const schema = typedSchema(written, resolve);
  const inner = (each: JsonSchema) => typeText(each, printer, depth - 1);
  if (typeof schema.$ref === 'string') {
    const target = resolve(schema.$ref, schema);
    return target === undefined ? 'unknown' : inner(target);
  }
  if (schema.const !== undefined && schema.const !== null) return valueType(schema.const);
  if (Array.isArray(schema.enum) && schema.type !== 'object' && !schema.properties && !schema.additionalProperties)
    return union(schema.enum.map(valueType));
  return composedType(schema, inner, resolve);
}

function composedType(schema: SchemaObject, inner: Inner, resolve: Resolve): string {
  const list = (keyword: string) => (Array.isArray(schema[keyword]) ? schema[keyword].filter(isSchema).map(inner) : []);
  const own = coreType(schema, inner, resolve);
  const parts = Array.isArray(schema.allOf) ? schema.allOf.filter(isSchema) : [];
  const required: readonly unknown[] = Array.isArray(schema.required) ? schema.required : [];
  const all = [...(own === undefined ? [] : [own]), ...parts.map((part) => partType(part, required, inner, resolve))];
  let type = all.length === 0 ? undefined : intersection(all);
  const any = list('anyOf');
  if (any.length > 0) type = union(type === undefined ? any : [type, ...any]);
  const one = list('oneOf');
  if (one.length > 0) type = type === undefined ? union(one) : intersection([type, union(one)]);
  return type ?? ('type' in schema ? '{ [key: string]: unknown }' : 'unknown');
}

/** A part of `allOf`, with what the whole requires of it. */
function partType(part: JsonSchema, required: readonly unknown[], inner: Inner, resolve: Resolve): string {
  if (!isSchemaObject(part) || required.length === 0) return inner(part);
  if (typeof part.$ref !== 'string') {
    const own: readonly unknown[] = Array.isArray(part.required) ? part.required : [];
    return inner({ ...part, required: [...own, ...required] });
  }
  const names = requiredMembers(part, required, resolve);
  const type = inner(part);
  return names.length === 0 ? type : `(${type} & Required<Pick<${type}, ${names.map(literal).join(' | ')}>>)`;
}

function coreType(schema: SchemaObject, inner: Inner, resolve: Resolve): string | undefined {
  const { type } = schema;
  switch (type) {
    case 'string':
      return isFile(schema) ? 'Blob' : type;
    case 'boolean':
    case 'null':
      return type;
    case 'number':
    case 'integer':
      return 'number';
    case 'array':
      return arrayType(schema, inner);
  }
  if (!Array.isArray(type)) return objectType(schema, inner);
  const { oneOf: _one, anyOf: _any, allOf: _all, ...rest } = schema;
  return union(type.map((each) => (each === 'null' ? 'null' : composedType({ ...rest, type: each }, inner, resolve))));
}

function arrayType({ prefixItems, items }: SchemaObject, inner: Inner): string {
  if (Array.isArray(prefixItems)) return `[${prefixItems.filter(isSchema).map(inner).join(', ')}]`;
  return isSchema(items) && items !== false ? `(${inner(items)})[]` : 'unknown[]';
}

function objectType(schema: SchemaObject, inner: Inner): string | undefined {
  const { properties, additionalProperties, patternProperties } = schema;
  const required: readonly unknown[] = Array.isArray(schema.required) ? schema.required : [];
  const members = Object.entries(isSchemaObject(properties) ? properties : {}).filter(([, each]) => isSchema(each));
  const named = members.map(([name, each]) => {
    return `${keyLiteral(name)}${required.includes(name) ? '' : '?'}: ${inner(each as JsonSchema)};`;
  });
  const index: string[] = [];
  if (additionalProperties === true) index.push('unknown');
  if (isSchemaObject(additionalProperties)) {
    index.push(Object.keys(additionalProperties).length > 0 ? inner(additionalProperties) : 'unknown');
  }
  if (isSchemaObject(patternProperties)) index.push(...Object.values(patternProperties).filter(isSchema).map(inner));
  const parts = [
    ...(named.length > 0 ? [`{ ${named.join(' ')} }`] : []),
    ...(index.length > 0 ? [`{ [key: string]: ${union(index)} }`] : []),
  ];
  return parts.length === 0 ? undefined : intersection(parts);
}

/** The type of a JSON value, member by member. */
function valueType(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(valueType).join(', ')}]`;
  if (!isSchemaObject(value)) return literal(value);
  return `{ ${Object.entries(value)
    .map(([name, member]) => `${keyLiteral(name)}: ${valueType(member)};`)
    .join(' ')} }`;
}

function union(types: readonly string[]): string {
  if (types.length === 0) return 'never';
  const different = [...new Set(types)];
  return different.length === 1 ? different.join('') : `(${different.join(' | ')})`;
}

function intersection(types: readonly string[]): string {
  return types.length === 1 ? types.join('') : `(${types.join(' & ')})`;
}
