import { valueAt } from '../contract/index.ts';
import { answerContext } from './answer-context.ts';
import { misconfigured } from './configuration.ts';
import { within } from './deadline.ts';
import { UnexpectedAnswerError } from './errors/index.ts';
import type { AnswerHead } from './hooks.ts';
import type { LoginOptions } from './options.ts';
import type { Session } from './session.ts';
import type { CallInput, Context, Outcome, Run } from './types.ts';

async function callLogin({ ctx, perform }: Run, session: Session): Promise<void> {
  const chosen = chooseLogin(ctx, session);
  const handle = handleOf(ctx, chosen);
  if (!handle) throw misconfigured(ctx.api, `missing the login operation ${chosen.operation}`);
  const { outcome } = await perform(
    ctx,
    handle,
    (chosen.input ?? {}) as CallInput,
    {},
    { loginOf: session.scheme.name },
  );
  if (outcome.error) throw outcome.error;
}

/** After a successful login, by the client or by its user: the token is the session's from now on. */
export async function keepToken(run: Run, { body }: Outcome): Promise<void> {
  const { ctx, operation, input, state } = run;
  for (const session of ctx.sessions.values()) {
    if (!session.scheme.operations.includes(operation.id)) continue;
    const token = valueAt(body, session.scheme.token);
    if (typeof token !== 'string' || !token) {
      throw new UnexpectedAnswerError('no token', answerContext(run, state.response as AnswerHead));
    }
    session.last = { operation: operation.id, input };
    await session.keep(token);
  }
}

/** The schemes that the login of a session needs; none for another scheme. */
export function loginSecurity(ctx: Context, name: string): readonly string[] {
  const session = ctx.sessions.get(name);
  return (session && handleOf(ctx, chooseLogin(ctx, session))?.operation.security[0]) ?? [];
}

const chooseLogin = ({ options: { login } }: Context, { scheme: { operations }, last }: Session): LoginOptions =>
  last ?? (login && operations.includes(login.operation) ? login : { operation: operations[0] ?? '' });

/** By operationId, whatever the client calls its method. */
const handleOf = ({ handles }: Context, { operation: id }: LoginOptions) =>
  Object.values(handles).find(({ operation }) => operation.id === id);

/** The session's token for this attempt, where no login is needed. */
export const tokenAtHand = ({ ctx, dry, rejected }: Run, name: string): string | undefined =>
  ctx.sessions.get(name)?.current(rejected.get(name)) ?? (dry ? '(token)' : undefined);

/** Each caller waits only as long as its own limits say; the login goes on. */
export function logIn(run: Run, name: string): Promise<string> {
  const session = run.ctx.sessions.get(name) as Session;
  return within(run, Infinity, () => session.renew(run.rejected.get(name), () => callLogin(run, session)));
}
