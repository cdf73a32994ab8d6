import type { OperationDescriptor, OperationValidators, ParameterDescriptor, Validator } from '../contract/index.ts';
import type { Call } from './call.ts';
import { essence, matchMediaType } from './media-type.ts';
import { compileParameter, type Issue, type ParameterReader } from './parameters.ts';
import { MalformedBody } from './parse-body.ts';
import { Refusal } from './refusal.ts';
import type { ValidationMode } from './types.ts';
import { check, type Checked, describeFlaws, type Flaw, place } from './validate.ts';

type Input = Record<string, unknown>;
type Part = {
  readonly name: 'path' | 'query' | 'headers' | 'cookies';
  readonly readers: readonly { readonly name: string; readonly read: ParameterReader }[];
  readonly validator: Validator | undefined;
};

export type InputOptions = {
  readonly operation: OperationDescriptor;
  readonly validators: OperationValidators | undefined;
  readonly mode: ValidationMode;
  readonly faults: { readonly invalid: Refusal['code']; readonly unsupportedMediaType: Refusal['code'] };
};

const PARTS = { path: 'path', query: 'query', header: 'headers', cookie: 'cookies' } as const;

/** From a call, the input of its handler: parameters and body typed and validated, or why not. */
export function compileInput(options: InputOptions): (call: Call) => Input | Refusal | Promise<Input | Refusal> {
  const { operation, validators, mode, faults } = options;
  const parts = compileParts(operation.parameters, mode === 'off' ? undefined : validators);
  const { body } = operation;
  if (parts.length === 0 && !body) return () => ({});

  return async (call) => {
    const input: Input = {};
    let flaws: Flaw[] | undefined;
    for (const { name, readers, validator } of parts) {
      const issues: Issue[] = [];
      const values: Record<string, unknown> = {};
      for (const { name: parameter, read } of readers) {
        const value = read(call, issues);
        if (value !== undefined) values[parameter] = value;
      }
      if (issues.length > 0) {
        flaws = [...(flaws ?? []), ...issues.map(({ path, message }) => ({ at: place(name, path), message }))];
      } else if (validator) {
        const asked = check(validator, values, name);
        const checked = asked instanceof Promise ? await asked : asked;
        if (checked.flaws) flaws = [...(flaws ?? []), ...checked.flaws];
        input[name] = checked.flaws ? values : checked.value;
      } else input[name] = values;
    }
    if (body) {
      const outcome = await readInputBody(call, body, validators, options);
      if (outcome instanceof Refusal) return outcome;
      if (outcome.flaws) flaws = [...(flaws ?? []), ...outcome.flaws];
      input.body = outcome.value;
    }
    if (!flaws) return input;
    if (mode === 'throw' || flaws.some(({ fatal }) => fatal)) return new Refusal(faults.invalid, describeFlaws(flaws));
    call.logger.warn?.({ flaws }, 'input breaks the contract');
    return input;
  };
}
