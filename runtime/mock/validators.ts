import type { ErrorObject, ValidateFunction } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { ValidationResult, Validator } from '../contract/index.ts';
import type { Format } from '../validators/format.ts';
import * as formats from '../validators/formats/index.ts';
import { compilePattern } from '../values/compile-pattern.ts';
import { type Direction, directDocument } from './direct-document.ts';
import { fromPortable, hasUnportable, toPortable, toPortableMembers, toPortableValue } from './portable-names.ts';
import { withDiscriminators } from './with-discriminators.ts';

/** Validators of one document's schemas by JSON Pointer. Each is compiled on first use. */
export type Validators = {
  at(pointer: string): Validator;
  /** An object with these properties, each valid by the schema at its pointer. */
  members(
    members: readonly { readonly name: string; readonly pointer: string; readonly required: boolean }[],
  ): Validator;
};

/** Formats that accept more than their standard, by configuration. */
export type LenientFormats = {
  /** Also accepts `PT0.5S`. */
  readonly duration?: boolean;
  /** Also accepts `12:00:00`. */
  readonly time?: boolean;
};

const ROOT = 'document';
/** Validates one value. An invalid list has one error for each of its items. */
const MOST_ISSUES = 20;

/**
 * The mock serves documents from which nothing was generated yet, so that it cannot use generated validators.
 *
 * @param document bundled and expanded: each `$ref` begins with `#/`
 * @param direction of the values: properties of the other direction are not required
 */
export function createValidators(document: object, direction: Direction, lenient: LenientFormats = {}): Validators {
  let opened: ReturnType<typeof open> | undefined;
  const compile = (schema: object): Validator => {
    let run: ValidateFunction | undefined;
    const validate = (value: unknown): ValidationResult<unknown> => {
      opened ??= open(withDiscriminators(directDocument(document, direction)), lenient);
      run ??= opened.ajv.compile(schema);
      const plain = withoutFiles(value);
      const isValid = run(opened.isUnportable ? toPortableValue(plain) : plain);
      return isValid === true ? { value } : { issues: toIssues(run.errors ?? []) };
    };
    return { '~standard': { version: 1, vendor: 'countersign-mock', validate } };
  };
  const reference = (pointer: string): object => ({
    $ref: `${ROOT}#${encodeURI(toPortable(pointer)).replaceAll('#', '%23')}`,
  });
  return {
    at: (pointer) => compile(reference(pointer)),
    members: (members) =>
      compile({
        type: 'object',
        properties: Object.fromEntries(members.map(({ name, pointer }) => [toPortable(name), reference(pointer)])),
        required: members.filter(({ required }) => required).map(({ name }) => toPortable(name)),
      }),
  };
}

/** Replace other formats if the configuration says so. */
const isVariant = (format: object): boolean =>
  format === formats.durationWithFractions || format === formats.timeWithoutOffset;

/** The generated validators' own formats, so that both give the same result. */
function addFormat(ajv: Ajv2020, format: Format<string> | Format<number>): void {
  if (format.type === 'number')
    ajv.addFormat(format.name, { type: 'number', validate: format.test as (n: number) => boolean });
  else ajv.addFormat(format.name, { type: 'string', validate: format.test as (text: string) => boolean });
}

const regExp = Object.assign((source: string, _flags: string) => compilePattern(source), { code: 'compilePattern' });

function open(document: object, lenient: LenientFormats) {
  const ajv = new Ajv2020({
    strict: false,
    allErrors: true,
    validateSchema: false,
    inlineRefs: false,
    logger: false,
    code: { regExp },
    // Only own properties count, not the `constructor` that every object inherits.
    ownProperties: true,
  });
  for (const format of Object.values(formats)) if (!isVariant(format)) addFormat(ajv, format);
  for (const format of [lenient.duration && formats.durationWithFractions, lenient.time && formats.timeWithoutOffset])
    if (format) addFormat(ajv, format);
  const text = JSON.stringify(document);
  const isUnportable = hasUnportable(text);
  const portable = isUnportable ? (JSON.parse(text, toPortableNode) as object) : document;
  const isPlain = !text.includes('"nullable"') && !text.includes('"enum":[]');
  ajv.addSchema(isPlain ? portable : (JSON.parse(JSON.stringify(portable), forAjv) as object), ROOT);
  return { ajv, isUnportable };
}

/** A schema without keywords that Ajv rejects although they are legal. */
function forAjv(_: string, node: unknown): unknown {
  if (typeof node !== 'object' || node === null) return node;
  // An empty `enum` has no valid value (JSON Schema Validation, section 6.1.2: the list SHOULD have an item).
  if ('enum' in node && Array.isArray(node.enum) && node.enum.length === 0) return { not: {} };
  if (!('nullable' in node) || typeof node.nullable !== 'boolean') return node;
  // `nullable` has no effect without `type` (OpenAPI 3.0.3, Schema Object).
  const { nullable, ...others } = node as { readonly nullable: boolean; readonly type?: unknown };
  return nullable && others.type !== undefined ? node : others;
}

/** A form with its files as texts: the document describes a file as a string. */
function withoutFiles(value: unknown): unknown {
  if (value instanceof Blob) return 'file';
  if (Array.isArray(value)) return value.some(holdsFile) ? value.map(withoutFiles) : value;
  if (!holdsFile(value)) return value;
  return Object.fromEntries(Object.entries(value as object).map(([name, member]) => [name, withoutFiles(member)]));
}

/** For a form whose files are its properties or items of them. */
function holdsFile(value: unknown): boolean {
  if (value instanceof Blob) return true;
  if (typeof value !== 'object' || value === null) return false;
  return Object.values(value).some(
    (member) => member instanceof Blob || (Array.isArray(member) && member.some(holdsFile)),
  );
}

const toPortableNode = (_: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? toPortableMembers(value as Readonly<Record<string, unknown>>)
    : value;

/** The errors at the deepest level: those of `oneOf` itself say less than those of its alternatives. */
function toIssues(errors: readonly ErrorObject[]): { readonly path: readonly string[]; readonly message: string }[] {
  const seen = new Set<string>();
  const own = errors.filter(({ keyword }) => !['oneOf', 'anyOf', 'if'].includes(keyword));
  return (own.length > 0 ? own : errors).slice(0, MOST_ISSUES).flatMap((error) => {
    const path = error.instancePath
      .split('/')
      .slice(1)
      .map((step) => fromPortable(step.replaceAll('~1', '/').replaceAll('~0', '~')));
    const issue = { path, message: fromPortable(describe(error)) };
    const key = JSON.stringify(issue);
    if (seen.has(key)) return [];
    seen.add(key);
    return [issue];
  });
}

function describe({ keyword, params, message = 'is not valid' }: ErrorObject): string {
  switch (keyword) {
    case 'enum':
      return `must be one of ${(params.allowedValues as unknown[]).map((value) => JSON.stringify(value)).join(', ')}`;
    case 'const':
      return `must be ${JSON.stringify(params.allowedValue)}`;
    case 'additionalProperties':
    case 'unevaluatedProperties':
      return `must not have the property ${String(params.additionalProperty ?? params.unevaluatedProperty)}`;
    default:
      return message;
  }
}
