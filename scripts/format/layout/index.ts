import { type Group, measure, type Piece, readStatements, type Separator, type Sequence } from './read.ts';

/** Columns. Beyond, types of a hundred levels would be blanks for the most part. */
const DEEPEST = 60;
const WIDTH = 120;
/** What is as short as this stays whole, though the line be too long. */
const WHOLE = 24;

/**
 * Lays out modules of constants: what is data, in the main. A formatter that knows the language needs seconds for
 * megabytes of it; this one reads brackets, commas and strings only, and takes the time of one pass.
 * @param indented columns that the caller puts before each line
 */
export function layout(text: string, indented = 0): string {
  const out: string[] = [];
  for (const { comments, pieces, end, gap } of readStatements(text)) {
    if (out.length > 0) out.push(gap ? '\n\n' : '\n');
    out.push(comments.map((comment) => `${comment}\n`).join(''));
    const line = new Line(out, WIDTH - indented);
    printSequence(pieces, 0, end.length, line);
    out.push(end);
  }
  return `${out.join('').trimEnd()}\n`;
}

/**
 * Lays out a module that its template has laid out but for long lines: each that is too long and a whole statement, or a
 * member of a type, is broken. Comments stay as they are.
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

/** Where the text has got to; columns count from 0. */
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

/** @param after how much must still fit on the last line */
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

/** What stands behind a closing bracket before the next place for a line break. */
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

/** `f({` … `})`: one item that ends in a bracket shares its lines with what is around it. */
function isHugged({ open }: Group, item: Sequence): boolean {
  const last = item.at(-1);
  if (open === '{' || last === undefined || typeof last === 'string') return false;
  // What comes before the bracket stays on the first line.
  return last.items.length > 0 && measure(item) - last.width < WIDTH / 2;
}
