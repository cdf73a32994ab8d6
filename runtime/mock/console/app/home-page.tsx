/** @jsxImportSource preact */
import { Inline } from './code-block.tsx';
import type { Change, ConsoleState, ProviderState } from './gateway-api.ts';
import { PinList } from './pins.tsx';
import { hrefOf, webhooksHref } from './use-route.ts';

/** Lists all providers and their common settings. */
export function HomePage({ state, change }: { readonly state: ConsoleState; readonly change: Change }) {
  const total = state.providers.reduce((sum, { operations }) => sum + operations.length, 0);
  return (
    <>
      <div>
        <h1>Providers</h1>
        <p class="soft">
          {counted(state.providers.length, 'provider')} with {counted(total, 'operation')}, served at{' '}
          <code>{state.url}</code>.
        </p>
      </div>
      <ul class="tiles">
        {state.providers.map((provider) => (
          <Tile key={provider.name} state={state} provider={provider} />
        ))}
      </ul>
      <PinList state={state} change={change} />
      <section class="card">
        <h2>Reset</h2>
        <div class="row">
          <button type="button" onClick={() => change({}, 'reset')}>
            Reset the mock
          </button>
          <span class="soft small">
            Removes pins, tokens and the state of a stateful mock, and restarts the seeded sequence.
          </span>
        </div>
      </section>
      <section class="card">
        <h2>Start here</h2>
        <ol class="steps">
          <li>Open a provider, choose an operation and select Send. The mock signs the request for you.</li>
          <li>
            Set the base URL of your client to the mock. Print the demo credentials with{' '}
            <code>npm run mock -- env {state.providers[0]?.name ?? '<provider>'}</code>.
          </li>
          <li>Watch requests arrive in the log. It shows why a request was rejected.</li>
        </ol>
      </section>
    </>
  );
}

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

function Tile({ state, provider }: { readonly state: ConsoleState; readonly provider: ProviderState }) {
  const { name, title, version, summary, baseUrl, problem, operations } = provider;
  const pinned = operations.filter(({ id }) => state.pins[`${name}/${id}`]).length;
  const inferred = operations.filter((operation) => operation.inferred).length;
  return (
    <li class="card tile">
      <h2>
        <a href={hrefOf(name)}>{title}</a>
        {version !== '' && <span class="badge">{version}</span>}
      </h2>
      {problem !== undefined && <span class="badge bad">invalid spec</span>}
      {summary !== '' && (
        <p class="soft small clamp">
          <Inline text={summary.replaceAll('**', '')} />
        </p>
      )}
      <p class="where">
        <code>{baseUrl}</code>
      </p>
      <p class="facts small">
        <span>{counted(operations.length, 'operation')}</span>
        {inferred > 0 && <span class="badge inferred">{inferred} inferred</span>}
        {pinned > 0 && <span class="badge accent">{pinned} pinned</span>}
        {state.fires[name] && <a href={webhooksHref(name)}>Webhooks</a>}
      </p>
    </li>
  );
}
