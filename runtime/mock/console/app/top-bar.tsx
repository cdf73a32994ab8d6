/** @jsxImportSource preact */
import { useEffect, useState } from 'preact/hooks';
import type { ConsoleState } from './gateway-api.ts';

const THEMES = ['system', 'light', 'dark'] as const;
type Theme = (typeof THEMES)[number];

function readTheme(): Theme {
  const kept = localStorage.getItem('theme');
  return THEMES.find((theme) => theme === kept) ?? 'system';
}

/** Where the mock is, how it behaves, how the page looks. */
export function TopBar({ state, change }: { readonly state: ConsoleState; readonly change: (wish: object) => void }) {
  const [theme, setTheme] = useState(readTheme);
  useEffect(() => {
    localStorage.setItem('theme', theme);
    if (theme === 'system') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
  }, [theme]);
  return (
    <header class="top">
      <span class="brand">
        Countersign <span>mock</span>
      </span>
      <code class="soft">{state.url}</code>
      {state.verify ? (
        <span class="badge accent" title="Credentials, signatures, clocks, nonces and tokens are checked">
          verifying
        </span>
      ) : (
        <span class="badge inferred" title="Started with --no-verify">
          nothing verified
        </span>
      )}
      {state.stateful && <span class="badge accent">stateful</span>}
      <span class="grow" />
      <fieldset class="segments">
        <legend>Scenario</legend>
        {state.scenarios.map(({ name, description }) => (
          <button
            key={name}
            type="button"
            title={description}
            aria-pressed={state.scenario.name === name}
            onClick={() => change({ scenario: name })}
          >
            {name}
          </button>
        ))}
      </fieldset>
      <fieldset class="segments">
        <legend>Theme</legend>
        {THEMES.map((name) => (
          <button key={name} type="button" aria-pressed={theme === name} onClick={() => setTheme(name)}>
            {name}
          </button>
        ))}
      </fieldset>
      {state.docs && <a href="/docs/">Docs</a>}
    </header>
  );
}
