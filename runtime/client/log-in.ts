import { misconfigured } from './configuration.ts';
import type { Context } from './context.ts';
import { within } from './deadline.ts';
import { UnexpectedAnswerError } from './errors/index.ts';
import { perform } from './perform.ts';
import { valueAt } from './pointer.ts';
import { type CallInput, errorContext, type Outcome, type Run, requestIdOf } from './run.ts';
import type { Session } from './session.ts';

/** After a successful login, by the client or by its user: the token is the session's from now on. */
export async function keepToken(run: Run, { body }: Outcome): Promise<void> {
  const { ctx, operation, input, state } = run;
  for (const session of ctx.sessions.values()) {
    if (!session.scheme.operations.includes(operation.id)) continue;
    const token = valueAt(body, session.scheme.token);
    if (typeof token !== 'string' || !token) {
      const { response } = state;
      throw new UnexpectedAnswerError('no token', {
        ...errorContext(run),
        status: response?.status ?? 0,
        requestId: requestIdOf(response),
        retryAfter: undefined,
      });
    }
    session.last = { operation: operation.id, input };
    await session.keep(token);
  }
}

async function callLogin(ctx: Context, { scheme, last }: Session): Promise<void> {
  const { login } = ctx.options;
  const chosen =
    last ?? (login && scheme.operations.includes(login.operation) ? login : { operation: scheme.operations[0] ?? '' });
  const handle = ctx.handles[chosen.operation];
  if (!handle) throw misconfigured(ctx.api, `missing the login operation ${chosen.operation}`);
  const { outcome } = await perform(ctx, handle, (chosen.input ?? {}) as CallInput, {}, { loginOf: scheme.name });
  if (outcome.error) throw outcome.error;
}

/** The session's token for this attempt, where no login is needed. */
export function tokenAtHand({ ctx, dry, rejected, tokens }: Run, name: string): string | undefined {
  const token = ctx.sessions.get(name)?.current(rejected.get(name)) ?? (dry ? '(token)' : undefined);
  if (token !== undefined) tokens.set(name, token);
  return token;
}

/** Each caller waits only as long as its own limits say; the login goes on. */
export async function logIn(run: Run, name: string): Promise<string> {
  const { ctx, rejected, tokens } = run;
  const session = ctx.sessions.get(name) as Session;
  const token = await within(run, Infinity, () => session.renew(rejected.get(name), () => callLogin(ctx, session)));
  tokens.set(name, token);
  return token;
}
