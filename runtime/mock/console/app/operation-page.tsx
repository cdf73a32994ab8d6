/** @jsxImportSource preact */
import { useState } from 'preact/hooks';
import { CopyButton, Inline, Prose } from './code-block.tsx';
import type { ConsoleState, OperationState, ProviderState } from './gateway-api.ts';
import { HistoryCard } from './history-card.tsx';
import { InferredBadge } from './inferred-badge.tsx';
import { LoginCard } from './login-card.tsx';
import { describePin } from './pins.tsx';
import { ResponseList } from './response-list.tsx';
import { TryForm } from './try-form.tsx';
import { useDetail } from './use-detail.ts';
import type { LiveLog } from './use-log.ts';
import { hrefOf, webhooksHref } from './use-route.ts';

/** Properties of the page of one operation. */
export type OperationPageProps = {
  readonly state: ConsoleState;
  readonly provider: ProviderState;
  readonly operation: OperationState;
  readonly entry: number | undefined;
  readonly log: LiveLog;
  readonly change: (wish: object) => void;
  readonly take: (state: ConsoleState) => void;
};

/** Shows one operation: its description, a form to try it, its history, and every declared response. */
export function OperationPage({ state, provider, operation, entry, log, change, take }: OperationPageProps) {
  const [prefer, setPrefer] = useState('');
  const { id, method, path, when, summary, inferred, deprecated, webhook } = operation;
  // A notice reports that a spec was reloaded. The form keeps its values.
  const { detail, failure } = useDetail(provider.name, id, log.notice?.kind === 'reloaded' ? log.notice : undefined);
  const schemes = (detail?.security ?? []).map((all) => all.map(({ name }) => name).join(' + ')).filter(Boolean);
  const required = new Set((detail?.security ?? []).flat().map(({ name }) => name));
  const old = (detail?.security ?? []).flat().filter((scheme) => scheme.deprecated);
  const pin = state.pins[`${provider.name}/${id}`];
  return (
    <>
      <div>
        <p class="crumb">
          <a href={hrefOf(provider.name)}>{provider.title}</a> / {id}
        </p>
        <h1>{summary === '' ? id : summary}</h1>
        <div class="route">
          <span class={`method ${method}`}>{method}</span>
          <code>{path}</code>
          {when.map((condition) => (
            <span key={condition} class="badge accent mono" title="This condition selects the operation">
              {condition}
            </span>
          ))}
          <span class="grow" />
          <CopyButton text={`${provider.baseUrl}${path}`} what="URL" />
        </div>
        <div class="facts">
          {detail && <span class="badge">{schemes.length === 0 ? 'no credential' : schemes.join(' or ')}</span>}
          {old.map(({ name }) => (
            <span key={name} class="badge bad">
              {name} is deprecated
            </span>
          ))}
          {detail?.tags.map((tag) => (
            <span key={tag} class="badge" title="Tag">
              {tag}
            </span>
          ))}
          {webhook && <span class="badge">webhook</span>}
          {inferred && <InferredBadge />}
          {deprecated && <span class="badge bad">deprecated</span>}
          {pin && <span class="badge accent">pinned: {describePin(pin)}</span>}
          {state.fires[provider.name] === 'user' || webhook ? (
            <a href={webhooksHref(provider.name, webhook ? id : '')}>Send it to my server</a>
          ) : null}
        </div>
      </div>
      {failure !== '' && (
        <p class="error" role="alert">
          <Inline text={failure} />
        </p>
      )}
      {detail ? (
        <>
          {detail.description !== '' && <Prose text={detail.description} />}
          {provider.logins
            .filter(({ scheme }) => required.has(scheme))
            .map((scheme) => (
              <LoginCard key={scheme.scheme} provider={provider} scheme={scheme} take={take} />
            ))}
          <TryForm
            state={state}
            provider={provider}
            operation={operation}
            detail={detail}
            entry={entry}
            prefer={prefer}
            setPrefer={setPrefer}
          />
          <HistoryCard provider={provider.name} operation={id} entries={log.entries} />
          <ResponseList
            state={state}
            provider={provider.name}
            operation={id}
            detail={detail}
            ask={setPrefer}
            change={change}
          />
        </>
      ) : (
        failure === '' && (
          <p class="loading" role="status">
            Loading the operation …
          </p>
        )
      )}
    </>
  );
}
