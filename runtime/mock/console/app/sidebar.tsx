/** @jsxImportSource preact */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { ConsoleState, OperationState, ProviderState } from './gateway-api.ts';
import { hrefOf } from './use-route.ts';

export type SidebarProps = {
  readonly state: ConsoleState;
  readonly provider: string | undefined;
  readonly operation: string | undefined;
};

const matches = ({ id, path, summary, when }: OperationState, words: readonly string[]): boolean => {
  const text = [id, path, summary, ...when].join(' ').toLowerCase();
  return words.every((word) => text.includes(word));
};

/** All operations; `/` goes to the filter, the arrow keys go through the links. */
export function Sidebar({ state, provider, operation }: SidebarProps) {
  const [filter, setFilter] = useState('');
  const input = useRef<HTMLInputElement>(null);
  const nav = useRef<HTMLElement>(null);
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const at = event.target as HTMLElement;
      if (event.key !== '/' || /^(INPUT|TEXTAREA|SELECT)$/.test(at.tagName)) return;
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
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  return (
    <nav class="side" aria-label="Operations" ref={nav} onKeyDown={step}>
      <div class="find">
        <label class="visually-hidden" for="find">
          Filter operations
        </label>
        <input
          id="find"
          ref={input}
          type="search"
          placeholder="Filter operations  /"
          value={filter}
          onInput={({ currentTarget }) => setFilter(currentTarget.value)}
        />
      </div>
      {state.providers.map((each) => {
        const shown = each.operations.filter((candidate) => matches(candidate, words));
        if (shown.length === 0 && words.length > 0) return null;
        return (
          <ProviderLinks
            key={each.name}
            provider={each}
            shown={shown}
            current={each.name === provider ? operation : undefined}
          />
        );
      })}
    </nav>
  );
}

type LinksProps = {
  readonly provider: ProviderState;
  readonly shown: readonly OperationState[];
  readonly current: string | undefined;
};

function ProviderLinks({ provider: { name, title, problem }, shown, current }: LinksProps) {
  return (
    <section aria-label={title}>
      <h2>
        <a href={hrefOf(name)}>{title}</a>
        <span class="count">{shown.length}</span>
        {problem !== undefined && <span class="badge bad">wrong spec</span>}
      </h2>
      <ul>
        {shown.map(({ id, method, path, when, inferred, webhook }) => (
          <li key={id}>
            <a class="op" href={hrefOf(name, id)} aria-current={id === current ? 'page' : undefined}>
              <span class={`method ${method}`}>{method}</span>
              <span class="name">{id}</span>
              {inferred ? (
                <span class="badge inferred">inferred</span>
              ) : webhook ? (
                <span class="badge">calls you</span>
              ) : null}
              <span class="where">{when.length > 0 ? when.join(' · ') : path}</span>
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
