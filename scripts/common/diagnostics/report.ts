import type { Diagnostic, Sources } from './diagnostic.ts';

/** How diagnostics are printed. */
export type ReportOptions = {
  readonly color: boolean;
  /** Texts by display path. A place in another file is shown without its line. */
  readonly sources?: Sources;
  /** Where a code is documented; undefined if it is not. */
  readonly docs?: (code: string) => string | undefined;
};

const maxWidth = 160;

/** A file that cannot be parsed comes first: other errors may be its consequences. */
const rank = ({ severity, code }: Diagnostic): number => (severity === 'error' && /^(yaml|json)-/.test(code) ? 0 : 1);

/** Syntax errors first, then by file, line and column; errors before warnings at one place. */
export function sortDiagnostics(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  return diagnostics.toSorted(
    (a, b) =>
      rank(a) - rank(b) ||
      compare(a.at.file, b.at.file) ||
      a.at.line - b.at.line ||
      a.at.column - b.at.column ||
      compare(a.severity, b.severity) ||
      compare(a.code, b.code) ||
      compare(a.message, b.message),
  );
}

/** A diagnostic in the format of a compiler: code, message, place, the line with a caret, and how to fix it. */
export function formatDiagnostics(
  diagnostics: readonly Diagnostic[],
  { color, sources = new Map(), docs = () => undefined }: ReportOptions,
): string {
  const paint = painter(color);
  const readers = new Map<string, LineReader>();
  return sortDiagnostics(diagnostics)
    .map((diagnostic) => {
      const { file, line } = diagnostic.at;
      const read = readers.get(file) ?? openLines(sources.get(file));
      readers.set(file, read);
      return format(diagnostic, read(line), docs(diagnostic.code), paint);
    })
    .join('\n\n');
}

/** `3 errors, 1 warning` */
export function countDiagnostics(diagnostics: readonly Diagnostic[]): string {
  const count = (severity: Diagnostic['severity']) => {
    const number = diagnostics.filter((diagnostic) => diagnostic.severity === severity).length;
    return number === 0 ? [] : [`${number} ${severity}${number === 1 ? '' : 's'}`];
  };
  return [...count('error'), ...count('warning')].join(', ') || 'no errors';
}

/** Any number of names in one readable line: `a, b and 12 more`. */
export function shortenList(names: readonly string[], most = 10): string {
  const more = names.length - most;
  return names.slice(0, most).join(', ') + (more > 0 ? ` and ${more} more` : '');
}

/** Text of a document for a terminal. It cannot move the cursor, change colors or reverse the direction of writing. */
export function printable(text: string): string {
  return text.replace(
    /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu,
    (character) => `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`,
  );
}

type Paint = { readonly [Style in 'error' | 'warning' | 'frame' | 'bold']: (text: string) => string };

function painter(color: boolean): Paint {
  const style = (open: number, close: number) => (text: string) =>
    color ? `\u001b[${open}m${text}\u001b[${close}m` : text;
  return { error: style(31, 39), warning: style(33, 39), frame: style(36, 39), bold: style(1, 22) };
}

function format(
  { severity, code, message, help, at }: Diagnostic,
  line: string | undefined,
  docs: string | undefined,
  paint: Paint,
): string {
  const gutter = ' '.repeat(String(at.line).length);
  const head = paint.bold(`${paint[severity](`${severity}[${printable(code)}]`)}: ${printable(message)}`);
  const where = `${gutter}${paint.frame('-->')} ${printable(at.file)}:${at.line}:${at.column}`;
  const hint = help === '' ? [] : [`${gutter} ${paint.frame('=')} help: ${printable(help)}`];
  if (docs !== undefined) hint.push(`${gutter} ${paint.frame('=')} docs: ${printable(docs)}`);
  if (line === undefined) return [head, where, ...hint].join('\n');
  const { shown, caret } = window(line, at.column);
  const bar = paint.frame('|');
  return [
    head,
    where,
    `${gutter} ${bar}`,
    `${paint.frame(`${at.line} |`)} ${shown}`,
    `${gutter} ${bar} ${' '.repeat(caret)}${paint[severity]('^')}`,
    ...hint,
  ].join('\n');
}

/** The part of a line around the column; a very long line (JSON in one line) is cut on both sides. */
function window(line: string, column: number): { readonly shown: string; readonly caret: number } {
  const from = column > maxWidth - 20 ? column - maxWidth / 2 : 0;
  const lead = from > 0 ? '…' : '';
  const before = lead + printable(line.slice(from, column - 1));
  const after = line.slice(column - 1, from + maxWidth);
  const tail = from + maxWidth < line.length ? '…' : '';
  return { shown: `${before}${printable(after)}${tail}`.trimEnd(), caret: before.length };
}

/** A function that returns a line by its number from 1; undefined if the text has no such line. */
type LineReader = (line: number) => string | undefined;

/** Continues at the last line that was read, since a document can have half a million lines and few diagnostics. */
function openLines(text: string | undefined): LineReader {
  let at = { line: 1, start: 0 };
  return (line) => {
    if (text === undefined || line < 1) return undefined;
    let { line: current, start } = line < at.line ? { line: 1, start: 0 } : at;
    for (; current < line; current += 1) {
      const end = text.indexOf('\n', start);
      if (end < 0) return undefined;
      start = end + 1;
    }
    at = { line, start };
    const end = text.indexOf('\n', start);
    return end < 0 ? text.slice(start) : text.slice(start, end).replace(/\r$/, '');
  };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
