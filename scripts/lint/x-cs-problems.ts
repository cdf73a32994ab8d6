import type { ErrorObject } from 'ajv/dist/2020.js';
import { isObject, ownMember, pointerTokens } from '../common/document/pointer.ts';
import { didYouMean, nearest } from '../common/text/nearest.ts';

/** An error in the value of an extension. */
export type ExtensionProblem = {
  /** The place in the value. */
  readonly tokens: readonly string[];
  /** The key is invalid, not its value. */
  readonly onKey: boolean;
  readonly message: string;
  readonly help: string;
};

/** Describes an error of Ajv. */
export function describe(name: string, value: unknown, error: ErrorObject): ExtensionProblem {
  const tokens = pointerTokens(error.instancePath);
  const wrong = label([name, ...tokens]);
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
        `${didYouMean(unknown, fields)}Known fields: ${quoted(fields)}.`,
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
        `\`${wrong}\` requires the field \`${missing}\`, which is missing.`,
        `${near === undefined ? '' : `Did you mean \`${missing}\` where \`${near}\` is written? `}Add \`${missing}\`.`,
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
        `\`${wrong}\` has an invalid value${received(given)}.`,
        `${hint}Write ${quoted(allowed.map(String), 'or')}.`,
      );
    }
    case 'type':
      return problem(
        `\`${wrong}\` must be ${kinds([error.params.type as string | readonly string[]].flat())}.`,
        about || 'Correct the type of the value.',
      );
    case 'pattern':
      return problem(
        `\`${wrong}\` has an invalid format.`,
        about || `Write a value that matches ${String(error.params.pattern)}.`,
      );
    case 'propertyNames':
      return problem(
        `\`${String(error.params.propertyName)}\` is not a valid name here.`,
        'Use letters, digits and `_`, and do not start with a digit.',
        [String(error.params.propertyName)],
        true,
      );
    case 'oneOf':
    case 'anyOf':
      return problem(
        `\`${wrong}\` does not match exactly one of its allowed forms${received(error.data)}.`,
        about || 'docs/x-cs.md lists the fields of each extension.',
        [],
        true,
      );
    default:
      return problem(
        `\`${wrong}\` ${error.message ?? 'is wrong'}.`,
        about || 'docs/x-cs.md lists the fields of each extension.',
      );
  }
}

/** Only for a scalar. Long texts are cut. */
const received = (value: unknown): string =>
  typeof value === 'object' ? '' : `: received ${JSON.stringify(value).slice(0, 60)}`;

/** `when[0]` for an item, otherwise the property's name. */
function label(tokens: readonly string[]): string {
  const last = tokens.at(-1) ?? '';
  return /^\d+$/.test(last) && tokens.length > 1 ? `${label(tokens.slice(0, -1))}[${last}]` : last;
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
