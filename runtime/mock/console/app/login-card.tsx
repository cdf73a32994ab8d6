/** @jsxImportSource preact */
import { useState } from 'preact/hooks';
import { Inline } from './code-block.tsx';
import { type ConsoleState, gateway, type LoginState, type ProviderState } from './gateway-api.ts';

/** Properties of the card that logs in. */
export type LoginCardProps = {
  readonly provider: ProviderState;
  readonly scheme: LoginState;
  readonly take: (state: ConsoleState) => void;
};

const WORDS: Readonly<Record<string, string>> = {
  authorizationCode: 'authorization code with PKCE',
  clientCredentials: 'client credentials',
  deviceAuthorization: 'device code',
};

/** Logs in at the mock's authorization server. The token stays in the mock, which sends it with each request of the console. */
export function LoginCard({ provider, scheme: { scheme, grants, login }, take }: LoginCardProps) {
  const [grant, setGrant] = useState<string>(grants[0] ?? '');
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState('');
  const ask = async (what: 'login' | 'logout'): Promise<void> => {
    setBusy(true);
    setFailure('');
    try {
      take(await gateway.log(what, { provider: provider.name, scheme, grant }));
    } catch (error) {
      setFailure((error as Error).message);
    }
    setBusy(false);
  };
  const id = `grant-${scheme}`;
  return (
    <section class="card" aria-label={`Login of ${scheme}`}>
      <h2>Log in to {scheme}</h2>
      <div class="row">
        {grants.length > 0 && (
          <>
            <label for={id}>Grant</label>
            <select id={id} value={grant} onChange={({ currentTarget }) => setGrant(currentTarget.value)}>
              {grants.map((name) => (
                <option key={name} value={name}>
                  {WORDS[name] ?? name}
                </option>
              ))}
            </select>
            <button type="button" disabled={busy} onClick={() => void ask('login')}>
              {busy ? 'Logging in …' : 'Log in'}
            </button>
          </>
        )}
        {login && (
          <button type="button" disabled={busy} onClick={() => void ask('logout')}>
            Log out
          </button>
        )}
      </div>
      <p class="soft small" role="status">
        {login ? (
          <>
            Logged in by {WORDS[login.grant]}. Send uses the token <code>{login.token}</code> with the scopes{' '}
            <code>{login.scopes.join(' ')}</code>, until {new Date(login.expiresAt).toLocaleTimeString()}.
          </>
        ) : (
          'Send uses the demo token, which has every scope.'
        )}
      </p>
      {failure !== '' && (
        <p class="error" role="alert">
          <Inline text={failure} />
        </p>
      )}
    </section>
  );
}
