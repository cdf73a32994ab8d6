import type { Validator } from '../contract/index.ts';
import type { declaredHeaders, validatorOf } from './declared-for.ts';
import type { ErrorContext, ValidationError, ValidationIssue } from './errors/index.ts';
import type { Logger } from './log.ts';
import type { ValidationMode } from './options.ts';
import type { Checks, DeclaredResponse, Run } from './types.ts';

// The first call that validates loads this file. Functions of the client are arguments: otherwise a bundler would move
// the shared module out of the client's first chunk.

type Issues = readonly ValidationIssue[];

/** The functions of the client that validation uses. */
export type Lent = {
  readonly ValidationError: new (of: 'input' | 'response', issues: Issues, context: ErrorContext) => ValidationError;
  readonly errorContext: (run: Run) => ErrorContext;
  readonly redact: (text: string, secrets: Iterable<string>) => string;
  readonly toPointer: (keys: readonly PropertyKey[]) => string;
  readonly valueAt: (value: unknown, pointer: string) => unknown;
  readonly after: <T, R>(value: T | Promise<T>, then: (value: T) => R) => R | Promise<Awaited<R>>;
  readonly validatorOf: typeof validatorOf;
  readonly declaredHeaders: typeof declaredHeaders;
  readonly logger: Logger;
};

const MOST_ISSUES = 10;

const typeOf = (value: unknown): string => (value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value);

/** The checks of one client. */
export function createChecks({
  ValidationError,
  errorContext,
  redact,
  toPointer,
  valueAt,
  after,
  validatorOf,
  declaredHeaders,
  logger,
}: Lent): Checks {
  const warned = new Set<string>();

  /** Logs violations of the contract, once for each place of an operation. */
  function warn(error: ValidationError): void {
    const { of, operation, issues } = error;
    const place = `${of} ${operation} ${issues[0]?.pointer.replace(/\d+/g, '*')}`;
    if (warned.has(place) || warned.size > 999) return;
    warned.add(place);
    logger.warn?.(`countersign.${of}`, error.toJSON());
  }

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
        // A message of a validator may quote values, so the secrets of this call are masked.
        return {
          pointer: at + pointer,
          type: typeOf(valueAt(value, pointer)),
          message: redact(message, run.secrets),
        };
      }),
    );
  }

  /**
   * Reports violations as the mode requires.
   * @throws {ValidationError} in mode `throw`
   */
  function report(run: Run, of: 'input' | 'response', mode: ValidationMode, issues: Issues): Issues {
    if (issues.length) {
      const error = new ValidationError(of, issues, errorContext(run));
      if (mode === 'throw') throw error;
      warn(error);
    }
    return issues;
  }

  /** Violations of the contract in a response's status and headers. */
  function issuesOfHead(run: Run, declared: DeclaredResponse | undefined): Issues | Promise<Issues> {
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

  return {
    input(run, mediaType) {
      const { operation, validators, input, options } = run;
      const mode = options.validation?.input ?? 'throw';
      if (mode === 'off') return [];
      const found = (['path', 'query', 'headers', 'cookies'] as const).map((part) =>
        issuesOf(run, validators?.[part], input[part] ?? {}, `/${part}`),
      );
      if (input.body !== undefined) found.push(issuesOf(run, validators?.body?.[mediaType], input.body, '/body'));
      else if (operation.body?.required) found.push([{ pointer: '/body', type: 'undefined', message: 'required' }]);
      return after(
        found.some((issues) => issues instanceof Promise) ? Promise.all(found) : (found as Issues[]),
        (lists) => report(run, 'input', mode, lists.flat()),
      );
    },

    response(run, body, declared, type, hasHead, hasBody, text, failed) {
      const { responses = 'warn' } = run.options.validation ?? {};
      if (responses === 'off') return [];
      const mode = failed ? 'warn' : responses;
      const head = hasHead ? issuesOfHead(run, declared) : [];
      const validator = hasBody ? validatorOf(run, declared, type) : undefined;
      return after(head, (found) =>
        after(issuesOf(run, validator, body, '', text), (issues) =>
          report(run, 'response', mode, [...found, ...issues]),
        ),
      );
    },
  };
}
