/** @jsxImportSource preact */
import type { ConsoleState } from './gateway-api.ts';
import { hrefOf, type Route } from './use-route.ts';

/** Maximum number of links to show. */
const MOST = 6;

/** The page of an unknown address, with similar pages. */
export function NotFound({ state, route }: { readonly state: ConsoleState; readonly route: Route }) {
  const provider = 'provider' in route ? state.providers.find(({ name }) => name === route.provider) : undefined;
  const operation = route.page === 'operation' ? route.operation : '';
  const near = state.providers
    .flatMap(({ name, operations }) => operations.map(({ id }) => ({ name, id })))
    .filter(({ id }) => operation !== '' && isNear(id, operation))
    .slice(0, MOST);
  return (
    <>
      <h1>Not found</h1>
      <p class="soft">{messageOf(route, provider?.title)}</p>
      {near.length > 0 && (
        <section class="card">
          <h2>Operations of a similar name</h2>
          <ul class="responses">
            {near.map(({ name, id }) => (
              <li key={`${name}/${id}`} class="plain">
                <a href={hrefOf(name, id)}>{id}</a> <span class="soft small">{name}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
      <p>
        <a href={provider ? hrefOf(provider.name) : '#/'}>
          {provider ? `Open ${provider.title}` : 'Show all providers'}
        </a>
      </p>
    </>
  );
}

function messageOf(route: Route, title: string | undefined): string {
  if (route.page === 'operation' && title !== undefined)
    return `${title} does not have the operation “${route.operation}”.`;
  if (route.page === 'webhooks' && title !== undefined) return `${title} does not send webhooks.`;
  if ('provider' in route) return `This mock does not serve the provider “${route.provider}”.`;
  return 'The page does not exist in the console.';
}

/** Whether a text contains the words of the other, regardless of case and order. */
function isNear(id: string, asked: string): boolean {
  const a = id.toLowerCase();
  const b = asked.toLowerCase();
  return a.includes(b) || b.includes(a) || (b.length > 4 && a.startsWith(b.slice(0, 5)));
}
