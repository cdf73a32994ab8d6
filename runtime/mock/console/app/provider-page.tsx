/** @jsxImportSource preact */
import { CopyButton, Prose } from './code-block.tsx';
import type { Change, ConsoleState, ProviderState } from './gateway-api.ts';
import { InferredBadge } from './inferred-badge.tsx';
import { PreferCard } from './prefer-card.tsx';
import { hrefOf, webhooksHref } from './use-route.ts';

/** Properties of the page of one provider. */
export type ProviderPageProps = {
  readonly state: ConsoleState;
  readonly provider: ProviderState;
  readonly change: Change;
};

/** Shows a provider: the URL of its mock, its operations, and its webhooks. */
export function ProviderPage({ state, provider, change }: ProviderPageProps) {
  const { name, title, version, summary, baseUrl, problem, operations, sessions, servers } = provider;
  return (
    <>
      <div>
        <h1>{title}</h1>
        <div class="route">
          <code>{baseUrl}</code>
          <span class="grow" />
          {version !== '' && <span class="badge">contract {version}</span>}
          {state.docs && <a href={`/docs/${name}.html`}>Reference</a>}
          <CopyButton text={baseUrl} what="base URL" />
        </div>
      </div>
      {problem !== undefined && (
        <p class="error mono" role="alert">
          {problem}
        </p>
      )}
      <Prose text={summary} />
      <section class="card">
        <h2>Start here</h2>
        <p class="soft">
          Set the base URL of your client to the mock. Print the demo credentials as environment variables with{' '}
          <code>npm run mock -- env {name}</code>. Or open an operation and select Send: the mock signs the request.
        </p>
        {sessions && (
          <div class="row">
            <button type="button" onClick={() => change({ expire: name })}>
              Expire all tokens
            </button>
            <span class="soft small">
              The next request with an old token is rejected, and the client logs in again.
            </span>
          </div>
        )}
      </section>
      {servers.length > 0 && (
        <section class="card">
          <h2>Servers of the contract</h2>
          <ul class="responses">
            {servers.map((server) => (
              <li key={server.name}>
                <span class="badge">{server.name}</span> <code>{server.url}</code>
              </li>
            ))}
          </ul>
        </section>
      )}
      {state.stateful && (
        <section class="card">
          <h2>State</h2>
          <div class="row">
            <button type="button" onClick={() => change({ provider: name }, 'reset')}>
              Reset
            </button>
            <button type="button" onClick={() => change({ provider: name, seed: 'examples' }, 'reset')}>
              Reset and seed
            </button>
            <span class="soft small">Reset removes what was created. Seed loads the examples of the contract.</span>
          </div>
        </section>
      )}
      {state.fires[name] && (
        <section class="card">
          <h2>Webhooks</h2>
          <p class="soft">
            Receive what {title} sends: the mock signs the request and calls your server.{' '}
            <a href={webhooksHref(name)}>Send webhooks to my server</a>
          </p>
        </section>
      )}
      <PreferCard />
      <section class="card">
        <h2>Operations</h2>
        <ul class="responses listing">
          {operations.map(({ id, method, path, when, summary: said, inferred, webhook }) => (
            <li key={id}>
              <span class={`method ${method}`}>{method}</span>
              <a href={hrefOf(name, id)}>{id}</a>
              <span class="soft small">
                {said} {inferred && <InferredBadge />}{' '}
                {state.pins[`${name}/${id}`] && <span class="badge accent">pinned</span>}{' '}
                {webhook && <a href={webhooksHref(name, id)}>Send to my server</a>}
              </span>
              <code class="soft">{[path, ...when].join(' · ')}</code>
            </li>
          ))}
        </ul>
      </section>
    </>
  );
}
