/** @jsxImportSource preact */
import { useCallback, useEffect, useState } from 'preact/hooks';
import { type ConsoleState, gateway } from './gateway-api.ts';
import { Brand } from './icons.tsx';
import { LogPanel } from './log-panel.tsx';
import { OperationPage } from './operation-page.tsx';
import { ProviderPage } from './provider-page.tsx';
import { Sidebar } from './sidebar.tsx';
import { TopBar } from './top-bar.tsx';
import { useLog } from './use-log.ts';
import { useRoute } from './use-route.ts';

/** The whole console: providers at the left, what is chosen in the middle, what happens at the right. */
export function App() {
  const [state, setState] = useState<ConsoleState>();
  const [failure, setFailure] = useState('');
  const route = useRoute();
  const read = useCallback(() => {
    gateway.state().then(
      (next) => {
        setState(next);
        setFailure('');
      },
      (error: Error) => setFailure(`The gateway does not answer: ${error.message}`),
    );
  }, []);
  const change = useCallback((wish: object) => {
    gateway.change(wish).then(setState, (error: Error) => setFailure(error.message));
  }, []);
  useEffect(read, [read]);
  const log = useLog(read);

  if (!state) {
    return (
      <>
        <header class="top">
          <Brand />
        </header>
        <p class={failure === '' ? 'loading' : 'error'} role="status">
          {failure || 'Reading the specs …'}
        </p>
      </>
    );
  }
  const provider = state.providers.find(({ name }) => name === route.provider) ?? state.providers[0];
  const operation = provider?.operations.find(({ id }) => id === route.operation);
  return (
    <div class="shell">
      <a class="skip" href="#main">
        Skip to the operation
      </a>
      <TopBar state={state} change={change} />
      <Sidebar state={state} provider={provider?.name} operation={operation?.id} />
      <main class="main" id="main" tabIndex={-1}>
        {failure !== '' && (
          <p class="error" role="alert">
            {failure}
          </p>
        )}
        {provider && operation ? (
          <OperationPage
            key={`${provider.name}/${operation.id}`}
            state={state}
            provider={provider}
            operation={operation}
            change={change}
          />
        ) : (
          provider && <ProviderPage key={provider.name} state={state} provider={provider} change={change} />
        )}
      </main>
      <LogPanel log={log} clear={() => change({ clear: true })} />
    </div>
  );
}
