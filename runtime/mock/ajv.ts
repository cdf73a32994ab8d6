import { createRequire } from 'node:module';
import type { Ajv2020 } from 'ajv/dist/2020.js';
import type { Format } from '../validators/format.ts';
import * as formats from '../validators/formats/index.ts';
import { compilePattern } from '../values/compile-pattern.ts';

/** Formats that accept more than their standard, by configuration. */
export type LenientFormats = {
  /** Also accepts `PT0.5S`. */
  readonly duration?: boolean;
  /** Also accepts `12:00:00`. */
  readonly time?: boolean;
};

type AjvModule = { readonly Ajv2020: typeof Ajv2020 };

let loaded: AjvModule | undefined;

/** Ajv has 83 modules. It is loaded when the first schema is compiled, not when the mock starts. */
function loadAjv(): AjvModule {
  loaded ??= createRequire(import.meta.url)('ajv/dist/2020.js') as AjvModule;
  return loaded;
}

/** Ajv with the formats and patterns of generated validators. @param allErrors false: it stops at the first error */
export function createAjv(lenient: LenientFormats, allErrors: boolean): Ajv2020 {
  const { Ajv2020 } = loadAjv();
  const ajv = new Ajv2020({
    strict: false,
    allErrors,
    validateSchema: false,
    inlineRefs: false,
    logger: false,
    // Schemas are compiled while a caller waits: a tidier function costs more than it saves.
    code: { regExp, optimize: false },
    messages: allErrors,
    meta: false,
    // Only own properties count, not the `constructor` that every object inherits.
    ownProperties: true,
  });
  for (const format of Object.values(formats)) if (!isVariant(format)) addFormat(ajv, format);
  for (const format of [lenient.duration && formats.durationWithFractions, lenient.time && formats.timeWithoutOffset])
    if (format) addFormat(ajv, format);
  return ajv;
}

const regExp = Object.assign((source: string, _flags: string) => compilePattern(source), { code: 'compilePattern' });

/** Replace other formats if the configuration says so. */
const isVariant = (format: object): boolean =>
  format === formats.durationWithFractions || format === formats.timeWithoutOffset;

/** The generated validators' own formats, so that both give the same result. */
function addFormat(ajv: Ajv2020, format: Format<string> | Format<number>): void {
  if (format.type === 'number')
    ajv.addFormat(format.name, { type: 'number', validate: format.test as (n: number) => boolean });
  else ajv.addFormat(format.name, { type: 'string', validate: format.test as (text: string) => boolean });
}

/** A schema without keywords that Ajv rejects although they are legal. */
export function forAjv<Node>(node: Node): Node | object {
  if (typeof node !== 'object' || node === null) return node;
  // An empty `enum` has no valid value (JSON Schema Validation, section 6.1.2: the list SHOULD have an item).
  if ('enum' in node && Array.isArray(node.enum) && node.enum.length === 0) return { not: {} };
  if (!('nullable' in node) || typeof node.nullable !== 'boolean') return node;
  // `nullable` has no effect without `type` (OpenAPI 3.0.3, Schema Object).
  const { nullable, ...others } = node as { readonly nullable: boolean; readonly type?: unknown };
  return nullable && others.type !== undefined ? node : others;
}
