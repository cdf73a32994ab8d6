/** Colors of Redoc's light theme whose contrast is below the 4.5:1 of WCAG AA. */
const METHODS = {
  get: '#0f7a43',
  query: '#0f7a43',
  post: '#1551d1',
  put: '#8f5200',
  patch: '#7a5c00',
  delete: '#b8003a',
  head: '#5a4bc2',
  'http-additional-operation': '#a84300',
} as const;

/** The selectors begin with `html:root`, so that they win over Redoc's own `:root`. */
export const STYLE = `
html:root { --input-content-placeholder-color: var(--text-color-secondary); }
html:root:not(.dark) { --link-color-primary: #0b57d0; --link-color-primary-hover: #0842a0; --code-block-tokens-function-color: #9a4a00; --code-block-tokens-class-name-color: #9a4a00; --code-block-tokens-operator-color: #9a4a00; --code-block-tokens-string-color: #1f5cbd; --code-block-tokens-boolean-color: #0b7a3e; --code-block-tokens-keyword-color: #a8226f; }
html:root.dark .schema-name { color: #b3b0ff; }
${Object.entries(METHODS)
  .map(([method, color]) => `html:root:not(.dark) .tag-${method} { --tag-color: ${color}; }`)
  .join('\n')}
`;

/**
 * Corrects Redoc's page after each change: its menu lacks a landmark, its operations begin with `h2` and skip levels,
 * and a menu of examples is named "Example" although it shows another text.
 */
export const SCRIPT = `{
  const set = (element, name, value) => element.getAttribute(name) === value || element.setAttribute(name, value);
  const correct = () => {
    for (const menu of document.querySelectorAll('.menu-content')) {
      set(menu, 'role', 'navigation');
      set(menu, 'aria-label', 'Operations');
    }
    let before = 0;
    for (const heading of document.querySelectorAll('h1, h2, h3, h4, h5, h6')) {
      const own = Number(heading.tagName[1]);
      const level = Math.min(own, before + 1);
      before = level;
      if (level === own) { heading.removeAttribute('role'); heading.removeAttribute('aria-level'); }
      else { set(heading, 'role', 'heading'); set(heading, 'aria-level', String(level)); }
    }
    for (const button of document.querySelectorAll('button[aria-label^="Example"]'))
      set(button, 'aria-label', 'Example: ' + button.textContent.trim());
  };
  new MutationObserver(correct).observe(document, { childList: true, subtree: true, characterData: true });
}`;
