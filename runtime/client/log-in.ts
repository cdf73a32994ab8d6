import type { Context } from './context.ts';
import { within } from './deadline.ts';
import { ConfigurationError, UnexpectedAnswerError } from './errors/index.ts';
import { perform } from './perform.ts';
import { valueAt } from './pointer.ts';
import { type CallInput, errorContext, type Outcome, type Run } from './run.ts';

/** After a successful login, by the client or by its user: the token is the session's from now on. */
export async function keepToken(run: Run, outcome: Outcome): Promise<void> {
  const { ctx, operation, input, state } = run;
  for (const session of ctx.sessions.values()) {
    if (!session.scheme.operations.includes(operation.id)) continue;
    const token = valueAt(outcome.body, session.scheme.token);
    if (typeof token !== 'string' || !token) {
      throw new UnexpectedAnswerError('no-token', { status: state.response?.status ?? 0 }, errorContext(run));
    }
    session.last = { operation: operation.id, input };
    await session.keep(token, ctx.clock.now);
  }
}

async function callLogin(ctx: Context, name: string): Promise<string> {
  const session = ctx.sessions.get(name);
  const { login } = ctx.options;
  const [byDefault = ''] = session?.scheme.operations ?? [];
  const chosen =
    session?.last ??
    (login && session?.scheme.operations.includes(login.operation) ? login : { operation: byDefault, input: {} });
  const handle = ctx.handles[chosen.operation];
  if (!session || !handle) {
    throw new ConfigurationError(`${ctx.api.title} client was not given the login operation ${chosen.operation}.`);
  }
  const { outcome } = await perform(ctx, handle, (chosen.input ?? {}) as CallInput, {}, name);
  if (outcome.error) throw outcome.error;
  return session.current(ctx.clock.now, undefined) ?? '';
}

/** The session's token for this attempt. Each caller waits only as long as its own limits say; the login goes on. */
export async function logIn(run: Run, name: string): Promise<string> {
  const { ctx } = run;
  const session = ctx.sessions.get(name);
  const rejected = run.rejected.get(name);
  if (run.dry) return session?.current(ctx.clock.now, rejected) ?? '(token)';
  const token =
    session?.current(ctx.clock.now, rejected) ??
    (await within(
      run,
      Infinity,
      async () => session?.token(ctx.clock.now, rejected, () => callLogin(ctx, name)) ?? '',
    ));
  run.tokens.set(name, token);
  return token;
}
