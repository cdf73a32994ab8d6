import { ApiError, UnexpectedAnswerError } from './errors/index.ts';
import type { UnexpectedAnswerReason } from './errors/unexpected-answer-error.ts';
import { valueAt } from './pointer.ts';
import { redact } from './redact.ts';
import { isTransientStatus, readRetryAfter } from './retry.ts';
import { errorContext, type Outcome, type Run } from './run.ts';
import { checkAnswer } from './validate.ts';

export type Decoded = {
  /** `raw`: a declared media type that is not JSON. `bad`: JSON was due, and it is none. */
  readonly kind: 'none' | 'json' | 'raw' | 'bad';
  readonly value: unknown;
  readonly mediaType: string;
  /** Media types that the contract declares for this status; undefined where it does not declare the status. */
  readonly declared: readonly string[] | undefined;
};

/** Success or failure, by the envelope: never by the HTTP status alone where the body has a code. */
export async function judge(
  run: Run,
  response: Response,
  { kind, value, mediaType, declared }: Decoded,
): Promise<Outcome> {
  const { ctx, operation, secrets } = run;
  const { status, ok, headers } = response;
  const { code: codeAt, success, data: dataAt, message: messageAt = '', errors } = ctx.api.envelope;
  const requestId = headers.get('x-request-id') ?? headers.get('request-id') ?? undefined;
  const context = { ...errorContext(run), status, requestId, retryAfter: readRetryAfter(headers, ctx.clock.now()) };
  const byStatus = !operation.enveloped || codeAt === 'status';
  const bare = byStatus || (ok && (declared?.length === 0 || kind === 'raw'));
  const code = bare ? status : valueAt(value, codeAt);
  const succeeds = success.includes(code as never);

  const due = bare ? ok && declared?.length : true;
  let reason: UnexpectedAnswerReason | undefined;
  if (due && kind === 'none') reason = 'an empty body';
  else if (due && kind === 'bad') reason = 'a body that is not JSON';
  else if (typeof (code ?? {}) === 'object') reason = 'no code';
  else if (!bare && !ok && succeeds) reason = 'a code that says success';
  if (reason) {
    return {
      error: new UnexpectedAnswerError(reason, context),
      transient: isTransientStatus(status),
      requestId,
      body: value,
    };
  }
  if (bare ? ok || (operation.enveloped && succeeds) : succeeds) {
    const issues = kind === 'json' ? await checkAnswer(run, value, status, mediaType) : [];
    const data = dataAt === undefined || !operation.enveloped || kind !== 'json' ? value : valueAt(value, dataAt);
    return { data, issues, requestId, body: value };
  }
  const named = errors[`${code}`];
  const said = valueAt(value, messageAt);
  const providerMessage = typeof said === 'string' && kind === 'json' ? redact(said, secrets) : undefined;
  const Class = (ctx.errors[`${code}`] ?? ApiError) as typeof ApiError;
  const error = new Class({ ...context, code: code as never, providerMessage, body: value });
  return { error, transient: named ? named.retry : bare && isTransientStatus(status), requestId, body: value };
}
