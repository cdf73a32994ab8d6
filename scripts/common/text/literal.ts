/**
 * The only place where a string of a spec becomes text of a generated file. No other code quotes, escapes or comments.
 * Code is parsed as TypeScript, Markdown as CommonMark; both must keep the string and confine it to its place.
 */

/**
 * Characters that an editor, a terminal or a parser may interpret instead of showing (controls, formats such as bidi
 * marks, line and paragraph separators, lone surrogates): written as escapes.
 */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;
const PLAIN_KEY = /^[A-Za-z_$][A-Za-z0-9_$]*$/;

/** Texts that no rule for literals changes. Most texts are such, and the rules take time. */
const PLAIN_LITERAL = /^[ !#-&(-;=-[\]-~]*$/;
/** What the rules for comments change. Most texts contain none of it. */
const CHANGED_IN_COMMENT = /[^\n -~]|@|\*\/| (?:\n|$)/;

function escapeUnseen(text: string): string {
  return text.replace(UNSEEN, (character) =>
    Array.from({ length: character.length }, (_, unit) => {
      return `\\u${character.charCodeAt(unit).toString(16).padStart(4, '0')}`;
    }).join(''),
  );
}

/**
 * A TypeScript string literal in single quotes that evaluates to exactly `text`.
 *
 * @example
 * ```ts
 * const text = `export const title = ${stringLiteral("Ada's shop")};`;
 * ```
 */
export function stringLiteral(text: string): string {
  if (PLAIN_LITERAL.test(text)) return `'${text}'`;
  const body = JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'");
  // `</script>` and `<!--` matter if the code is inlined into a page.
  return `'${escapeUnseen(body).replaceAll('<', '\\u003c')}'`;
}

/**
 * An object key. `__proto__` is computed, because the plain form would set the prototype.
 *
 * @example
 * ```ts
 * const text = `export const codes = { ${keyLiteral('not-found')}: 404 };`;
 * ```
 */
export function keyLiteral(name: string): string {
  if (name === '__proto__') return "['__proto__']";
  return PLAIN_KEY.test(name) ? name : stringLiteral(name);
}

/**
 * A TypeScript expression that evaluates to the given JSON value (`undefined` properties are omitted).
 *
 * @throws {TypeError} for a value that JSON cannot represent (function, symbol, bigint, NaN, Infinity).
 * @example
 * ```ts
 * const text = `export const limits = ${literal({ max: 100, names: ['a', 'b'] })};`;
 * ```
 */
export function literal(value: unknown): string {
  if (value === null) return 'null';
  switch (typeof value) {
    case 'string':
      return stringLiteral(value);
    case 'boolean':
      return String(value);
    case 'number':
      if (!Number.isFinite(value)) throw new TypeError(`The number ${value} is not supported in a spec.`);
      return Object.is(value, -0) ? '-0' : String(value);
    case 'object': {
      if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`;
      const members = Object.entries(value as object).filter(([, member]) => member !== undefined);
      if (members.length === 0) return '{}';
      return `{ ${members.map(([name, member]) => `${keyLiteral(name)}: ${literal(member)}`).join(', ')} }`;
    }
    default:
      throw new TypeError(`A value of type ${typeof value} is not supported in a spec.`);
  }
}

/**
 * A regular expression that is built when the module loads: any pattern stays inside its string.
 *
 * @example
 * ```ts
 * const text = `export const code = ${regExpLiteral('^[A-Z]{3}$', 'u')};`;
 * ```
 */
export function regExpLiteral(pattern: string, flags: string): string {
  return `new RegExp(${stringLiteral(pattern)}, ${stringLiteral(flags)})`;
}

/**
 * Text for a block comment: it can neither close the comment nor contain a directive for the compiler or a linter.
 *
 * @example
 * ```ts
 * const line = `/* ${commentText('Rates of today')}`;
 * ```
 */
export function commentText(text: string): string {
  if (!CHANGED_IN_COMMENT.test(text)) return text;
  return text
    .split(/\r\n|[\n\r\u2028\u2029]/)
    .map((line) =>
      escapeUnseen(line.replaceAll('\t', '  '))
        .replace(/\*(?=\/)/g, '*\\')
        .replace(/@(?=ts-|jsx)/gi, '\\@')
        .replace(/^([\s*/]*)@/, '$1\\@')
        .replace(/\{@/g, '{\\@')
        .trimEnd(),
    )
    .join('\n');
}

/**
 * A JSDoc block, or '' if all paragraphs are empty. Empty paragraphs are omitted, and blank lines separate the others.
 *
 * @example
 * ```ts
 * const text = `${docComment(['A rate.', 'In percent.'])}\nexport type Rate = number;`;
 * ```
 */
export function docComment(paragraphs: readonly (string | undefined)[], tags: readonly string[] = []): string {
  const text = paragraphs
    .map((paragraph) => commentText(paragraph?.trim() ?? ''))
    .filter((paragraph) => paragraph !== '');
  const safeTags = tags.map((tag) =>
    tag.replace(/^@(\w+)(.*)$/s, (_, name: string, rest: string) => `@${name}${commentText(rest)}`),
  );
  const blocks = safeTags.length > 0 ? [...text, safeTags.join('\n')] : text;
  if (blocks.length === 0) return '';
  const joined = blocks.join('\n\n');
  if (!joined.includes('\n')) return `/** ${guarded(joined)} */`;
  const lines = joined.split('\n').map((line) => ` * ${guarded(line)}`.trimEnd());
  return ['/**', ...lines, ' */'].join('\n');
}

/** A line that starts with `/` would close the comment together with the `*` before it. */
const guarded = (line: string): string => (line.startsWith('/') ? `\\${line}` : line);

/** A Markdown link, written as its text and address. */
const LINK = /!?\[([^[\]]*)\]\(<?([^()<>\s]*)>?(?:\s+"[^"]*")?\)/g;
/** Code, addresses and names that Markdown would turn into links: they are shown as code. */
const AS_CODE =
  /`([^`|]+)`|(?:https?|ftp|mailto|javascript):[^\s`|<>"\\[\]]*[^\s`|<>"\\[\].,;:!?()'*_~]|www\.[\w./-]*\w|[\w.+-]*@[\w-]+(?:\.[\w-]+)*/gi;

/**
 * Text in Markdown prose or a table cell: one line, without markup, HTML or links. Characters with a meaning in
 * Markdown are shown as code, so that the source stays readable.
 *
 * @example
 * ```ts
 * const row = `| ${markdownText('Rates | per day')} |`;
 * ```
 */
export function markdownText(text: string): string {
  const line = text
    .replace(/\s+/g, ' ')
    .trim()
    .replace(LINK, (_, words: string, url: string) => (words === '' || words === url ? url : `${words} (${url})`));
  const parts: string[] = [];
  let from = 0;
  for (const match of line.matchAll(AS_CODE)) {
    parts.push(escapeMarkdown(line.slice(from, match.index)), markdownCode(match[1] ?? match[0]));
    from = match.index + match[0].length;
  }
  parts.push(escapeMarkdown(line.slice(from)));
  return parts.join('').replace(/^([-=+#>]|\d+[.)])/, '\\$1');
}

/** Text of one line, in which only Markdown's own syntax is escaped. */
function escapeMarkdown(text: string): string {
  return escapeUnseen(text)
    .replace(/&(?=#?\w+;)/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/[\\`*[\]~]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/g, '\\$&')
    .replace(/\|/g, '&#124;')
    .replace(/(https?|ftp|mailto|javascript):/gi, '$1&#58;')
    .replace(/www\./gi, 'www&#46;')
    .replace(/@/g, '&#64;');
}

/**
 * Inline code in Markdown, fenced by more backticks than the text has in a row.
 *
 * @example
 * ```ts
 * const line = `Call ${markdownCode('GET /rates')}.`;
 * ```
 */
export function markdownCode(text: string): string {
  // Renderers differ in how they read `\|` and `\\|` in a table; as prose it can only be a character.
  if (text.includes('|')) return escapeMarkdown(text.replace(/\s+/g, ' '));
  const shown = escapeUnseen(text.replace(/\s+/g, ' '));
  const longest = Math.max(0, ...[...shown.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const pad = shown.startsWith('`') || shown.endsWith('`') || shown === '' ? ' ' : '';
  return `${fence}${pad}${shown}${pad}${fence}`;
}

/**
 * A value as JSON without characters that a terminal or an editor interprets: plain JSON may contain control and format
 * characters.
 *
 * @example
 * ```ts
 * const file = { path: 'rates.json', text: jsonText({ title: 'Rates' }, 2) };
 * ```
 */
export function jsonText(value: unknown, indent?: number): string {
  // The remaining line feeds belong to the layout: line feeds in strings are already escaped.
  return JSON.stringify(value, undefined, indent).split('\n').map(escapeUnseen).join('\n');
}

/** Text for a terminal. Control characters, and so escape sequences, are shown and have no effect. */
export function terminalText(text: string): string {
  return escapeUnseen(text);
}
