import { createRequire } from 'node:module';
import type { Ajv2020 } from 'ajv/dist/2020.js';
import type { Format } from '../validators/format.ts';
import * as formats from '../validators/formats/index.ts';
import { compilePattern } from '../values/compile-pattern.ts';

/** Formats that accept more than their standard, by configuration. */
export type LenientFormats = {
  /** Whether `PT0.5S` is accepted. */
  readonly duration?: boolean;
  /** Whether `12:00:00` is accepted. */
  readonly time?: boolean;
};

type AjvModule = { readonly Ajv2020: typeof Ajv2020 };

let loaded: AjvModule | undefined;

/** Loads Ajv, which has 83 modules. This happens when the first schema is compiled, not when the mock starts. */
function loadAjv(): AjvModule {
  loaded ??= createRequire(import.meta.url)('ajv/dist/2020.js') as AjvModule;
  return loaded;
}

/**
 * Creates Ajv with the formats and patterns of generated validators. @param allErrors false: it stops at the first
 * error
 */
export function createAjv(lenient: LenientFormats, allErrors: boolean): Ajv2020 {
  const { Ajv2020 } = loadAjv();
  const ajv = new Ajv2020({
    strict: false,
    allErrors,
    validateSchema: false,
    inlineRefs: false,
    logger: false,
    // Schemas are compiled while a caller waits, and optimizing the generated function would take longer than it saves.
    code: { regExp, optimize: false },
    messages: allErrors,
    meta: false,
    // Only own properties count, not those that every object inherits, such as `constructor`.
    ownProperties: true,
  });
  for (const format of Object.values(formats)) if (!isVariant(format)) addFormat(ajv, format);
  for (const format of [lenient.duration && formats.durationWithFractions, lenient.time && formats.timeWithoutOffset])
    if (format) addFormat(ajv, format);
  return ajv;
}

const regExp = Object.assign((source: string, _flags: string) => compilePattern(source), { code: 'compilePattern' });

/** Whether the configuration replaces a format by this one. */
const isVariant = (format: object): boolean =>
  format === formats.durationWithFractions || format === formats.timeWithoutOffset;

/** Adds a format of the generated validators, so that both give the same result. */
function addFormat(ajv: Ajv2020, format: Format<string> | Format<number>): void {
  if (format.type === 'number')
    ajv.addFormat(format.name, { type: 'number', validate: format.test as (n: number) => boolean });
  else ajv.addFormat(format.name, { type: 'string', validate: format.test as (text: string) => boolean });
}

/** Returns a schema without legal keywords that Ajv rejects. */
export function forAjv<Node>(node: Node): Node | object {
  if (typeof node !== 'object' || node === null) return node;
  // An empty `enum` has no valid value (JSON Schema Validation, section 6.1.2: the list SHOULD have an item).
  if ('enum' in node && Array.isArray(node.enum) && node.enum.length === 0) return { not: {} };
  if (!('nullable' in node) || typeof node.nullable !== 'boolean') return node;
  // `nullable` has no effect without `type` (OpenAPI 3.0.3, Schema Object).
  const { nullable, ...others } = node as { readonly nullable: boolean; readonly type?: unknown };
  return nullable && others.type !== undefined ? node : others;
}
