import { type Group, measure, type Piece, readStatements, type Separator, type Sequence } from './read.ts';

/** Maximum indentation in columns. Otherwise, types with a hundred levels would be mostly spaces. */
const DEEPEST = 60;
/** Columns of a line. */
export const WIDTH = 120;
/** Brackets of at most this width are never broken, even if the line is too long. */
const WHOLE = 24;

/**
 * Lays out modules of constants, which are mostly data. A formatter that parses TypeScript needs seconds for megabytes.
 * This one only reads brackets, separators and strings, in one pass.
 * @param indented columns that the caller puts before each line
 */
export function layout(text: string, indented = 0): string {
  const statements: string[] = [];
  for (const { comments, pieces, end, gap } of readStatements(text)) {
    const out = statements.length === 0 ? [] : [gap ? '\n\n' : '\n'];
    for (const comment of comments) out.push(comment, '\n');
    printSequence(pieces, 0, end.length, new Line(out, WIDTH - indented));
    out.push(end);
    // Joined at once: the pieces of megabytes would take many times their size.
    statements.push(out.join(''));
  }
  return `${statements.join('').trimEnd()}\n`;
}

/**
 * Breaks the long lines of a module that its template has laid out otherwise. Only a whole statement, or a whole
 * property of a type, is broken. Comments stay unchanged.
 */
export function breakLongLines(text: string): string {
  let comment = false;
  const lines = text.split('\n').map((line) => {
    const written = line.trimStart();
    comment ||= written.startsWith('/**');
    const kept = comment || line.length <= WIDTH || !line.endsWith(';');
    if (written.endsWith('*/')) comment = false;
    if (kept) return line;
    const indent = line.slice(0, line.length - written.length);
    return layout(written, indent.length).trimEnd().replaceAll('\n', `\n${indent}`).replace(/^/, indent);
  });
  return lines.join('\n');
}

/** The current position in the output. Columns count from 0. */
class Line {
  readonly #out: string[];
  readonly width: number;
  column = 0;

  constructor(out: string[], width: number) {
    this.#out = out;
    this.width = width;
  }

  write(text: string): void {
    this.#out.push(text);
    this.column += text.length;
  }

  next(indent: number): void {
    this.column = Math.min(indent, DEEPEST);
    this.#out.push(`\n${' '.repeat(this.column)}`);
  }
}

/** @param after width in columns that must still fit on the last line */
function printSequence(sequence: Sequence, indent: number, after: number, line: Line): void {
  for (const [index, piece] of sequence.entries()) {
    if (typeof piece === 'string') line.write(piece);
    else {
      const next = sequence[index + 1];
      const tail = next === undefined ? after : tailWidth(next);
      if (piece.whole || piece.width <= WHOLE || line.column + piece.width + tail <= line.width) printFlat(piece, line);
      else printBroken(piece, indent, after, line);
    }
  }
}

/** The width of the text after a closing bracket, up to the next possible line break. */
const tailWidth = (piece: Piece): number => (typeof piece === 'string' ? piece.length : 1);

function printFlat({ open, items, close, separator }: Group, line: Line): void {
  const pad = open === '{' && items.length > 0 ? ' ' : '';
  line.write(open + pad);
  for (const [index, item] of items.entries()) {
    if (index > 0) line.write(isLeading(separator) ? ` ${separator} ` : `${separator} `);
    for (const piece of item) {
      if (typeof piece === 'string') line.write(piece);
      else printFlat(piece, line);
    }
  }
  line.write(pad + close);
}

function printBroken(group: Group, indent: number, after: number, line: Line): void {
  const { open, items, close, separator } = group;
  const [only] = items;
  if (items.length === 1 && only !== undefined && isHugged(group, only)) {
    line.write(open);
    printSequence(only, indent, after + 1, line);
    line.write(close);
    return;
  }
  line.write(open);
  for (const [index, item] of items.entries()) {
    line.next(indent + 2);
    if (items.length > 1 && isLeading(separator)) {
      line.write(`${separator} `);
      printSequence(item, indent + 2, 0, line);
      continue;
    }
    const last = index === items.length - 1;
    const mark = last && !group.trailing ? '' : separator;
    printSequence(item, indent + 2, mark.length, line);
    line.write(mark);
  }
  line.next(indent);
  line.write(close);
}

const isLeading = (separator: Separator): boolean => separator === '|' || separator === '&';

/**
 * Whether the brackets hug their only item, as in `f({` … `})`: its lines begin and end on the lines of the brackets.
 */
function isHugged({ open }: Group, item: Sequence): boolean {
  const last = item.at(-1);
  if (open === '{' || last === undefined || typeof last === 'string') return false;
  // The text before the inner bracket stays on the first line, so it must be short.
  return last.items.length > 0 && measure(item) - last.width < WIDTH / 2;
}
