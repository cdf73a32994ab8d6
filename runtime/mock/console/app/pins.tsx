/** @jsxImportSource preact */
import type { ConsoleState } from './gateway-api.ts';
import { hrefOf } from './use-route.ts';

/** Properties of the list of pins. */
export type PinsProps = { readonly state: ConsoleState; readonly change: (wish: object) => void };

type Pin = ConsoleState['pins'][string];

/** Describes a pin: `410 documented`. */
export function describePin({ status, code, example, dynamic }: Pin): string {
  const parts = [status ?? code, example ?? (dynamic ? 'generated from the schema' : undefined)];
  return parts.filter((part) => part !== undefined).join(' ');
}

function Rows({ state, change }: PinsProps) {
  return (
    <ul class="responses">
      {Object.entries(state.pins).map(([key, pin]) => {
        const [provider = '', operation = ''] = [key.slice(0, key.indexOf('/')), key.slice(key.indexOf('/') + 1)];
        return (
          <li key={key} class="item">
            <span class="pinned">
              <a href={hrefOf(provider, operation)}>{operation}</a>{' '}
              <span class="soft small">
                {provider} · {describePin(pin)}
              </span>
            </span>
            <button type="button" class="quiet" aria-label={`Unpin ${key}`} onClick={() => change({ pin: key })}>
              Unpin
            </button>
          </li>
        );
      })}
    </ul>
  );
}

/** Shows, in the bar at the top of every page, which responses are pinned and how many. */
export function PinMenu({ state, change }: PinsProps) {
  const count = Object.keys(state.pins).length;
  if (count === 0) return null;
  return (
    <details class="menu-of-pins">
      <summary class="badge accent">
        {count} {count === 1 ? 'pin' : 'pins'}
      </summary>
      <div class="card popover">
        <h2>Pinned responses</h2>
        <Rows state={state} change={change} />
        <button type="button" onClick={() => change({ unpin: true })}>
          Unpin all
        </button>
      </div>
    </details>
  );
}

/** Lists the pins on the home page. */
export function PinList({ state, change }: PinsProps) {
  if (Object.keys(state.pins).length === 0) return null;
  return (
    <section class="card">
      <h2>Pinned responses</h2>
      <p class="soft small">A pinned response is sent to every request that does not prefer a different one.</p>
      <Rows state={state} change={change} />
    </section>
  );
}
