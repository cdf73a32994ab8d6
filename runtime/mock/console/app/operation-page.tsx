/** @jsxImportSource preact */
import { useState } from 'preact/hooks';
import { AnswerList } from './answer-list.tsx';
import { CopyButton, Prose } from './code-block.tsx';
import type { ConsoleState, OperationState, ProviderState } from './gateway-api.ts';
import { InferredBadge } from './inferred-badge.tsx';
import { TryForm } from './try-form.tsx';
import { hrefOf } from './use-route.ts';

/** Properties of the page of one operation. */
export type OperationPageProps = {
  readonly state: ConsoleState;
  readonly provider: ProviderState;
  readonly operation: OperationState;
  readonly change: (wish: object) => void;
};

/** One operation: what it is, a try, and every answer that it declares. */
export function OperationPage({ state, provider, operation, change }: OperationPageProps) {
  const [prefer, setPrefer] = useState('');
  const { id, method, path, when, summary, description, inferred, deprecated, webhook, security } = operation;
  const url = `${provider.baseUrl}${path}`;
  const schemes = security.map((all) => all.map(({ name }) => name).join(' + ')).filter((text) => text !== '');
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
            <span key={condition} class="badge accent mono" title="Told apart from its siblings by this">
              {condition}
            </span>
          ))}
          <span class="grow" />
          <CopyButton text={url} what="URL" />
        </div>
        <div class="facts">
          <span class="badge">{schemes.length === 0 ? 'no credential' : schemes.join(' or ')}</span>
          {webhook && <span class="badge">calls you</span>}
          {inferred && <InferredBadge />}
          {deprecated && <span class="badge bad">deprecated</span>}
        </div>
      </div>
      {description !== '' && <Prose text={description} />}
      <TryForm state={state} provider={provider} operation={operation} prefer={prefer} setPrefer={setPrefer} />
      <AnswerList state={state} provider={provider.name} operation={operation} ask={setPrefer} change={change} />
    </>
  );
}
