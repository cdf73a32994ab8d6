/** @jsxImportSource preact */
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { ConsoleState, OperationState, ProviderState } from './gateway-api.ts';
import { Icon } from './icons.tsx';
import { InferredBadge } from './inferred-badge.tsx';
import { hrefOf } from './use-route.ts';

/** Properties of the sidebar. */
export type SidebarProps = {
  readonly state: ConsoleState;
  readonly provider: string | undefined;
  readonly operation: string | undefined;
  readonly isHome: boolean;
};

const matches = ({ id, path, summary, when }: OperationState, words: readonly string[]): boolean => {
  const text = [id, path, summary, ...when].join(' ').toLowerCase();
  return words.every((word) => text.includes(word));
};

/** Lists all operations. `/` focuses the filter, and the arrow keys move between the links. */
export function Sidebar({ state, provider, operation, isHome }: SidebarProps) {
  const [filter, setFilter] = useState('');
  const [open, setOpen] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const nav = useRef<HTMLElement>(null);
  // This runs before the first paint, so that a key is handled as soon as the field is visible.
  useLayoutEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const at = event.target as HTMLElement;
      if (
        event.key !== '/' ||
        /^(INPUT|TEXTAREA|SELECT)$/.test(at.tagName) ||
        event.ctrlKey ||
        event.metaKey ||
        event.altKey
      )
        return;
      event.preventDefault();
      input.current?.focus();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, []);
  const step = (event: KeyboardEvent): void => {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    const links = [...(nav.current?.querySelectorAll<HTMLElement>('input, a') ?? [])];
    const next = links[links.indexOf(event.target as HTMLElement) + (event.key === 'ArrowDown' ? 1 : -1)];
    if (!next) return;
    event.preventDefault();
    next.focus();
  };
  // Scrolls to the current operation after a link was opened. In a narrow window, the list closes after a choice.
  useEffect(() => {
    setOpen(false);
    nav.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' });
  }, [provider, operation]);
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  return (
    <nav class={open ? 'side open' : 'side'} aria-label="Operations" ref={nav} onKeyDown={step}>
      <button type="button" class="menu" aria-expanded={open} onClick={() => setOpen(!open)}>
        <Icon name="menu" /> Operations
      </button>
      <div class="find">
        <label class="visually-hidden" for="find">
          Filter operations
        </label>
        <input
          id="find"
          ref={input}
          type="search"
          placeholder="Filter operations"
          value={filter}
          onInput={({ currentTarget }) => setFilter(currentTarget.value)}
        />
        <span class="key" aria-hidden="true">
          /
        </span>
      </div>
      {words.length === 0 && (
        <a class="op home" href="#/" aria-current={isHome ? 'page' : undefined}>
          All providers
        </a>
      )}
      {state.providers.map((each) => {
        const shown = each.operations.filter((candidate) => matches(candidate, words));
        if (shown.length === 0 && words.length > 0) return null;
        return (
          <ProviderLinks
            key={each.name}
            provider={each}
            pins={state.pins}
            shown={shown}
            current={each.name === provider ? (operation ?? '') : undefined}
          />
        );
      })}
    </nav>
  );
}

type LinksProps = {
  readonly provider: ProviderState;
  readonly pins: ConsoleState['pins'];
  readonly shown: readonly OperationState[];
  /** The current operation. Empty if the page of the provider is shown; undefined on a page of another provider. */
  readonly current: string | undefined;
};

function ProviderLinks({ provider: { name, title, problem }, pins, shown, current }: LinksProps) {
  return (
    <section aria-label={title}>
      <h2>
        <a href={hrefOf(name)} aria-current={current === '' ? 'page' : undefined}>
          {title}
        </a>
        <span class="count">{shown.length}</span>
        {problem !== undefined && <span class="badge bad">invalid spec</span>}
      </h2>
      <ul>
        {shown.map(({ id, method, path, when, inferred, webhook }) => (
          <li key={id}>
            <a class="op" href={hrefOf(name, id)} aria-current={id === current ? 'page' : undefined}>
              <span class={`method ${method}`}>{method}</span>
              <span class="name">{id}</span>
              <span class="chips">
                {pins[`${name}/${id}`] && <span class="badge accent">pinned</span>}
                {inferred ? <InferredBadge /> : webhook ? <span class="badge">webhook</span> : null}
              </span>
              <span class="where">{when.length > 0 ? when.join(' · ') : path}</span>
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
