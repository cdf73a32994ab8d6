import type { OperationDescriptor, Validator } from '../contract/index.ts';
import type { DeclaredResponse, Run } from './types.ts';

/** The declared response that covers an HTTP status: the status itself, its class (`4XX`), or `default`. */
export const declaredFor = (
  { method, responses }: OperationDescriptor,
  status: number,
): DeclaredResponse | undefined => {
  const named = (name: string) => responses.find((response) => response.status === name);
  const found = named(`${status}`) ?? named(`${`${status}`[0]}XX`) ?? named('default');
  // HTTP defines no body for these statuses, even if a range of statuses declares one.
  return found && (method === 'HEAD' || status === 204 || status === 205) ? { ...found, content: [] } : found;
};

/** The validator of a response's body. */
export const validatorOf = (
  run: Run,
  declared: DeclaredResponse | undefined,
  type: string | undefined,
): Validator | undefined => run.validators?.responses[declared?.status ?? '']?.[type ?? declared?.content[0] ?? ''];

/** Converts the 64-bit integers of a response body to the type that the package uses. */
export function convert(
  run: Run,
  value: unknown,
  declared: DeclaredResponse | undefined,
  type: string | undefined,
  text?: string,
): unknown {
  const validator = validatorOf(run, declared, type);
  return (validator && run.validators?.int64?.read(value, validator, text)) ?? value;
}

/** The values of the headers that the contract declares for the status of the last response. */
export const declaredHeaders = ({ operation, state, validators }: Run): Readonly<Record<string, unknown>> => {
  const { response } = state;
  const status = response && declaredFor(operation, response.status)?.status;
  const declared = validators?.responseHeaders?.[status ?? ''];
  if (!response || !declared) return {};
  const values = declared.read(response.headers);
  return (validators?.int64?.read(values, declared.validator) as typeof values | undefined) ?? values;
};
