import type { Code, EnvelopeDescriptor } from '../contract/index.ts';
import { ApiError, UnexpectedAnswerError } from './errors/index.ts';
import type { UnexpectedAnswerReason } from './errors/unexpected-answer-error.ts';
import { valueAt } from './pointer.ts';
import { redact } from './redact.ts';
import { isTransientStatus, readRetryAfter } from './retry.ts';
import { errorContext, type Outcome, type Run } from './run.ts';
import { checkAnswer, declaredFor } from './validate.ts';

export type Decoded = {
  readonly kind: 'none' | 'json' | 'text' | 'binary';
  readonly value?: unknown;
};

const BY_STATUS: Pick<EnvelopeDescriptor, 'code' | 'success' | 'data'> = { code: 'status', success: [] };

const REQUEST_ID = ['x-request-id', 'request-id', 'x-correlation-id'];

const isCode = (value: unknown): value is Code => ['number', 'string', 'boolean'].includes(typeof value);

/** Success or failure, by the envelope: never by the HTTP status alone where the body has a code. */
export async function judge(
  run: Run,
  response: Response,
  contentType: string,
  { kind, value }: Decoded,
): Promise<Outcome> {
  const { ctx, operation } = run;
  const { status, ok, headers } = response;
  const { api, errors } = ctx;
  const envelope = operation.enveloped ? api.envelope : BY_STATUS;
  const requestId = REQUEST_ID.map((name) => headers.get(name)).find(Boolean) ?? undefined;
  const retryAfter = readRetryAfter(headers, ctx.clock.now());
  const answer = { status, requestId, retryAfter };
  const known = { requestId, body: value };
  const unexpected = (reason: UnexpectedAnswerReason): Outcome => ({
    ...known,
    error: new UnexpectedAnswerError(reason, answer, errorContext(run)),
    transient: isTransientStatus(status),
    retryAfter,
  });
  const declared = declaredFor(operation, status);
  const bare =
    ok &&
    declared !== undefined &&
    (declared.content.length === 0 || (kind !== 'json' && declared.content.includes(contentType)));
  const byStatus = envelope.code === 'status' || bare;
  if (kind === 'none' && !(byStatus && (!ok || !declared?.content.length))) return unexpected('empty');
  if (kind !== 'json' && !byStatus) return unexpected('undecodable');

  const code = byStatus ? status : valueAt(value, envelope.code);
  if (!isCode(code)) return unexpected('no-code');
  const success = byStatus ? ok || envelope.success.includes(status) : envelope.success.includes(code);
  if (success && !ok && !byStatus) return unexpected('status-disagrees');
  if (!success) {
    const named = api.envelope.errors[String(code)];
    const said =
      kind === 'json' && api.envelope.message !== undefined ? valueAt(value, api.envelope.message) : undefined;
    const providerMessage = typeof said === 'string' ? redact(said, run.secrets) : undefined;
    const context = errorContext(run);
    const message = `${context.provider} ${context.operation}: code ${code}${providerMessage ? ` "${providerMessage}"` : ''} (HTTP ${status})`;
    const init = { ...context, ...answer, code, message, providerMessage, body: value };
    const Class = (Object.hasOwn(errors, String(code)) ? errors[String(code)] : undefined) as new (
      i: typeof init,
    ) => ApiError;
    const transient = named ? named.retry : byStatus && isTransientStatus(status);
    return { ...known, error: new (Class ?? ApiError)(init), transient, retryAfter };
  }
  // What breaks the contract in a body that cannot even be JSON is said as such, not as a list of issues.
  if (kind !== 'json' && ok && declared?.content.some((type) => /[/+]json$/.test(type)) && !bare)
    return unexpected('undecodable');
  const issues = kind === 'json' ? await checkAnswer(run, value, status, contentType) : [];
  const data = bare || envelope.data === undefined ? value : valueAt(value, envelope.data);
  return { ...known, data, issues };
}
