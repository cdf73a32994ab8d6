import { isCollection, type Node, visit, type YAMLError } from 'yaml';
import { explainYaml } from './yaml-problems.ts';

type Explained = {
  readonly code: string;
  readonly message: string;
  readonly help: string;
  readonly offset: number;
};

/** What the parser has when it finds an error. */
type Read = { readonly text: string; readonly root: Node | null; readonly errors: readonly YAMLError[] };

/**
 * An error of the parser at the place of the mistake. The parser reports an unclosed bracket and a line that is
 * indented too far where it notices them, which is another line.
 */
export function explainError({ code, pos: [start] }: YAMLError, { text, root, errors }: Read): Explained {
  const open = code === 'BAD_INDENT' ? unclosedBefore(start, root, text) : undefined;
  if (open !== undefined)
    return {
      code: 'yaml-syntax',
      message: `The \`${text[open]}\` is not closed.`,
      help: `Close it with \`${CLOSING[text[open] ?? '']}\`.`,
      offset: open,
    };
  // The parser reports it twice: as a map in a value, and as a key that starts on the line before.
  const at = (same: string): YAMLError | undefined =>
    errors.find((each) => each.code === same && each.pos[0] === start);
  const [block, lines] = [at('BLOCK_AS_IMPLICIT_KEY'), at('MULTILINE_IMPLICIT_KEY')];
  if (block && lines && (code === block.code || code === lines.code)) return tooDeep(text, lines.pos[1]);
  const offset = code === 'BAD_INDENT' ? afterSpaces(text, start) : start;
  return { ...explainYaml(code), offset };
}

/** Whether later errors are consequences of this one: the parser misinterprets valid text after it. */
export function losesTrack({ code, pos }: YAMLError, { text, root }: Omit<Read, 'errors'>): boolean {
  return LOSES_TRACK.has(code) || (code === 'BAD_INDENT' && unclosedBefore(pos[0], root, text) !== undefined);
}

/** After a wrong indentation, valid lines look like the continuation of a value. */
export function isEcho({ code, pos }: YAMLError, errors: readonly YAMLError[]): boolean {
  const continues = code === 'BLOCK_AS_IMPLICIT_KEY' || code === 'MULTILINE_IMPLICIT_KEY';
  return continues && errors.some((each) => each.code === 'BAD_INDENT' && each.pos[0] < pos[0]);
}

const LOSES_TRACK: ReadonlySet<string> = new Set(['MISSING_CHAR', 'MULTILINE_IMPLICIT_KEY', 'UNEXPECTED_TOKEN']);

const CLOSING: { readonly [open: string]: string } = { '[': ']', '{': '}' };

/** The offset of the last `[` or `{` that starts before the offset and is not closed. */
function unclosedBefore(offset: number, root: Node | null, text: string): number | undefined {
  let found: number | undefined;
  visit(root, (_, node) => {
    if (!isCollection(node) || !node.flow || !node.range) return;
    const [start, end] = node.range;
    const open = text[start] ?? '';
    if (start < offset && end <= offset && CLOSING[open] !== undefined && text[end - 1] !== CLOSING[open])
      found = Math.max(found ?? 0, start);
  });
  return found;
}

/** `end` is behind the key that the parser read as a continuation of the value above. */
function tooDeep(text: string, end: number): Explained {
  const line = text.lastIndexOf('\n', end - 1) + 1;
  const { code, help } = explainYaml('BAD_INDENT');
  const message = 'The line is indented more than the key above it, which already has a value.';
  return { code, message, help, offset: afterSpaces(text, line) };
}

function afterSpaces(text: string, offset: number): number {
  let at = offset;
  while (text[at] === ' ') at++;
  return at;
}
