/** Writes docs/x-cs.md from specs/x-cs.schema.json: `node scripts/commands/docs/x-cs-reference.ts`. A test compares the two. */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

type Schema = {
  readonly description?: string;
  readonly type?: string | readonly string[];
  readonly $ref?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly properties?: { readonly [name: string]: Schema };
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema;
  readonly oneOf?: readonly Schema[];
  readonly required?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
};
/** The JSON Schema of the `x-cs-*` extensions. */
export type ExtensionSchema = { readonly description: string; readonly $defs: { readonly [name: string]: Schema } };

const HEAD = `# Extensions

Generated from [x-cs.schema.json](../specs/x-cs.schema.json), the schema that editors and \`lint\` use. A document with
these extensions remains valid OpenAPI 3.1. Other tools ignore the extensions.
`;

const code = (value: unknown): string => `\`${typeof value === 'string' ? value : JSON.stringify(value)}\``;
const anchor = (name: string): string => name.toLowerCase();
const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('<', '&lt;').replace(/\s+/g, ' ');

/** The allowed values, in a few words. */
function kindOf(schema: Schema): string {
  if (schema.$ref !== undefined) {
    const name = schema.$ref.replace('#/$defs/', '');
    return `[${name}](#${anchor(name)})`;
  }
  if (schema.enum !== undefined) return schema.enum.map(code).join(', ');
  if (schema.const !== undefined) return code(schema.const);
  if (schema.oneOf !== undefined && schema.type === undefined) return schema.oneOf.map(kindOf).join(', or ');
  if (schema.items !== undefined) return `list of ${schema.items.properties ? 'objects' : kindOf(schema.items)}`;
  if (typeof schema.additionalProperties === 'object') return `by name, ${kindOf(schema.additionalProperties)}`;
  const range = [
    schema.minimum !== undefined && `from ${schema.minimum}`,
    schema.maximum !== undefined && `to ${schema.maximum}`,
  ];
  return [[schema.type ?? 'any value'].flat().join(' or '), ...range.filter(Boolean)].join(' ');
}

/** The rows of an object's fields. Fields of nested objects have their own path. */
function rowsOf(schema: Schema, path = ''): readonly string[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, field]) => {
    const at = `${path}${name}`;
    const needed = schema.required?.includes(name) ? 'yes' : '';
    const row = `| ${code(at)} | ${cell(kindOf(field))} | ${needed} | ${cell(field.description ?? '')} |`;
    if (field.properties) return [row, ...rowsOf(field, `${at}.`)];
    if (field.items?.properties) return [row, ...rowsOf(field.items, `${at}[].`)];
    const values = field.additionalProperties;
    return typeof values === 'object' && values.properties ? [row, ...rowsOf(values, `${at}.*.`)] : [row];
  });
}

function section(name: string, schema: Schema): string {
  const branches = schema.oneOf?.some(({ properties }) => properties) ? schema.oneOf : [schema];
  const tables = branches.flatMap((branch) => {
    const rows = rowsOf(branch.items ?? branch);
    if (rows.length === 0) return [];
    return [['| field | value | required | description |', '| --- | --- | --- | --- |', ...rows].join('\n')];
  });
  const value = tables.length === 0 || schema.type === 'array' ? [`Value: ${kindOf(schema)}.`] : [];
  return [`## ${name}`, schema.description ?? '', ...value, ...tables].filter((text) => text !== '').join('\n\n');
}

/** The whole page: extensions in the schema's order, then the objects that they share. */
export function writeReference({ $defs }: ExtensionSchema): string {
  // OpenAPI's own objects are explained by its specification.
  const names = Object.keys($defs).filter((name) => name !== 'openapi');
  const order = [
    ...names.filter((name) => name.startsWith('x-cs-')),
    ...names.filter((name) => !name.startsWith('x-cs-')),
  ];
  return `${[HEAD.trimEnd(), ...order.map((name) => section(name, $defs[name] ?? {}))].join('\n\n')}\n`;
}

if (import.meta.main) {
  const path = (name: string): string => fileURLToPath(new URL(`../../../${name}`, import.meta.url));
  const schema = JSON.parse(readFileSync(path('specs/x-cs.schema.json'), 'utf8')) as ExtensionSchema;
  writeFileSync(path('docs/x-cs.md'), writeReference(schema));
}
