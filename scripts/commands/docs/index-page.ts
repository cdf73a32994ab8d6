import type { Api } from '../../model/types.ts';

/** Text inside HTML, in content and in quoted attributes. */
export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

const STYLE = `
:root { color-scheme: light dark; --ink: light-dark(#1b1e23, #e7e9ec); --soft: light-dark(#565c66, #a3aab5); --line: light-dark(#dfdfd9, #2c3038); --accent: light-dark(#0b6b5b, #58c9b2); }
body { margin: 0; background: light-dark(#f7f7f5, #14161a); color: var(--ink); font: 16px/1.55 ui-sans-serif, system-ui, sans-serif; }
main { max-width: 46rem; margin: 0 auto; padding: 4rem 1.5rem; }
h1 { font-size: 1.75rem; letter-spacing: -0.015em; line-height: 1.2; margin: 0 0 .5rem; }
p { color: var(--soft); margin: 0 0 2rem; }
ul { list-style: none; margin: 0; padding: 0; }
li { border-top: 1px solid var(--line); padding: 1rem 0; }
a { color: var(--accent); font-weight: 600; text-underline-offset: 3px; }
li p { margin: .15rem 0 0; font-size: .9375rem; }
pre { overflow-x: auto; font: 13px/1.5 ui-monospace, monospace; }
.count { float: right; color: var(--soft); font-variant-numeric: tabular-nums; font-size: .875rem; }`;

/** The list of reference pages. Providers whose spec has errors are listed too. */
export function renderIndex(apis: readonly Api[], broken: readonly string[] = []): string {
  const rows = apis.map(({ provider, descriptor, summary, operations }) => {
    const count = `${operations.length} operation${operations.length === 1 ? '' : 's'}`;
    return `<li><span class="count">${count}, contract ${escapeHtml(descriptor.version)}</span><a href="${escapeHtml(provider)}.html">${escapeHtml(descriptor.title)}</a><p>${escapeHtml(summary)}</p></li>`;
  });
  const errors = broken.map(
    (provider) =>
      `<li><span class="count">errors</span><a href="${escapeHtml(provider)}.html">${escapeHtml(provider)}</a><p>The spec has errors.</p></li>`,
  );
  return renderFrame(
    'API reference',
    `<p>The contract of each provider, generated from its spec. Facts that the provider does not document are marked as inferred.</p>
<ul>
${[...rows, ...errors].join('\n')}
</ul>`,
  );
}

/** A page that explains why there is no reference. `lines` keep their layout. */
export const renderNotice = (title: string, text: string, lines = ''): string =>
  renderFrame(
    title,
    `<p>${escapeHtml(text)}</p>${lines === '' ? '' : `<pre>${escapeHtml(lines)}</pre>`}<p><a href="./">API reference</a></p>`,
  );

const renderFrame = (title: string, body: string): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>${STYLE}
</style>
</head>
<body>
<main>
<h1>${escapeHtml(title)}</h1>
${body}
</main>
</body>
</html>
`;
