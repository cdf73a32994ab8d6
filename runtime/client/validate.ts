import { type OperationDescriptor, toPointer, type Validator, valueAt } from '../contract/index.ts';
import { after } from './after.ts';
import { ValidationError, type ValidationIssue } from './errors/index.ts';
import type { ValidationMode } from './options.ts';
import { redact } from './redact.ts';
import { errorContext } from './run.ts';
import type { Run } from './types.ts';

type Issues = readonly ValidationIssue[];

const MOST_ISSUES = 10;

const typeOf = (value: unknown): string => (value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value);

function issuesOf(
  run: Run,
  validator: Validator | undefined,
  value: unknown,
  at: string,
  text?: string,
): Issues | Promise<Issues> {
  if (!validator) return [];
  const lost = (text && run.validators?.digits?.(text, validator)) || [];
  return after(validator['~standard'].validate(value), ({ issues = [] }) =>
    [...issues, ...lost].slice(0, MOST_ISSUES).map(({ message, path = [] }) => {
      const pointer = toPointer(path.map((step) => (typeof step === 'object' ? step.key : step)));
      // A validator may quote; what this call knows to be secret is masked.
      return {
        pointer: at + pointer,
        type: typeOf(valueAt(value, pointer)),
        message: redact(message, run.secrets),
      };
    }),
  );
}

/** @throws {ValidationError} in mode `throw` */
function report(run: Run, of: 'input' | 'answer', mode: ValidationMode, issues: Issues): Issues {
  if (issues.length) {
    const error = new ValidationError(of, issues, errorContext(run));
    if (mode === 'throw') throw error;
    run.ctx.warn(error);
  }
  return issues;
}

/** @throws {ValidationError} in mode `throw` */
export function checkInput(run: Run, mediaType: string): Issues | Promise<Issues> {
  const { operation, validators, input, options } = run;
  const mode = options.validation?.input ?? 'throw';
  if (mode === 'off') return [];
  const found = (['path', 'query', 'headers', 'cookies'] as const).map((part) =>
    issuesOf(run, validators?.[part], input[part] ?? {}, `/${part}`),
  );
  if (input.body !== undefined) found.push(issuesOf(run, validators?.body?.[mediaType], input.body, '/body'));
  else if (operation.body?.required) found.push([{ pointer: '/body', type: 'undefined', message: 'required' }]);
  return after(found.some((issues) => issues instanceof Promise) ? Promise.all(found) : (found as Issues[]), (lists) =>
    report(run, 'input', mode, lists.flat()),
  );
}

/** A response that an operation declares. */
export type DeclaredAnswer = OperationDescriptor['responses'][number];

/** The declared answer that covers an HTTP status: its own, that of its class (`4XX`), or `default`. */
export const declaredFor = ({ method, responses }: OperationDescriptor, status: number): DeclaredAnswer | undefined => {
  const named = (name: string) => responses.find((response) => response.status === name);
  const found = named(`${status}`) ?? named(`${`${status}`[0]}XX`) ?? named('default');
  // HTTP gives these no body, whatever a range of statuses declares.
  return found && (method === 'HEAD' || status === 204 || status === 205) ? { ...found, content: [] } : found;
};

/** The validator of a response's body. */
const validatorOf = (run: Run, declared: DeclaredAnswer | undefined, type: string | undefined): Validator | undefined =>
  run.validators?.responses[declared?.status ?? '']?.[type ?? declared?.content[0] ?? ''];

/** A response's body with its integers of 64 bits as the package has them. */
export function convert(
  run: Run,
  value: unknown,
  declared: DeclaredAnswer | undefined,
  type: string | undefined,
  text?: string,
): unknown {
  const validator = validatorOf(run, declared, type);
  return (validator && run.validators?.int64?.read(value, validator, text)) ?? value;
}

/** The headers that the contract declares for the status of the last response, as values. */
export const declaredHeaders = ({ operation, state, validators }: Run): Readonly<Record<string, unknown>> => {
  const { response } = state;
  const declared = response && declaredFor(operation, response.status);
  return (declared && validators?.responseHeaders?.[declared.status]?.read(response.headers)) ?? {};
};

/** What of an answer's status and headers breaks the contract. */
export function checkHead(run: Run, declared: DeclaredAnswer | undefined): Issues | Promise<Issues> {
  const { operation, state, validators } = run;
  const { status, headers } = state.response ?? {};
  const validator = validators?.responseHeaders?.[declared?.status ?? '']?.validator;
  if (validator) return issuesOf(run, validator, declaredHeaders(run), '/headers');
  if (!declared)
    return operation.responses.length
      ? [{ pointer: '/status', type: 'number', message: `HTTP ${status} is not declared` }]
      : [];
  return (declared.requiredHeaders ?? [])
    .filter((name) => !headers?.has(name))
    .map((name) => ({ pointer: `/headers/${name}`, type: 'undefined', message: 'required' }));
}

/**
 * @param type the declared media type that covers the answer's
 * @param head issues of its status and headers
 * @param hasBody false: there is none that a validator could be asked of
 * @param text the body as it came, where that is JSON
 * @throws {ValidationError} in mode `throw`
 */
export function checkAnswer(
  run: Run,
  body: unknown,
  declared: DeclaredAnswer | undefined,
  type: string | undefined,
  head: Issues | Promise<Issues> = [],
  hasBody = true,
  text?: string,
): Issues | Promise<Issues> {
  const mode = run.options.validation?.answers ?? 'warn';
  if (mode === 'off') return [];
  const validator = hasBody ? validatorOf(run, declared, type) : undefined;
  return after(head, (found) =>
    after(issuesOf(run, validator, body, '', text), (issues) => report(run, 'answer', mode, [...found, ...issues])),
  );
}

/** Of a response whose body is read in another way. @throws {ValidationError} in mode `throw` */
export const checkAnswerHead = (run: Run, declared: DeclaredAnswer | undefined): Issues | Promise<Issues> =>
  checkAnswer(run, undefined, declared, undefined, checkHead(run, declared), false);
