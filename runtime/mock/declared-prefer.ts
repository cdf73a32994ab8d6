import type { Validator } from '../contract/index.ts';
import { withoutDirectives } from './prefer.ts';
import type { MockOperation } from './types.ts';

/**
 * Returns the validators of an operation. If the contract declares a header `Prefer`, it is validated without the
 * preferences for the mock: `return=minimal, code=404` is validated as `return=minimal`.
 */
export function validatorsOf({ descriptor, validators }: MockOperation): MockOperation['validators'] {
  const declared = descriptor.parameters.find(({ name, in: place }) => place === 'header' && /^prefer$/i.test(name));
  const { headers } = validators;
  if (!declared || !headers) return validators;
  return { ...validators, headers: without(headers, declared.name, declared.required) };
}

function without(validator: Validator, name: string, required: boolean): Validator {
  const standard = validator['~standard'];
  const validate: typeof standard.validate = (value) => {
    const given = (value as Readonly<Record<string, unknown>>)[name];
    if (typeof given !== 'string') return standard.validate(value);
    const rest = withoutDirectives(given);
    if (rest === given) return standard.validate(value);
    const { [name]: _, ...others } = value as Readonly<Record<string, unknown>>;
    // The contract checks a required header that has no other rule.
    return standard.validate(rest !== '' || required ? { ...others, [name]: rest } : others);
  };
  return { ...validator, '~standard': { ...standard, validate } };
}
