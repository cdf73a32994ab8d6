import type { Validator } from '../contract/index.ts';
import { compile } from '../validators/compile.ts';
import type { Run, Scope } from '../validators/scope.ts';
import type { SchemaObject } from '../values/types.ts';
import type { LenientFormats } from './ajv.ts';
import { createCompileWhole } from './compile-whole.ts';
import type { Direction } from './direct-document.ts';
import type { Judge } from './judge.ts';
import { createToNode, NeedsWhole } from './to-node.ts';

/** A validator that only returns whether it accepts a value. It is much faster, because it creates no errors. */
export type MockValidator = Validator & { readonly accepts: (value: unknown) => boolean };

/** The validators of one document's schemas, by JSON Pointer. Each schema is read on first use. */
export type Validators = {
  at(pointer: string): MockValidator;
  /** The validator of an object with these properties. Each is valid if it matches the schema at its pointer. */
  members(
    members: readonly { readonly name: string; readonly pointer: string; readonly required: boolean }[],
  ): MockValidator;
};

/** Maximum number of issues of one value. An invalid list has an issue for each of its items. */
const MOST_ISSUES = 20;

/**
 * Creates the validators of a document, because the mock also serves documents without generated packages. Schemas are
 * converted for the validators of generated packages. Ajv compiles the schemas that depend on where they are entered.
 *
 * @param document a bundled and expanded document, in which each `$ref` begins with `#/`
 * @param direction the direction of the values; properties of the other direction are not required
 */
export function createValidators(document: object, direction: Direction, lenient: LenientFormats = {}): Validators {
  const toNode = createToNode(document, direction, lenient);
  let compileWhole: ((schema: object) => Judge) | undefined;

  const judgeOf = (schema: object): Judge => {
    let judge: Judge | undefined;
    return (value, first) => {
      judge ??= judgeBy(compile(toNode(schema as SchemaObject)));
      try {
        return judge(value, first);
      } catch (error) {
        if (!(error instanceof NeedsWhole)) throw error;
        compileWhole ??= createCompileWhole(document, direction, lenient);
        judge = compileWhole(schema);
        return judge(value, first);
      }
    };
  };
  const validatorOf = (schema: object): MockValidator => {
    const judge = judgeOf(schema);
    return {
      '~standard': {
        version: 1,
        vendor: 'countersign-mock',
        validate: (value) => {
          const issues = judge(withoutFiles(value), false);
          return issues.length === 0 ? { value } : { issues: issues.slice(0, MOST_ISSUES) };
        },
      },
      accepts: (value) => judge(withoutFiles(value), true).length === 0,
    };
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

const judgeBy =
  (run: Run): Judge =>
  (value, first) => {
    const issues: Scope['issues'] = [];
    const scope: Scope = { issues, evaluated: undefined, dynamic: undefined, context: {}, ...(first && { first }) };
    try {
      run(value, scope);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      return [{ path: [], message: 'Invalid input: nested too deeply' }];
    }
    return issues.map(({ path = [], message = 'Invalid input' }) => ({ path, message }));
  };

/** Replaces the files of a form by texts, because the document describes a file as a string. */
function withoutFiles(value: unknown): unknown {
  if (value instanceof Blob) return 'file';
  if (Array.isArray(value)) return value.some(holdsFile) ? value.map(withoutFiles) : value;
  if (!holdsFile(value)) return value;
  return Object.fromEntries(Object.entries(value as object).map(([name, member]) => [name, withoutFiles(member)]));
}

/** Whether a value contains a file. Multipart data may contain files at any depth. */
function holdsFile(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (value instanceof Blob) return true;
  for (const name in value) if (holdsFile((value as Record<string, unknown>)[name])) return true;
  return false;
}
