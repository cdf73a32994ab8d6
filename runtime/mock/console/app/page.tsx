/** @jsxImportSource preact */
import { useLayoutEffect } from 'preact/hooks';
import { ComparePage } from './compare-page.tsx';
import type { Change, ConsoleState, OperationState, ProviderState } from './gateway-api.ts';
import { HomePage } from './home-page.tsx';
import { NotFound } from './not-found.tsx';
import { OperationPage } from './operation-page.tsx';
import { ProviderPage } from './provider-page.tsx';
import type { LiveLog } from './use-log.ts';
import type { Route } from './use-route.ts';
import { WebhooksPage } from './webhooks-page.tsx';

/** Properties of the page in the middle. */
export type PageProps = {
  readonly state: ConsoleState;
  readonly route: Route;
  readonly log: LiveLog;
  readonly change: Change;
  readonly take: (state: ConsoleState) => void;
};

type Found = { readonly provider: ProviderState | undefined; readonly operation: OperationState | undefined };

function find({ providers }: ConsoleState, route: Route): Found {
  const provider = 'provider' in route ? providers.find(({ name }) => name === route.provider) : undefined;
  const operation =
    route.page === 'operation' ? provider?.operations.find(({ id }) => id === route.operation) : undefined;
  return { provider, operation };
}

function titleOf(route: Route, { provider, operation }: Found): string {
  const named = provider?.title;
  if (route.page === 'home') return 'Providers';
  if (route.page === 'compare') return `Requests ${route.entries.join(' and ')}`;
  if (!provider) return 'Not found';
  if (route.page === 'webhooks') return `Webhooks · ${named}`;
  if (route.page === 'operation') return operation ? `${operation.id} · ${named}` : 'Not found';
  return named ?? '';
}

/** Shows the page of the address, or "not found". */
export function Page({ state, route, log, change, take }: PageProps) {
  const found = find(state, route);
  const title = titleOf(route, found);
  // Before the page is painted: a screen reader announces the title with the new page.
  useLayoutEffect(() => {
    document.title = `${title} · Countersign mock`;
  }, [title]);
  const { provider, operation } = found;
  if (route.page === 'home') return <HomePage state={state} change={change} />;
  if (route.page === 'compare') return <ComparePage entries={log.entries} ids={route.entries} />;
  if (route.page === 'webhooks' && provider && state.fires[provider.name])
    return (
      <WebhooksPage
        key={`${provider.name}/${route.event}`}
        state={state}
        provider={provider}
        event={route.event}
        log={log}
      />
    );
  if (route.page === 'provider' && provider)
    return <ProviderPage key={provider.name} state={state} provider={provider} change={change} />;
  if (route.page === 'operation' && provider && operation)
    return (
      <OperationPage
        key={`${provider.name}/${operation.id}`}
        state={state}
        provider={provider}
        operation={operation}
        entry={route.entry}
        log={log}
        change={change}
        take={take}
      />
    );
  return <NotFound state={state} route={route} />;
}
