/** A piece of text that a person reads, and the line of its file where it starts. */
export type Text = { readonly line: number; readonly text: string };

/** The texts of a file by its kind: prose of Markdown, comments and strings of code, lines of other files. */
export function textsOf(name: string, source: string): readonly Text[] {
  if (name.endsWith('.tsx')) return [...ofCode(source), ...ofMarkup(source)];
  if (/\.(?:ts|m?js|css)$/.test(name)) return ofCode(source);
  if (name.endsWith('.md')) return ofMarkdown(source);
  const names = /`[^`]*`|"[\w-]+":|\$ref: \S+|\b\w+Id: \S+/g;
  return source.split('\n').map((text, index) => ({ line: index + 1, text: text.replaceAll(names, '``') }));
}

/** Paragraph by paragraph, so that a phrase is found over a line break. Code is blanked. */
function ofMarkdown(source: string): readonly Text[] {
  const blank = (code: string): string => code.replaceAll(/[^\n]/g, ' ');
  const prose = source
    .replaceAll(/^(`{3,})[^\n]*\n[\s\S]*?^\1$/gm, blank)
    .replaceAll(/`[^`\n]+(?:\n[^`\n]+)?`/g, blank)
    .replaceAll(/\]\([^)\s]+\)/g, blank)
    // A heading that is a code.
    .replaceAll(/^### [\w.-]+$/gm, blank);
  return prose.split('\n').map((text, index) => ({ line: index + 1, text }));
}

/** Text between the tags and values of JSX. */
function ofMarkup(source: string): readonly Text[] {
  const lineOf = lineCounter(source);
  return [...source.matchAll(/(?<=[^=]>|\})[^<>{}=;]*[a-z] [a-z][^<>{}=;]*(?=[<{])/gi)].map(({ 0: text, index }) => ({
    line: lineOf(index),
    text,
  }));
}

/** What a token of code starts with; the longest first. A regular expression is passed over with its quotes. */
const TOKEN =
  /\/\/[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`|\}|\{|(?<=(?:^|[(,=:[!&|?{};\n]|=>|\breturn)\s*)\/(?![*/])(?:[^/\\\n[]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/[a-z]*/g;

function ofCode(source: string): readonly Text[] {
  const found: Text[] = [];
  const lineOf = lineCounter(source);
  // What closes: a `}` of code, or of `${…}` in a template.
  const open: ('block' | 'template')[] = [];
  const finder = new RegExp(TOKEN);
  const template = /(?:[^`\\$]|\\[\s\S]|\$(?!\{))*(`|\$\{)/y;
  const readTemplate = (from: number): number => {
    template.lastIndex = from;
    const [whole, end] = template.exec(source) ?? [];
    if (whole === undefined) return source.length;
    found.push({ line: lineOf(from), text: whole.slice(0, -(end ?? '').length) });
    if (end === '${') open.push('template');
    return template.lastIndex;
  };
  for (let match = finder.exec(source); match !== null; match = finder.exec(source)) {
    const [token] = match;
    if (token === '{') open.push('block');
    else if (token === '`') finder.lastIndex = readTemplate(finder.lastIndex);
    else if (token === '}') {
      if (open.pop() === 'template') finder.lastIndex = readTemplate(finder.lastIndex);
    } else if (/^['"]/.test(token)) found.push({ line: lineOf(match.index), text: token.slice(1, -1) });
    else if (/^\/[/*]/.test(token)) found.push({ line: lineOf(match.index), text: comment(token) });
  }
  return found;
}

/** Without the asterisks of its lines, and without code between backticks. */
const comment = (token: string): string => token.replaceAll(/\n\s*\* ?/g, '\n').replaceAll(/`[^`\n]*`/g, '``');

function lineCounter(source: string): (offset: number) => number {
  let [line, at] = [1, 0];
  return (offset) => {
    for (; at < offset; at += 1) if (source.charCodeAt(at) === 10) line += 1;
    return line;
  };
}
