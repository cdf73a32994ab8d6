/** @jsxImportSource preact */
import { CopyButton, Prose } from './code-block.tsx';
import { FireForm } from './fire-form.tsx';
import type { ConsoleState, ProviderState } from './gateway-api.ts';
import { InferredBadge } from './inferred-badge.tsx';
import { PreferCard } from './prefer-card.tsx';
import { hrefOf } from './use-route.ts';

/** Properties of the page of one provider. */
export type ProviderPageProps = {
  readonly state: ConsoleState;
  readonly provider: ProviderState;
  readonly change: (wish: object) => void;
};

/** A provider: where its mock is, what it can do, and how it calls you. */
export function ProviderPage({ state, provider, change }: ProviderPageProps) {
  const { name, title, version, summary, baseUrl, problem, operations, sessions } = provider;
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
          Point your client's base URL at the mock and give it the demo credentials:{' '}
          <code>npm run mock -- env {name}</code> prints them as environment variables. Or pick an operation and press
          Send; the gateway signs for you.
        </p>
        {sessions && (
          <div class="row">
            <button type="button" onClick={() => change({ expire: name })}>
              Expire all tokens
            </button>
            <span class="soft small">The next call with an old token is told so, and a client logs in again.</span>
          </div>
        )}
      </section>
      {state.fires.includes(name) && (
        <FireForm provider={name} asksFor={operations.some(({ webhook }) => webhook) ? 'count' : 'user'} />
      )}
      <PreferCard />
      <section class="card">
        <h2>Operations</h2>
        <ul class="answers listing">
          {operations.map(({ id, method, path, when, summary: said, inferred }) => (
            <li key={id}>
              <span class={`method ${method}`}>{method}</span>
              <a href={hrefOf(name, id)}>{id}</a>
              <span class="soft small">
                {said} {inferred && <InferredBadge />}
              </span>
              <code class="soft">{[path, ...when].join(' · ')}</code>
            </li>
          ))}
        </ul>
      </section>
    </>
  );
}
