import { readFileSync } from 'node:fs';
import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import { didYouMean, nearest } from '../nearest.ts';
import { isObject, ownMember, pointerTokens } from '../pointer.ts';

type Schema = { readonly $id: string; readonly $defs: { readonly [name: string]: unknown } };

export type ExtensionProblem = {
  /** Where in the value. */
  readonly tokens: readonly string[];
  /** The key is wrong, not what it holds. */
  readonly onKey: boolean;
  readonly message: string;
  readonly help: string;
};

const schema = JSON.parse(readFileSync(new URL('../../specs/x-cs.schema.json', import.meta.url), 'utf8')) as Schema;

export const extensionNames: ReadonlySet<string> = new Set(
  Object.keys(schema.$defs).filter((name) => name.startsWith('x-cs-')),
);

let ajv: Ajv2020 | undefined;

export function validateExtension(name: string, value: unknown): ExtensionProblem[] {
  if (!ajv) {
    ajv = new Ajv2020({ allErrors: true, verbose: true, strict: false, ownProperties: true });
    ajv.addSchema(schema);
  }
  const validate = ajv.getSchema(`${schema.$id}#/$defs/${branchOf(name, value)}`);
  if (!validate) throw new Error(`specs/x-cs.schema.json cannot be used: ${name}`);
  if (validate(value)) return [];
  return explain(validate.errors ?? []).map((error) => describe(name, value, error));
}

/** A page of a known kind is checked as that kind, so that only its own mistakes are told. */
function branchOf(name: string, value: unknown): string {
  const branches: unknown = ownMember(ownMember(schema.$defs, name), 'oneOf');
  const kind = ownMember(value, 'kind');
  if (!Array.isArray(branches) || kind === undefined) return name;
  const index = branches.findIndex(
    (branch: unknown) => ownMember(ownMember(ownMember(branch, 'properties'), 'kind'), 'const') === kind,
  );
  return index === -1 ? name : `${name}/oneOf/${index}`;
}

/** Of alternatives, what is wrong deepest inside; else that none of them fits. */
function explain(errors: readonly ErrorObject[]): ErrorObject[] {
  const choices = errors.filter(({ keyword }) => keyword === 'oneOf' || keyword === 'anyOf');
  return errors.filter((error) => {
    const choice = choices.find(
      ({ instancePath }) => error !== instanceOf(choices, instancePath) && isWithin(error.instancePath, instancePath),
    );
    if (error.keyword === 'oneOf' || error.keyword === 'anyOf')
      return !errors.some(
        (other) => other.instancePath !== error.instancePath && isWithin(other.instancePath, error.instancePath),
      );
    return !choice || error.instancePath !== choice.instancePath;
  });
}

function instanceOf(choices: readonly ErrorObject[], path: string): ErrorObject | undefined {
  return choices.find(({ instancePath }) => instancePath === path);
}

function isWithin(path: string, parent: string): boolean {
  return path === parent || path.startsWith(`${parent}/`);
}

function describe(name: string, value: unknown, error: ErrorObject): ExtensionProblem {
  const tokens = pointerTokens(error.instancePath);
  const wrong = tokens.at(-1) ?? name;
  const about = aboutMember(error);
  const problem = (message: string, help: string, more: readonly string[] = [], onKey = false) => ({
    tokens: [...tokens, ...more],
    onKey,
    message,
    help,
  });
  switch (error.keyword) {
    case 'additionalProperties': {
      const unknown = String(error.params.additionalProperty);
      const fields = Object.keys(isObject(error.parentSchema?.properties) ? error.parentSchema.properties : {});
      return problem(
        `\`${wrong}\` has no field \`${unknown}\`.`,
        `${didYouMean(unknown, fields)}Its fields are ${quoted(fields)}.`,
        [unknown],
        true,
      );
    }
    case 'required':
    case 'dependentRequired': {
      const missing = String(error.params.missingProperty);
      const given = tokens.reduce<unknown>(ownMember, value);
      const near = isObject(given) ? nearest(missing, Object.keys(given)) : undefined;
      return problem(
        `\`${wrong}\` lacks the field \`${missing}\`.`,
        `${near === undefined ? '' : `Is \`${near}\` meant to be it? `}Add \`${missing}\`.`,
        [],
        true,
      );
    }
    case 'enum':
    case 'const': {
      const allowed = (
        error.keyword === 'enum' ? error.params.allowedValues : [error.params.allowedValue]
      ) as readonly unknown[];
      const given = tokens.reduce<unknown>(ownMember, value);
      const hint = typeof given === 'string' ? didYouMean(given, allowed.map(String)) : '';
      return problem(
        `\`${wrong}\` has a value that is not allowed.`,
        `${hint}Write ${quoted(allowed.map(String), 'or')}.`,
      );
    }
    case 'type':
      return problem(
        `\`${wrong}\` must be ${kinds([error.params.type as string | readonly string[]].flat())}.`,
        about || 'Change the value.',
      );
    case 'pattern':
      return problem(
        `\`${wrong}\` is not written as it must be.`,
        about || `It must match ${String(error.params.pattern)}.`,
      );
    case 'propertyNames':
      return problem(
        `\`${String(error.params.propertyName)}\` cannot be a name here.`,
        'Use letters, digits and `_`, not a digit first.',
        [String(error.params.propertyName)],
        true,
      );
    case 'oneOf':
    case 'anyOf':
      return problem(
        `\`${wrong}\` has none of the forms that it may have, or more than one.`,
        about || 'See specs/x-cs.schema.json.',
        [],
        true,
      );
    default:
      return problem(`\`${wrong}\` ${error.message ?? 'is wrong'}.`, about || 'See specs/x-cs.schema.json.');
  }
}

function aboutMember({ parentSchema }: ErrorObject): string {
  return typeof parentSchema?.description === 'string' ? parentSchema.description : '';
}

function kinds(types: readonly string[]): string {
  return types.map((type) => (/^[aeiou]/.test(type) ? `an ${type}` : `a ${type}`)).join(' or ');
}

function quoted(names: readonly string[], word = 'and'): string {
  const marked = names.map((name) => `\`${name}\``);
  return marked.length < 2 ? marked.join('') : `${marked.slice(0, -1).join(', ')} ${word} ${marked.at(-1)}`;
}
