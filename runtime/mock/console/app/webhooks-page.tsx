/** @jsxImportSource preact */
import { DeliveryLog } from './delivery-log.tsx';
import { FireForm } from './fire-form.tsx';
import type { ConsoleState, ProviderState } from './gateway-api.ts';
import { HistoryCard } from './history-card.tsx';
import type { LiveLog } from './use-log.ts';
import { hrefOf } from './use-route.ts';

/** Properties of the page of a provider's webhooks. */
export type WebhooksPageProps = {
  readonly state: ConsoleState;
  readonly provider: ProviderState;
  /** The operationId of the selected event. Empty for all events. */
  readonly event: string;
  readonly log: LiveLog;
};

/** Sends webhooks to your server as the provider does, and lists every delivery. */
export function WebhooksPage({ state, provider, event, log }: WebhooksPageProps) {
  const { name, title, operations } = provider;
  const own = log.entries.filter((entry) => entry.outgoing && entry.provider === name);
  const hasAny = own.length > 0;
  const sent = own[0]?.id ?? 0;
  return (
    <>
      <div>
        <p class="crumb">
          <a href={hrefOf(name)}>{title}</a> / webhooks
        </p>
        <h1>Webhooks of {title}</h1>
        <p class="soft">
          The mock sends signed requests to your server, as {title} does. It calls only the URL that you enter.
        </p>
      </div>
      <FireForm
        provider={name}
        kind={state.fires[name] ?? 'events'}
        events={operations.filter(({ webhook }) => webhook)}
        event={event}
      />
      <DeliveryLog provider={name} changed={sent} />
      {hasAny ? (
        <HistoryCard provider={name} operation="" entries={log.entries} title="Deliveries" outgoing />
      ) : (
        <p class="soft">No deliveries yet. Each one is listed here with its response, and can be sent again.</p>
      )}
    </>
  );
}
