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
/** Kinds of characters. Names, numbers and most operators are plain. */
const PLAIN = 0;
const SPACE = 1;
const QUOTE = 2;
const SLASH = 3;
const MARK = 4;

/** The kind of each ASCII character. A table, because a pattern for each word of megabytes takes three times as long. */
const KINDS = Uint8Array.from({ length: 128 }, (_, code) => {
  const character = String.fromCharCode(code);
  if (/\s/.test(character)) return SPACE;
  if (character === "'" || character === '"') return QUOTE;
  if (character === '/') return SLASH;
  return /[()[\]{}<>,;|&]/.test(character) ? MARK : PLAIN;
});
const ASCII = 128;

const kindAt = (text: string, at: number): number => {
  const code = text.charCodeAt(at);
  if (code < ASCII) return KINDS[code] ?? PLAIN;
  return /\s/.test(text.charAt(at)) ? SPACE : PLAIN;
};

type Open = {
  readonly open: string;
  readonly items: Sequence[];
  /** Pieces of the current item. The text after them is `text`, and then the source between `from` and `to`. */
  current: Piece[];
  text: string;
  from: number;
  to: number;
  separator: Separator;
  readonly call: boolean;
};

/** The width of a sequence in columns. */
export function measure(sequence: Sequence): number {
  let width = 0;
  for (const piece of sequence) width += typeof piece === 'string' ? piece.length : piece.width;
  return width;
}

/**
 * The statements of a module that consists of names, strings, numbers and brackets, one after the other. It must not
 * contain template literals or regular expression literals.
 */
export function* readStatements(text: string): Generator<Statement> {
  const opened: Open[] = [];
  let top = begin('', false);
  let comments: string[] = [];
  let gap = false;
  let at = 0;
  const finish = (end: string): Statement | undefined => {
    const pieces = takeItem(top, text);
    const statement = pieces.length > 0 || comments.length > 0 ? { comments, pieces, end, gap } : undefined;
    comments = [];
    gap = false;
    return statement;
  };

  while (at < text.length) {
    const start = at;
    const kind = kindAt(text, at);
    if (kind === SPACE) {
      at = endOfSpace(text, at);
      if (opened.length > 0 || hasContent(top)) addSpace(top, text, start, at);
      else gap ||= comments.length === 0 && /\n\s*\n/.test(text.slice(start, at));
      continue;
    }
    if (kind === SLASH) {
      at = endOfComment(text, at);
      const taken = text.slice(start, at);
      if (at > start + 1 && opened.length === 0 && !hasContent(top)) comments.push(taken);
      else add(top, text, start, at);
      continue;
    }
    if (kind !== MARK) {
      at = endOfWords(text, at);
      add(top, text, start, at);
      continue;
    }
    const character = text.charAt(at);
    at += 1;
    if (isOpening(character, top, text)) {
      opened.push(top);
      top = begin(character, isCall(top, text));
    } else if (opened.length > 0 && character === CLOSES[top.open] && !isArrow(character, top, text)) {
      const group = end(top, text);
      top = opened.pop() as Open;
      takeText(top, text);
      top.current.push(group);
    } else if (opened.length > 0 && isSeparator(character, top)) {
      top.separator = character as Separator;
      top.items.push(takeItem(top, text));
    } else if (opened.length === 0 && character === ';') {
      const statement = finish(';');
      if (statement !== undefined) yield statement;
    } else add(top, text, start, at);
  }
  const last = finish('');
  if (last !== undefined) yield last;
}

function endOfSpace(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && kindAt(text, at) === SPACE) at += 1;
  return at;
}

/** The end of plain text and strings, with single spaces between them. */
function endOfWords(text: string, start: number): number {
  let at = start;
  while (at < text.length) {
    const kind = kindAt(text, at);
    if (kind === QUOTE) at = endOfString(text, at);
    else if (kind === PLAIN || (text[at] === ' ' && at > start && followsWord(text, at))) at += 1;
    else break;
  }
  return at;
}

const followsWord = (text: string, at: number): boolean => {
  const next = at + 1 < text.length ? kindAt(text, at + 1) : SPACE;
  return (next === PLAIN || next === QUOTE) && text[at - 1] !== ' ';
};

/** The end of a string, or the next character if it has no end. */
function endOfString(text: string, start: number): number {
  const quote = text.charCodeAt(start);
  for (let at = start + 1; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === quote) return at + 1;
    if (code === BACKSLASH) at += 1;
  }
  return start + 1;
}
const BACKSLASH = 92;

