import type { OperationDescriptor, Validator } from '../contract/index.ts';
import { ValidationError, type ValidationIssue } from './errors/index.ts';
import type { ValidationMode } from './options.ts';
import { toPointer, valueAt } from './pointer.ts';
import { redact } from './redact.ts';
import { errorContext, type Run } from './run.ts';

const MOST_ISSUES = 10;

const typeOf = (value: unknown): string => (value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value);

async function issuesOf(
  { secrets }: Run,
  validator: Validator | undefined,
  value: unknown,
  at: string,
): Promise<ValidationIssue[]> {
  const waiting = validator?.['~standard'].validate(value);
  const { issues } = waiting instanceof Promise ? await waiting : (waiting ?? {});
  return (issues ?? []).slice(0, MOST_ISSUES).map(({ message, path = [] }) => {
    const pointer = toPointer(path.map((step) => (typeof step === 'object' ? step.key : step)));
    // A validator may quote; what this call knows to be secret is masked.
    return { pointer: at + pointer, type: typeOf(valueAt(value, pointer)), message: redact(message, secrets) };
  });
}

/** @throws {ValidationError} in mode `throw` */
function report(run: Run, of: 'input' | 'answer', mode: ValidationMode, issues: readonly ValidationIssue[]) {
  if (issues.length) {
    const error = new ValidationError(of, issues, errorContext(run));
    if (mode === 'throw') throw error;
    run.ctx.logger.warn?.(`countersign.${of}`, error.toJSON());
  }
  return issues;
}

/** @throws {ValidationError} in mode `throw` */
export async function checkInput(run: Run, mediaType: string): Promise<void> {
  const { operation, validators, input, options } = run;
  const mode = options.validation?.input ?? 'throw';
  if (mode === 'off') return;
  const issues: ValidationIssue[] = [];
  for (const part of ['path', 'query', 'headers', 'cookies'] as const) {
    if (validators?.[part]) issues.push(...(await issuesOf(run, validators[part], input[part] ?? {}, `/${part}`)));
  }
  if (input.body !== undefined)
    issues.push(...(await issuesOf(run, validators?.body?.[mediaType], input.body, '/body')));
  else if (operation.body?.required) issues.push({ pointer: '/body', type: 'undefined', message: 'required' });
  report(run, 'input', mode, issues);
}

/** The declared answer that covers an HTTP status: its own, that of its class (`4XX`), or `default`. */
export const declaredFor = ({ responses }: OperationDescriptor, status: number) =>
  [`${status}`, `${status}`[0] + 'XX', 'default'].map((name) => responses.find((r) => r.status === name)).find(Boolean);

/** @throws {ValidationError} in mode `throw` */
export async function checkAnswer(
  run: Run,
  body: unknown,
  status: number,
  mediaType: string,
): Promise<readonly ValidationIssue[]> {
  const mode = run.options.validation?.answers ?? 'warn';
  const declared = declaredFor(run.operation, status);
  const byType = run.validators?.responses[declared?.status ?? ''];
  if (mode === 'off' || !byType) return [];
  const validator = byType[mediaType] ?? byType[declared?.content[0] ?? ''];
  return report(run, 'answer', mode, await issuesOf(run, validator, body, ''));
}
