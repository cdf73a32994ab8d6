import type { OperationDescriptor, OperationValidators, Validator } from '../contract/index.ts';
import { ValidationError, type ValidationIssue } from './errors/index.ts';
import { toPointer, valueAt } from './pointer.ts';
import { redact } from './redact.ts';
import { errorContext, type Run } from './run.ts';

const MOST_ISSUES = 10;

const typeOf = (value: unknown): string => (value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value);

async function issuesOf(validator: Validator | undefined, value: unknown, at: string): Promise<ValidationIssue[]> {
  if (!validator) return [];
  const waiting = validator['~standard'].validate(value);
  const result = waiting instanceof Promise ? await waiting : waiting;
  return (result.issues ?? []).slice(0, MOST_ISSUES).map(({ message, path = [] }) => {
    const pointer = toPointer(path.map((step) => (typeof step === 'object' ? step.key : step)));
    return { pointer: at + pointer, type: typeOf(valueAt(value, pointer)), message };
  });
}

/** A validator's own message may quote; what this call knows to be secret is masked in it. */
const masked = (issues: readonly ValidationIssue[], { secrets }: Run): ValidationIssue[] =>
  issues.map((issue) => ({ ...issue, message: redact(issue.message, secrets) }));

/** @throws {ValidationError} in mode `throw` */
export async function checkInput(run: Run, bodyType: string | undefined): Promise<void> {
  const { ctx, operation, validators = { responses: {} }, input, options } = run;
  const mode = options.validation?.input ?? ctx.options.validation?.input ?? 'throw';
  if (mode === 'off') return;
  const issues: ValidationIssue[] = [];
  for (const part of ['path', 'query', 'headers', 'cookies'] as const) {
    issues.push(...(await issuesOf(validators[part], input[part] ?? {}, `/${part}`)));
  }
  if (input.body !== undefined)
    issues.push(...(await issuesOf(validators.body?.[bodyType ?? ''], input.body, '/body')));
  else if (operation.body?.required)
    issues.push({ pointer: '/body', type: 'undefined', message: 'a body is required' });
  if (issues.length === 0) return;
  const error = new ValidationError('input', masked(issues, run), errorContext(run));
  if (mode === 'throw') throw error;
  ctx.logger.warn?.('countersign.input', error.toJSON());
}

/** The declared status that covers an HTTP status: itself, then its class (`4XX`), then `default`. */
export const declaredFor = ({ responses }: OperationDescriptor, status: number) =>
  [`${status}`, `${Math.floor(status / 100)}XX`, 'default']
    .map((name) => responses.find((response) => response.status === name))
    .find(Boolean);

/** @throws {ValidationError} in mode `throw` */
export async function checkAnswer(
  run: Run,
  body: unknown,
  status: number,
  contentType: string,
): Promise<readonly ValidationIssue[]> {
  const { ctx, operation, options, validators } = run;
  const mode = options.validation?.answers ?? ctx.options.validation?.answers ?? 'warn';
  if (mode === 'off' || !validators) return [];
  const declared = declaredFor(operation, status);
  const byType: OperationValidators['responses'][string] = validators.responses[declared?.status ?? ''] ?? {};
  const issues = masked(await issuesOf(byType[contentType] ?? byType[declared?.content[0] ?? ''], body, ''), run);
  if (issues.length === 0) return issues;
  const error = new ValidationError('answer', issues, errorContext(run));
  if (mode === 'throw') throw error;
  ctx.logger.warn?.('countersign.answer', error.toJSON());
  return issues;
}
