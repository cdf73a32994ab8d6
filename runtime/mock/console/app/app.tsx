/** @jsxImportSource preact */
import { useCallback, useEffect, useState } from 'preact/hooks';
import { Inline } from './code-block.tsx';
import { type Change, type ConsoleState, gateway } from './gateway-api.ts';
import { Brand } from './icons.tsx';
import { LogPanel } from './log-panel.tsx';
import { Page } from './page.tsx';
import { Sidebar } from './sidebar.tsx';
import { TopBar } from './top-bar.tsx';
import { useLog } from './use-log.ts';
import { useRoute } from './use-route.ts';

/** The whole console: providers on the left, the selected page in the middle, the log on the right. */
export function App() {
  const [state, setState] = useState<ConsoleState>();
  const [failure, setFailure] = useState('');
  /** The entry of the log with which the next one is compared. */
  const [marked, mark] = useState<number>();
  const route = useRoute();
  const take = useCallback((next: ConsoleState) => {
    setState(next);
    setFailure('');
  }, []);
  const fail = useCallback((error: Error) => setFailure(error.message), []);
  const read = useCallback(() => void gateway.state().then(take, fail), [take, fail]);
  const change: Change = useCallback(
    (wish: object, what?: 'change' | 'reset') => void gateway.change(wish, what).then(take, fail),
    [take, fail],
  );
  useEffect(read, [read]);
  const log = useLog(read);

  if (!state) {
    return (
      <>
        <header class="top">
          <Brand />
        </header>
        <main class="main alone" id="main">
          {failure === '' ? (
            <p class="loading" role="status">
              Loading the specs …
            </p>
          ) : (
            <>
              <h1>The mock is not running</h1>
              <p class="error" role="alert">
                <Inline text={failure} />
              </p>
              <button type="button" onClick={read}>
                Try again
              </button>
            </>
          )}
        </main>
      </>
    );
  }
  const provider = 'provider' in route ? route.provider : undefined;
  const operation = route.page === 'operation' ? route.operation : undefined;
  return (
    <div class="shell">
      <a class="skip" href="#main">
        Skip to the content
      </a>
      <TopBar state={state} change={change} />
      <Sidebar state={state} provider={provider} operation={operation} isHome={route.page === 'home'} />
      <main class="main" id="main" tabIndex={-1}>
        {!log.connected && (
          <p class="error" role="alert">
            The mock at <code>{state.url}</code> is not running, so this page shows its last state. Start it with{' '}
            <code>npm run mock</code>; the page reconnects by itself.
          </p>
        )}
        {log.connected && failure !== '' && (
          <p class="error" role="alert">
            <Inline text={failure} />
          </p>
        )}
        <Page state={state} route={route} log={log} change={change} take={take} />
      </main>
      <LogPanel state={state} log={log} clear={() => change({ clear: true })} marked={marked} mark={mark} />
    </div>
  );
}
