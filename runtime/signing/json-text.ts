import { type JsonPointer, parsePointer } from '../contract/index.ts';

/** A property of a JSON object as it is written. Offsets are positions in the text. */
export type WrittenMember = {
  readonly name: string;
  /** Start of the name. `from` is the start of the value. */
  readonly start: number;
  readonly from: number;
  readonly to: number;
};

const SPACE = /[ \t\r\n]/;

function skipSpace(text: string, at: number): number {
  let next = at;
  while (SPACE.test(text[next] ?? '')) next += 1;
  return next;
}

function skipString(text: string, at: number): number {
  let next = at + 1;
  while (next < text.length && text[next] !== '"') next += text[next] === '\\' ? 2 : 1;
  return next + 1;
}

/** The position after a value of valid JSON. Nesting is counted, so that deep values do not overflow the stack. */
function skipValue(text: string, at: number): number {
  let depth = 0;
  let next = at;
  while (next < text.length) {
    const sign = text[next] as string;
    if (sign === '"') next = skipString(text, next);
    else if (sign === '{' || sign === '[') {
      depth += 1;
      next += 1;
    } else if (sign === '}' || sign === ']') {
      if (depth === 0) return next;
      depth -= 1;
      next += 1;
    } else if (depth === 0 && (sign === ',' || SPACE.test(sign))) return next;
    else next += 1;
    if (depth === 0 && (sign === '"' || sign === '}' || sign === ']')) return next;
  }
  return next;
}

/** The properties of the object that begins at `at` of valid JSON, in order. Undefined if no object begins there. */
export function writtenMembers(text: string, at = 0): readonly WrittenMember[] | undefined {
  let next = skipSpace(text, at);
  if (text[next] !== '{') return undefined;
  const members: WrittenMember[] = [];
  next = skipSpace(text, next + 1);
  while (text[next] === '"') {
    const start = next;
    const end = skipString(text, start);
    const from = skipSpace(text, skipSpace(text, end) + 1);
    const to = skipValue(text, from);
    members.push({ name: JSON.parse(text.slice(start, end)) as string, start, from, to });
    next = skipSpace(text, to);
    if (text[next] === ',') next = skipSpace(text, next + 1);
  }
  return members;
}

/** The items of the list that begins at `at` of valid JSON. Undefined if no list begins there. */
export function writtenItems(text: string, at: number): readonly { from: number; to: number }[] | undefined {
  if (text[at] !== '[') return undefined;
  const items: { from: number; to: number }[] = [];
  let next = skipSpace(text, at + 1);
  while (next < text.length && text[next] !== ']') {
    const to = skipValue(text, next);
    items.push({ from: next, to });
    next = skipSpace(text, to);
    if (text[next] === ',') next = skipSpace(text, next + 1);
  }
  return items;
}

/** The location of a value. If two properties have the same name, the last one counts, as in parsers. */
export function writtenAt(text: string, pointer: JsonPointer): { from: number; to: number } | undefined {
  const from = skipSpace(text, 0);
  let found: { from: number; to: number } | undefined = { from, to: skipValue(text, from) };
  for (const key of parsePointer(pointer)) {
    if (!found) return undefined;
    found =
      text[found.from] === '['
        ? writtenItems(text, found.from)?.[Number(key)]
        : writtenMembers(text, found.from)?.findLast(({ name }) => name === key);
  }
  return found;
}

/** The JSON text with a value replaced, or added as the last property of its object. All other bytes stay the same. */
export function withWritten(text: string, pointer: JsonPointer, json: string): string {
  const found = writtenAt(text, pointer);
  if (found) return text.slice(0, found.from) + json + text.slice(found.to);
  const cut = pointer.lastIndexOf('/');
  const parent = pointer.slice(0, cut);
  const name = JSON.stringify(parsePointer(pointer).at(-1));
  const object = writtenAt(text, parent);
  if (!object || text[object.from] !== '{') {
    if (parent === '') throw new TypeError('The text is not a JSON object');
    return withWritten(text, parent, `{${name}:${json}}`);
  }
  const isEmpty = writtenMembers(text, object.from)?.length === 0;
  const end = object.to - 1;
  return `${text.slice(0, end)}${isEmpty ? '' : ','}${name}:${json}${text.slice(end)}`;
}

/** The JSON text without a property and its comma. */
export function withoutWritten(text: string, pointer: JsonPointer): string {
  const object = writtenAt(text, pointer.slice(0, pointer.lastIndexOf('/')));
  const key = parsePointer(pointer).at(-1);
  const members = object && writtenMembers(text, object.from);
  const at = members?.findLastIndex(({ name }) => name === key) ?? -1;
  const member = members?.[at];
  if (!members || !member) return text;
  const [before, after] = [members[at - 1], members[at + 1]];
  if (after) return text.slice(0, member.start) + text.slice(after.start);
  return text.slice(0, before?.to ?? member.start) + text.slice(member.to);
}

/** The text of a scalar: the content of a string, and any other value as it is written. */
export const scalarText = (written: string): string => (written[0] === '"' ? (JSON.parse(written) as string) : written);
