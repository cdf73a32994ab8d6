import type { AskingSession } from './client-api.ts';
import type { ApiError } from './errors/index.ts';
import type { ResponseHead } from './hooks.ts';
import type { LoginOptions } from './options.ts';
import { createSession, type Session } from './session.ts';
import type { CallInput, Context, Lent, Outcome, Run, Sessions, TokenSource } from './types.ts';

// The first call that needs a session loads this file. Functions of the client are arguments: otherwise a bundler would
// move the shared module out of the client's first chunk.

const chooseLogin = ({ options: { login } }: Context, { scheme: { operations }, last }: Session): LoginOptions =>
  last ?? (login && operations.includes(login.operation) ? login : { operation: operations[0] ?? '' });

/** Whether an error has a code that the contract lists as an expired token. Only failures of the provider have a code. */
const hasExpired = ({ expired }: AskingSession, { kind, code, status }: ApiError): boolean =>
  kind === 'api' && expired.some((each) => each.code === code && (each.status ?? status) === status);

/** Finds an operation by its operationId, which can differ from the name of the client's method. */
const handleOf = ({ handles }: Context, { operation: id }: LoginOptions) =>
  Object.values(handles).find(({ operation }) => operation.id === id);

/** Creates the tokens of one client: those of its sessions and, if it uses OAuth, those of OAuth. */
export function createSessions(ctx: Context, lent: Lent, oauth: TokenSource | undefined): Sessions {
  const { UnexpectedResponseError, responseContext, misconfigured, place, valueAt, within } = lent;
  const sessions = new Map<string, Session>();
  for (const scheme of Object.values(ctx.api.securitySchemes)) {
    if (scheme.kind !== 'session') continue;
    const key = `${ctx.api.provider}/${scheme.name}`;
    sessions.set(scheme.name, createSession(scheme, key, ctx.clock.now, ctx.options.tokenStore));
  }

  async function callLogin({ perform }: Run, session: Session): Promise<void> {
    const chosen = chooseLogin(ctx, session);
    const handle = handleOf(ctx, chosen);
    if (!handle) throw misconfigured(ctx.api, `the client does not have the login operation ${chosen.operation}`);
    const input = (chosen.input ?? {}) as CallInput;
    const { outcome } = await perform(ctx, handle, input, {}, { loginOf: session.scheme.name });
    if (outcome.error) throw outcome.error;
  }

  return {
    security(name) {
      const session = sessions.get(name);
      return (session && handleOf(ctx, chooseLogin(ctx, session))?.operation.security[0]) ?? [];
    },

    add(run, request, scheme, names) {
      if (scheme.kind !== 'session') return oauth?.add(run, request, scheme, names);
      const put = (token: string): void => {
        run.tokens.set(scheme.name, token);
        run.secrets.add(token);
        place(run, request, scheme.carriers[0], token);
      };
      const session = sessions.get(scheme.name) as Session;
      const refused = run.rejected.get(scheme.name);
      const current = session.current(refused) ?? (run.dry ? '(token)' : undefined);
      // Each caller waits only within its own time limits. The login continues.
      return current === undefined
        ? within(run, Infinity, () => session.renew(refused, () => callLogin(run, session))).then(put)
        : put(current);
    },

    rejected(run, error) {
      for (const [name, token] of run.tokens) {
        const scheme = ctx.api.securitySchemes[name];
        if (run.rejected.has(name) || scheme?.kind !== 'session' || !hasExpired(scheme, error as ApiError)) continue;
        run.rejected.set(name, token);
        return true;
      }
      return oauth?.rejected(run, error) ?? false;
    },

    async keep(run: Run, { body }: Outcome) {
      const { operation, input, state } = run;
      for (const session of sessions.values()) {
        if (!session.scheme.operations.includes(operation.id)) continue;
        const token = valueAt(body, session.scheme.token);
        if (typeof token !== 'string' || !token)
          throw new UnexpectedResponseError('no token', responseContext(run, state.response as ResponseHead));
        session.last = { operation: operation.id, input };
        await session.keep(token);
      }
    },
  };
}
