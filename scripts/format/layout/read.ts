/** `|` and `&` separate the types in brackets. */
export type Separator = ',' | ';' | '|' | '&';
/** Text without a line break, or brackets with their content. */
export type Piece = string | Group;
/** Pieces of code that follow each other. */
export type Sequence = readonly Piece[];
/** Pieces of code in brackets. */
export type Group = {
  readonly open: string;
  readonly close: string;
  readonly items: readonly Sequence[];
  readonly separator: Separator;
  /** Whether the last item may be followed by a separator. */
  readonly trailing: boolean;
  /** An index such as `name['member']`, which is never broken. */
  readonly whole: boolean;
  /** The width in columns, on one line. */
  readonly width: number;
};

/** A statement and the comments before it. */
export type Statement = {
  readonly comments: readonly string[];
  readonly pieces: Sequence;
  readonly end: string;
  /** Whether a blank line precedes it. */
  readonly gap: boolean;
};

const CLOSES: { readonly [open: string]: string } = { '(': ')', '[': ']', '{': '}', '<': '>' };
/** Matches up to the next significant character: a bracket, a separator, a quote, a space or a slash. */
const PLAIN = /[^()[\]{}<>,;|&'"`\s/]+/y;
const SPACE = /\s+/y;
const COMMENT = /\/\/[^\n]*|\/\*[\s\S]*?\*\//y;
const STRING = /'[^'\\]*(?:\\.[^'\\]*)*'|"[^"\\]*(?:\\.[^"\\]*)*"/y;

type Open = {
  readonly open: string;
  readonly items: Sequence[];
  current: Piece[];
  separator: Separator;
  call: boolean;
};

/** The width of a sequence in columns. */
export function measure(sequence: Sequence): number {
  let width = 0;
  for (const piece of sequence) width += typeof piece === 'string' ? piece.length : piece.width;
  return width;
}

/**
 * The statements of a module that consists of names, strings, numbers and brackets. It must not contain template
 * literals or regular expression literals.
 */
export function readStatements(text: string): readonly Statement[] {
  const statements: Statement[] = [];
  const opened: Open[] = [];
  let top = begin('', false);
  let comments: string[] = [];
  let gap = false;
  let at = 0;
  const take = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0];
    if (found !== undefined) at += found.length;
    return found;
  };
  const finish = (end: string): void => {
    const pieces = trimmed(top.current);
    if (pieces.length > 0 || comments.length > 0) statements.push({ comments, pieces, end, gap });
    comments = [];
    gap = false;
    top.current = [];
  };

  while (at < text.length) {
    const space = take(SPACE);
    if (space !== undefined) {
      if (top.current.length === 0 && opened.length === 0) gap ||= comments.length === 0 && /\n\s*\n/.test(space);
      else add(top, ' ');
      continue;
    }
    const word = take(PLAIN) ?? take(STRING);
    if (word !== undefined) {
      add(top, word);
      continue;
    }
    const comment = take(COMMENT);
    if (comment !== undefined) {
      if (top.current.length === 0 && opened.length === 0) comments.push(comment);
      else add(top, comment);
      continue;
    }
    const character = text.charAt(at);
    at += 1;
    if (isOpening(character, top)) {
      opened.push(top);
      top = begin(character, isCall(top));
    } else if (opened.length > 0 && character === CLOSES[top.open] && !isArrow(character, top)) {
      const group = end(top);
      top = opened.pop() as Open;
      top.current.push(group);
    } else if (opened.length > 0 && isSeparator(character, top)) {
      top.separator = character as Separator;
      top.items.push(trimmed(top.current));
      top.current = [];
    } else if (opened.length === 0 && character === ';') finish(';');
    else add(top, character);
  }
  finish('');
  return statements;
}

/** Only types contain `|` and `&`, and such a type is never a call. */
function isSeparator(character: string, { open, call }: Open): boolean {
  if (character === ',') return true;
  return character === ';' ? open === '{' : /[|&]/.test(character) && open === '(' && !call;
}

const begin = (open: string, call: boolean): Open => ({ open, items: [], current: [], separator: ',', call });

function add(top: Open, text: string): void {
  const { current } = top;
  const last = current.at(-1);
  if (text === ' ' && (last === undefined || (typeof last === 'string' && last.endsWith(' ')))) return;
  if (typeof last === 'string') current[current.length - 1] = last + text;
  else current.push(text);
}

const lastText = ({ current }: Open): string => {
  const last = current.at(-1);
  return typeof last === 'string' ? last : last === undefined ? '' : last.close;
};

/** `<` opens type arguments directly after a name. Elsewhere, it is an operator. */
function isOpening(character: string, top: Open): boolean {
  return character === '<' ? /[\w$]$/.test(lastText(top)) : CLOSES[character] !== undefined;
}
const isArrow = (character: string, top: Open): boolean => character === '>' && lastText(top).endsWith('=');
/** A parenthesis directly after a name or a bracket is a call, whose arguments may end in a comma. */
const isCall = (top: Open): boolean => /[\w$)\]>]$/.test(lastText(top));

function end({ open, items, current, separator, call }: Open): Group {
  const last = trimmed(current);
  const all = last.length > 0 ? [...items, last] : items;
  const close = CLOSES[open] ?? '';
  // `, ` and `; `, ` | ` and ` & `
  const between = separator === ',' || separator === ';' ? 2 : 3;
  const pad = open === '{' && all.length > 0 ? 2 : 0;
  let width = open.length + close.length + Math.max(0, all.length - 1) * between + pad;
  for (const item of all) width += measure(item);
  const trailing = open === '<' ? false : open !== '(' || call;
  return { open, close, items: all, separator, trailing, whole: open === '[' && call, width };
}

/** Removes spaces from both ends. */
function trimmed(sequence: readonly Piece[]): Sequence {
  const pieces = [...sequence];
  const first = pieces[0];
  if (typeof first === 'string') pieces[0] = first.trimStart();
  const last = pieces.at(-1);
  if (typeof last === 'string') pieces[pieces.length - 1] = last.trimEnd();
  return pieces.filter((piece) => piece !== '');
}
