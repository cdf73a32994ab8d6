import { type Code, own, valueAt } from '../contract/index.ts';
import { after } from './after.ts';
import { ApiError, UnexpectedResponseError } from './errors/index.ts';
import type { UnexpectedResponseReason } from './errors/unexpected-response-error.ts';
import { redact } from './redact.ts';
import { responseContext } from './response-context.ts';
import { isTransientStatus } from './retry.ts';
import type { DeclaredResponse, Outcome, Run } from './types.ts';

/** The decoded body of a response and its declaration in the contract. */
export type Decoded = {
  readonly value: unknown;
  /** The body as received, if it is JSON. */
  readonly text?: string;
  /** Why the body is not JSON. */
  readonly flaw?: UnexpectedResponseReason;
  /** The declared media type that covers the media type of the response. */
  readonly type: string | undefined;
  /** The declaration of this status in the contract. */
  readonly declared: DeclaredResponse | undefined;
};

/**
 * Evaluates a response as success or failure by the envelope. The HTTP status alone never decides if the body has a
 * code.
 */
export function judge(
  run: Run,
  response: Response,
  { value, text, flaw, type, declared }: Decoded,
): Outcome | Promise<Outcome> {
  const { ctx, operation } = run;
  const { status, ok } = response;
  const { code: codeAt, success, data: dataAt, message: messageAt = '', errors } = ctx.api.envelope;
  const byStatus = !operation.enveloped || codeAt === 'status';
  const bare = byStatus || (ok && declared?.content.length === 0);
  const code = (bare ? status : valueAt(value, codeAt)) as Code;
  const succeeds = success.includes(code);
  const due = !bare || (ok && declared?.content.length);
  const reason: UnexpectedResponseReason | false =
    due && flaw
      ? flaw
      : typeof (code ?? {}) === 'object'
        ? 'no code'
        : !bare && !ok && succeeds && 'a code that says success';
  if (!reason && (bare ? ok || (operation.enveloped && succeeds) : succeeds)) {
    const data = !flaw && operation.enveloped && dataAt ? valueAt(value, dataAt) : value;
    const issues = ctx.checks?.response(run, value, declared, type, true, !flaw, text) ?? [];
    return after(issues, (found) => ({ data, issues: found, body: value }));
  }
  const context = responseContext(run, response);
  const transient = isTransientStatus(status);
  if (reason) return { error: new UnexpectedResponseError(reason, context), transient };
  const said = flaw ? undefined : valueAt(value, messageAt);
  const providerMessage = typeof said === 'string' ? redact(said, run.secrets) : undefined;
  const key = `${code}`;
  const Class = (own(ctx.errors, key) ?? ApiError) as typeof ApiError;
  const outcome = {
    error: new Class({ ...context, code, providerMessage, body: value }),
    transient: errors[key]?.retry ?? (bare && transient),
  };
  const issues =
    (declared && ctx.checks?.response(run, value, declared, type, true, byStatus && !flaw, text, true)) ?? [];
  return after(issues, (found) => ({ ...outcome, issues: found }));
}
