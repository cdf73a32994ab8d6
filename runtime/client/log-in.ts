import type { AnswerContext, ErrorContext, UnexpectedAnswerError } from './errors/index.ts';
import type { UnexpectedAnswerReason } from './errors/unexpected-answer-error.ts';
import type { AnswerHead } from './hooks.ts';
import type { LoginOptions } from './options.ts';
import { createSession, type Session } from './session.ts';
import type { CallInput, Context, Outcome, Run, Sessions } from './types.ts';

// The first call that needs a session loads this file. What it shares with the client is handed in: a bundler that splits
// code would take a shared module out of the client's first chunk.

/** What the client lends. */
export type Lent = {
  readonly UnexpectedAnswerError: new (
    reason: UnexpectedAnswerReason,
    context: ErrorContext & AnswerContext,
  ) => UnexpectedAnswerError;
  readonly answerContext: (run: Run, answer: AnswerHead) => ErrorContext & AnswerContext;
  readonly misconfigured: (api: Context['api'], message: string) => Error;
  readonly valueAt: (value: unknown, pointer: string) => unknown;
  readonly within: <T>(run: Run, limit: number, work: () => Promise<T>) => Promise<T>;
};

const chooseLogin = ({ options: { login } }: Context, { scheme: { operations }, last }: Session): LoginOptions =>
  last ?? (login && operations.includes(login.operation) ? login : { operation: operations[0] ?? '' });

/** By operationId, whatever the client calls its method. */
const handleOf = ({ handles }: Context, { operation: id }: LoginOptions) =>
  Object.values(handles).find(({ operation }) => operation.id === id);

/** The sessions of one client. */
export function createSessions(ctx: Context, lent: Lent): Sessions {
  const { UnexpectedAnswerError, answerContext, misconfigured, valueAt, within } = lent;
  const sessions = new Map<string, Session>();
  for (const scheme of Object.values(ctx.api.securitySchemes)) {
    if (scheme.kind !== 'session') continue;
    const key = `${ctx.api.provider}/${scheme.name}`;
    sessions.set(scheme.name, createSession(scheme, key, ctx.clock.now, ctx.options.tokenStore));
  }

  async function callLogin({ perform }: Run, session: Session): Promise<void> {
    const chosen = chooseLogin(ctx, session);
    const handle = handleOf(ctx, chosen);
    if (!handle) throw misconfigured(ctx.api, `missing the login operation ${chosen.operation}`);
    const input = (chosen.input ?? {}) as CallInput;
    const { outcome } = await perform(ctx, handle, input, {}, { loginOf: session.scheme.name });
    if (outcome.error) throw outcome.error;
  }

  return {
    security(name) {
      const session = sessions.get(name);
      return (session && handleOf(ctx, chooseLogin(ctx, session))?.operation.security[0]) ?? [];
    },

    token(run, name) {
      const session = sessions.get(name) as Session;
      const refused = run.rejected.get(name);
      // Each caller waits only as long as its own limits say; the login goes on.
      return (
        session.current(refused) ??
        (run.dry ? '(token)' : within(run, Infinity, () => session.renew(refused, () => callLogin(run, session))))
      );
    },

    async keep(run: Run, { body }: Outcome) {
      const { operation, input, state } = run;
      for (const session of sessions.values()) {
        if (!session.scheme.operations.includes(operation.id)) continue;
        const token = valueAt(body, session.scheme.token);
        if (typeof token !== 'string' || !token)
          throw new UnexpectedAnswerError('no token', answerContext(run, state.response as AnswerHead));
        session.last = { operation: operation.id, input };
        await session.keep(token);
      }
    },
  };
}