/** The end of a comment, or the next character if a slash begins none. */
function endOfComment(text: string, start: number): number {
  if (text.startsWith('//', start)) {
    const end = text.indexOf('\n', start);
    return end === -1 ? text.length : end;
  }
  const end = text.startsWith('/*', start) ? text.indexOf('*/', start + 2) : -1;
  return end === -1 ? start + 1 : end + 2;
}

/** Only types contain `|` and `&`, and such a type is never a call. */
function isSeparator(character: string, { open, call }: Open): boolean {
  if (character === ',') return true;
  return character === ';' ? open === '{' : (character === '|' || character === '&') && open === '(' && !call;
}

const begin = (open: string, call: boolean): Open => {
  return { open, items: [], current: [], text: '', from: 0, to: 0, separator: ',', call };
};

const hasText = ({ text, from, to }: Open): boolean => to > from || text !== '';
const hasContent = (open: Open): boolean => open.current.length > 0 || hasText(open);

/** Adds the source between two places. It is copied once, at the end of a piece, if it follows the last added one. */
function add(open: Open, source: string, from: number, to: number): void {
  if (open.to !== from) copyText(open, source, from);
  open.to = to;
}

function copyText(open: Open, source: string, next: number): void {
  if (open.to > open.from) open.text += source.slice(open.from, open.to);
  open.from = next;
  open.to = next;
}

/** Adds a space for those between two places, but none after another and none at the begin of an item. */
function addSpace(open: Open, source: string, from: number, to: number): void {
  if (!hasContent(open) || (hasText(open) && lastCharacter(open, source) === ' ')) return;
  if (source[from] === ' ') add(open, source, from, from + 1);
  else {
    copyText(open, source, to);
    open.text += ' ';
  }
}

/** Ends the current piece of text. */
function takeText(open: Open, source: string): void {
  const { text, from, to } = open;
  if (to > from) open.current.push(text === '' ? source.slice(from, to) : text + source.slice(from, to));
  else if (text !== '') open.current.push(text);
  open.text = '';
  open.from = open.to;
}

/** Ends the current item. */
function takeItem(open: Open, source: string): Sequence {
  takeText(open, source);
  const pieces = open.current;
  open.current = [];
  return trim(pieces);
}

/** The character before the current place, without spaces at the begin of an item. */
function lastCharacter({ current, text, from, to }: Open, source: string): string {
  if (to > from) return source.charAt(to - 1);
  if (text !== '') return text.charAt(text.length - 1);
  const last = current.at(-1);
  return last === undefined ? '' : typeof last === 'string' ? last.charAt(last.length - 1) : last.close;
}

/** `<` opens type arguments directly after a name. Elsewhere, it is an operator. */
function isOpening(character: string, top: Open, source: string): boolean {
  return character === '<' ? /[\w$]/.test(lastCharacter(top, source)) : CLOSES[character] !== undefined;
}
const isArrow = (character: string, top: Open, source: string): boolean =>
  character === '>' && lastCharacter(top, source) === '=';
/** A parenthesis directly after a name or a bracket is a call, whose arguments may end in a comma. */
const isCall = (top: Open, source: string): boolean => /[\w$)\]>]/.test(lastCharacter(top, source));

function end(top: Open, source: string): Group {
  const { open, items, separator, call } = top;
  const last = takeItem(top, source);
  if (last.length > 0) items.push(last);
  const close = CLOSES[open] ?? '';
  // `, ` and `; `, ` | ` and ` & `
  const between = separator === ',' || separator === ';' ? 2 : 3;
  const pad = open === '{' && items.length > 0 ? 2 : 0;
  let width = open.length + close.length + Math.max(0, items.length - 1) * between + pad;
  for (const item of items) width += measure(item);
  const trailing = open === '<' ? false : open !== '(' || call;
  return { open, close, items, separator, trailing, whole: open === '[' && call, width };
}

/** Removes spaces from both ends. */
function trim(pieces: Piece[]): Sequence {
  const first = pieces[0];
  if (typeof first === 'string') pieces[0] = first.trimStart();
  const index = pieces.length - 1;
  const last = pieces[index];
  if (typeof last === 'string') pieces[index] = last.trimEnd();
  return pieces.includes('') ? pieces.filter((piece) => piece !== '') : pieces;
}
