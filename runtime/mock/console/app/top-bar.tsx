/** @jsxImportSource preact */
import { useEffect, useState } from 'preact/hooks';
import type { ConsoleState } from './gateway-api.ts';
import { Brand, Icon } from './icons.tsx';
import { PinMenu } from './pins.tsx';

const THEMES = ['system', 'light', 'dark'] as const;
type Theme = (typeof THEMES)[number];

function readTheme(): Theme {
  const kept = localStorage.getItem('theme');
  return THEMES.find((theme) => theme === kept) ?? 'system';
}

/** The address of the mock, its scenario, and the color scheme. */
export function TopBar({ state, change }: { readonly state: ConsoleState; readonly change: (wish: object) => void }) {
  const [theme, setTheme] = useState(readTheme);
  useEffect(() => {
    localStorage.setItem('theme', theme);
    if (theme === 'system') delete document.documentElement.dataset['theme'];
    else document.documentElement.dataset['theme'] = theme;
  }, [theme]);
  return (
    <header class="top">
      <a class="to-home" href="#/" aria-label="Countersign mock, all providers">
        <Brand />
      </a>
      <code class="soft where">{state.url}</code>
      {state.verify ? (
        <span class="badge accent" title="Credentials, signatures, clocks, nonces and tokens are checked">
          verifying
        </span>
      ) : (
        <span class="badge inferred" title="Started with --no-verify">
          not verifying
        </span>
      )}
      {state.stateful && <span class="badge accent">stateful</span>}
      <PinMenu state={state} change={change} />
      <span class="grow" />
      {state.docs && (
        <a class="docs" href="/docs/">
          <Icon name="book" /> Docs
        </a>
      )}
      <span class="row-end" />
      <fieldset class="segments scenario">
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
      <fieldset class="segments icons">
        <legend class="visually-hidden">Theme</legend>
        {THEMES.map((name) => (
          <button
            key={name}
            type="button"
            aria-label={name}
            title={`Theme: ${name}`}
            aria-pressed={theme === name}
            onClick={() => setTheme(name)}
          >
            <Icon name={name} />
          </button>
        ))}
      </fieldset>
    </header>
  );
}
