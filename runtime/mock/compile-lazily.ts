import type { DataValidateFunction, ValidateFunction } from 'ajv/dist/types/index.js';
import { createSchemaSource } from '../values/schema-source.ts';
import { isSchemaObject, type Schema, type SchemaObject } from '../values/types.ts';
import { type Compile, createAjv, forAjv, type LenientFormats } from './ajv.ts';
import { compileInSlice } from './compile-slices.ts';
import { type Direction, directSchema } from './direct-document.ts';
import { inferChoices } from './infer-choices.ts';
import { hasUnportable } from './portable-names.ts';
import { mapSchema } from './schemas.ts';
import { choicesOf, choosing } from './with-discriminators.ts';

/** Replaces `$ref`. Its value is the same reference. */
const LAZY = 'x-countersign-ref';

/**
 * Compiles each schema when a value first reaches it. A public document has graphs of hundreds of schemas, and a value
 * uses only a few of them. Ajv would need a second for the others.
 */
export function createCompileLazily(
  document: object,
  direction: Direction,
  lenient: LenientFormats,
  allErrors: boolean,
): Compile {
  const source = createSchemaSource(document);
  const ajv = createAjv(lenient, allErrors);
  const compiled = new Map<string, ValidateFunction>();

  const prepare = (schema: Schema): Schema => {
    const chosen = mapSchema(directSchema(schema, direction, source), (copy) => {
      const choices = choicesOf(copy, source) ?? inferChoices(copy, source);
      return choices ? choosing(copy, choices) : copy;
    });
    return mapSchema(chosen, (copy) => forAjv(withLazyReference(copy)) as SchemaObject);
  };
  const find = (ref: string): ValidateFunction => {
    const known = compiled.get(ref);
    if (known) return known;
    const schema = source.resolve(ref);
    if (schema === undefined) throw new TypeError(`The document has no ${ref}.`);
    const made = compileInSlice(() => ajv.compile(prepare(schema)));
    compiled.set(ref, made);
    return made;
  };
  ajv.addKeyword({
    keyword: LAZY,
    schemaType: 'string',
    errors: 'full',
    compile: (ref: string) => {
      const check: DataValidateFunction = (data, context) => {
        const run = find(ref);
        const valid = run(data, context);
        check.errors = run.errors ?? [];
        return valid;
      };
      return check;
    },
  });
  return (schema) => ajv.compile(prepare(schema as SchemaObject));
}

function withLazyReference(schema: SchemaObject): SchemaObject {
  if (typeof schema.$ref !== 'string') return schema;
  const { $ref, ...others } = schema;
  return { ...others, [LAZY]: $ref };
}

const DYNAMIC = /"(?:unevaluated(?:Properties|Items)|\$(?:dynamic|recursive)(?:Ref|Anchor)|\$anchor|\$id)":/;
const REFERENCE = /"\$ref":"((?:[^"\\]|\\.)*)"/g;

/** Decides for each schema whether it can be compiled separately from its references. */
export function createIsSeparable(document: object): (schema: object) => boolean {
  const { resolve } = createSchemaSource(document);
  const scanned = new Map<unknown, readonly unknown[] | undefined>();
  /** The schemas that this one refers to; undefined: it cannot be compiled separately. */
  const scan = (schema: unknown): readonly unknown[] | undefined => {
    if (scanned.has(schema)) return scanned.get(schema);
    const text = JSON.stringify(schema);
    const targets = [...text.matchAll(REFERENCE)].map(([, ref]) => resolve(JSON.parse(`"${ref}"`) as string));
    const found = DYNAMIC.test(text) || hasUnportable(text) || targets.includes(undefined) ? undefined : targets;
    scanned.set(schema, found);
    return found;
  };
  return (schema) => {
    const waiting: unknown[] = [schema];
    const seen = new Set(waiting);
    while (waiting.length > 0) {
      const next = waiting.pop();
      const targets = isSchemaObject(next) ? scan(next) : [];
      if (targets === undefined) return false;
      for (const target of targets) {
        if (!seen.has(target)) waiting.push(target);
        seen.add(target);
      }
    }
    return true;
  };
}
