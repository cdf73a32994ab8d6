import type { PairsStep } from '../../contract/index.ts';
import { scalarText, type WrittenMember, writtenAt, writtenItems, writtenMembers } from '../json-text.ts';
import { byBytes } from './by-bytes.ts';

/**
 * Maximum nesting of a body. Each level is read once more, so a deeper body would take more time than its size
 * justifies.
 */
const DEEPEST = 64;

/** A property as written. Its value is the text between `from` and `to`. */
type Written = Pick<WrittenMember, 'name' | 'from' | 'to'>;

/** The properties of an object, or the items of a list by index; undefined for any other value. */
function inside(text: string, { from }: Written): readonly Written[] | undefined {
  return (
    writtenMembers(text, from) ?? writtenItems(text, from)?.map((item, index) => ({ ...item, name: String(index) }))
  );
}

function deeper(depth: number): number {
  if (depth >= DEEPEST) throw new TypeError(`The body is nested more than ${DEEPEST} levels deep`);
  return depth + 1;
}

/** A value as JSON without spaces, with the properties of all objects sorted. Scalars stay as written. */
function sortedJson(text: string, value: Written, depth = 0): string {
  const members = writtenMembers(text, value.from);
  if (members) {
    const sorted = [...members].sort((a, b) => byBytes(a.name, b.name));
    const texts = sorted.map((one) => `${JSON.stringify(one.name)}:${sortedJson(text, one, deeper(depth))}`);
    return `{${texts.join(',')}}`;
  }
  const items = writtenItems(text, value.from);
  if (items) return `[${items.map((item) => sortedJson(text, { name: '', ...item }, deeper(depth))).join(',')}]`;
  return text.slice(value.from, value.to);
}

/**
 * Returns a JSON text without spaces, with the properties of all objects sorted. @throws {SyntaxError} if the text is
 * not JSON
 */
export function sortedText(text: string): string {
  if (text === '') return '';
  JSON.parse(text);
  const { from, to } = writtenAt(text, '') ?? { from: 0, to: text.length };
  return sortedJson(text, { name: '', from, to });
}

/** The scalars in a value, with the names that forms use: `a[b][0]` or `a.b.0`. An empty object or list has none. */
function flattened(text: string, value: Written, style: 'brackets' | 'dots', depth = 0): readonly Written[] {
  const nested = inside(text, value);
  if (!nested) return [value];
  return nested.flatMap((one) => {
    const name = style === 'dots' ? `${value.name}.${one.name}` : `${value.name}[${one.name}]`;
    return flattened(text, { ...one, name }, style, deeper(depth));
  });
}

/** A property as pairs of a name and the text of its value, according to the recipe. */
export function nestedPairs(
  text: string,
  member: Written,
  nested: PairsStep['nested'],
): readonly { readonly name: string; readonly value: string; readonly written: string }[] {
  const isNested = text[member.from] === '{' || text[member.from] === '[';
  if (isNested && nested === 'skip') return [];
  if (isNested && (nested === 'brackets' || nested === 'dots'))
    return flattened(text, member, nested).flatMap((one) => nestedPairs(text, one, nested));
  const written = isNested && nested === 'sorted' ? sortedJson(text, member) : text.slice(member.from, member.to);
  const value = isNested ? written : written === 'null' ? '' : scalarText(written);
  return [{ name: member.name, value, written }];
}
