/**
 * Highlights each code block once. VitePress renders each page for its HTML and again for the search index of the browser
 * and of the server, and highlighting is most of the work.
 * @param {{ options: { highlight?: ((code: string, lang: string, attrs: string) => string) | null } }} renderer of Markdown
 */
export function keepHighlights({ options }) {
  const { highlight } = options;
  if (!highlight) return;
  const kept = new Map();
  options.highlight = (code, lang, attrs) => {
    const key = JSON.stringify([code, lang, attrs]);
    if (!kept.has(key)) kept.set(key, highlight(code, lang, attrs));
    return kept.get(key);
  };
}
