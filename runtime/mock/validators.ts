import type { ErrorObject, ValidateFunction } from 'ajv';
import type { ValidationResult, Validator } from '../contract/index.ts';
import type { Compile, LenientFormats } from './ajv.ts';
import { createCompileLazily, createIsSeparable } from './compile-lazily.ts';
import { createCompileWhole } from './compile-whole.ts';
import type { Direction } from './direct-document.ts';
import { fromPortable } from './portable-names.ts';

/** A validator that only returns whether it accepts a value. Without errors, it is much faster. */
export type MockValidator = Validator & { readonly accepts: (value: unknown) => boolean };

/** Validators of one document's schemas by JSON Pointer. Each is compiled on first use. */
export type Validators = {
  at(pointer: string): MockValidator;
  /** An object with these properties, each valid by the schema at its pointer. */
  members(
    members: readonly { readonly name: string; readonly pointer: string; readonly required: boolean }[],
  ): MockValidator;
};

/** Validates one value. An invalid list has one error for each of its items. */
const MOST_ISSUES = 20;

/**
 * The mock serves documents without generated packages, so it cannot use generated validators.
 *
 * @param document bundled and expanded: each `$ref` begins with `#/`
 * @param direction of the values: properties of the other direction are not required
 */
export function createValidators(document: object, direction: Direction, lenient: LenientFormats = {}): Validators {
  const compilers = new Map<string, Compile>();
  let isSeparable: ReturnType<typeof createIsSeparable> | undefined;
  const compile = (schema: object, allErrors: boolean): ValidateFunction => {
    isSeparable ??= createIsSeparable(document);
    const create = isSeparable(schema) ? createCompileLazily : createCompileWhole;
    const key = `${create.name} ${allErrors}`;
    const own = compilers.get(key) ?? create(document, direction, lenient, allErrors);
    compilers.set(key, own);
    return own(schema);
  };
  const validatorOf = (schema: object): MockValidator => {
    let first: ValidateFunction | undefined;
    let all: ValidateFunction | undefined;
    const accepts = (value: unknown): boolean => {
      first ??= compile(schema, false);
      return first(withoutFiles(value));
    };
    const validate = (value: unknown): ValidationResult<unknown> => {
      if (accepts(value)) return { value };
      all ??= compile(schema, true);
      all(withoutFiles(value));
      return { issues: toIssues(all.errors ?? []) };
    };
    return { '~standard': { version: 1, vendor: 'countersign-mock', validate }, accepts };
  };
  const reference = (pointer: string): object => ({ $ref: `#${pointer.replace(/[%#]/g, encodeURIComponent)}` });
  return {
    at: (pointer) => validatorOf(reference(pointer)),
    members: (members) =>
      validatorOf({
        type: 'object',
        properties: Object.fromEntries(members.map(({ name, pointer }) => [name, reference(pointer)])),
        required: members.filter(({ required }) => required).map(({ name }) => name),
      }),
  };
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

/** The errors at the deepest level: errors of alternatives are more useful than that of `oneOf` itself. */
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
