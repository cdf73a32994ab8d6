import {
  type Document,
  isMap,
  isPair,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  parse,
  parseDocument,
  stringify,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';

/** A replacement in a text, by offsets. */
export type OffsetEdit = { readonly from: number; readonly to: number; readonly text: string };
/** Keys and indexes from the root of a document. */
export type Tokens = readonly string[];
type Place = { readonly tokens: Tokens; readonly node: Node | null; readonly pair: Pair | undefined };

/** A YAML or JSON text with the places of its values, and edits that keep the rest of the text. */
export class Tree {
  readonly text: string;
  readonly #json: boolean;
  readonly #document: Document;
  #places: readonly Place[] | undefined;

  constructor(text: string, json = false) {
    this.text = text;
    this.#json = json;
    this.#document = parseDocument(text, { uniqueKeys: false, prettyErrors: false, strict: false, logLevel: 'silent' });
  }

  /** Every value with a key or an index, parents first. */
  places(): readonly Place[] {
    if (this.#places) return this.#places;
    const found: Place[] = [];
    const open: Place[] = [{ tokens: [], node: this.#document.contents as Node | null, pair: undefined }];
    for (let next = open.shift(); next; next = open.shift()) {
      found.push(next);
      const { node, tokens } = next;
      if (isMap(node))
        for (const pair of node.items)
          open.push({ tokens: [...tokens, keyOf(pair)], node: pair.value as Node | null, pair });
      if (isSeq(node))
        for (const [index, item] of node.items.entries())
          if (!isPair(item)) open.push({ tokens: [...tokens, String(index)], node: item as Node, pair: undefined });
    }
    this.#places = found;
    return found;
  }

  /** The deepest value that is, or whose key is, at an offset, unless a pointer names another value. */
  tokensAt(offset: number, pointer?: string): Tokens | undefined {
    const candidates = this.places().filter(
      ({ node, pair }) =>
        startOf(pair?.key) === offset || (startOf(node) === offset && (pair === undefined || isScalar(node))),
    );
    const named = candidates.find(({ tokens }) => tokens.map((token) => `/${escaped(token)}`).join('') === pointer);
    return (named ?? candidates.at(-1))?.tokens;
  }

  /** The deepest value that contains an offset. */
  tokensAround(offset: number): { readonly tokens: Tokens; readonly onKey: boolean } | undefined {
    let found: { readonly tokens: Tokens; readonly onKey: boolean } | undefined;
    for (const { tokens, node, pair } of this.places()) {
      const key = pair?.key as Node | undefined;
      if (within(key, offset)) found = { tokens, onKey: true };
      else if (within(node, offset)) found = { tokens, onKey: false };
    }
    return found;
  }

  find(tokens: Tokens): Place | undefined {
    return this.places().find(
      (place) => place.tokens.length === tokens.length && place.tokens.every((t, i) => t === tokens[i]),
    );
  }

  /** Plain value at a path; undefined if there is none. */
  value(tokens: Tokens): unknown {
    const node = this.find(tokens)?.node;
    return node === undefined ? undefined : node === null ? null : node.toJS(this.#document);
  }

  /** Where a value, or its key, begins and ends. */
  range(tokens: Tokens, of: 'key' | 'value' = 'value'): readonly [from: number, to: number] | undefined {
    const place = this.find(tokens);
    const range = (of === 'key' ? (place?.pair?.key as Node | undefined) : place?.node)?.range;
    return range ? [range[0], range[1]] : undefined;
  }

  rename(tokens: Tokens, name: string): OffsetEdit | undefined {
    const range = this.range(tokens, 'key');
    return range && { from: range[0], to: range[1], text: this.#like(range, name) };
  }

  replace(tokens: Tokens, value: unknown): OffsetEdit | undefined {
    const range = this.range(tokens);
    return range && { from: range[0], to: range[1], text: this.#like(range, value) };
  }

  /** With the quotes of the replaced value, if possible. */
  #like([from, to]: readonly [number, number], value: unknown): string {
    const old = this.text.slice(from, to);
    if (this.#json || typeof value !== 'string') return this.#write(value);
    if (old.startsWith("'")) return `'${value.replaceAll("'", "''")}'`;
    const isPlain =
      !/^["{[|>]/.test(old) &&
      value !== '' &&
      [...value].every((character) => old.includes(character)) &&
      parse(value) === value;
    return isPlain ? value : this.#write(value);
  }

  /** Adds a field to an object; undefined if the object is missing or has another notation. */
  add(tokens: Tokens, key: string, value: unknown): OffsetEdit | undefined {
    const map = this.find(tokens)?.node;
    if (!isMap(map)) return undefined;
    const field = `${this.#write(key)}: ${this.#write(value)}`;
    const last = map.items.at(-1);
    if (map.flow || last === undefined) {
      if (last === undefined)
        return map.range ? { from: map.range[0], to: map.range[1], text: `{ ${field} }` } : undefined;
      const at = endOf(last);
      return { from: at, to: at, text: `, ${field}` };
    }
    const first = startOf(map.items[0]?.key) ?? 0;
    const at = this.#contentEnd(endOf(last));
    return { from: at, to: at, text: `\n${' '.repeat(this.#column(first))}${field}` };
  }

  /** Removes a field or an item with the lines that contain nothing else. */
  remove(tokens: Tokens, keyAt?: number): OffsetEdit | undefined {
    const parent = this.find(tokens.slice(0, -1))?.node;
    // If two fields have the same name, this finds the one whose key is at the offset.
    const second = keyAt === undefined ? undefined : this.places().find(({ pair }) => startOf(pair?.key) === keyAt);
    const place = second ?? this.find(tokens);
    if (!place || !(isMap(parent) || isSeq(parent)) || !parent.range) return undefined;
    const items = parent.items as readonly (Pair | Node)[];
    const index = items.indexOf((place.pair ?? place.node) as Pair | Node);
    if (index < 0) return undefined;
    if (items.length === 1) {
      const end = this.#contentEnd(parent.range[1]);
      return { from: parent.range[0], to: end, text: isMap(parent) ? '{}' : '[]' };
    }
    const [from, to] = [begin(items[index]), endOf(items[index])];
    if ((parent as YAMLMap | YAMLSeq).flow) {
      const next = items[index + 1];
      return next ? { from, to: begin(next), text: '' } : { from: endOf(items[index - 1]), to, text: '' };
    }
    const next = items[index + 1];
    const lead = this.text.slice(this.#lineStart(from), from);
    // The first field of a list's item shares its line with the dash, which stays.
    if (isMap(parent) && lead.trim() !== '') return next ? { from, to: begin(next), text: '' } : undefined;
    const end = this.text.indexOf('\n', this.#contentEnd(to));
    return { from: this.#lineStart(from), to: end < 0 ? this.text.length : end + 1, text: '' };
  }

  #write(value: unknown): string {
    if (this.#json) return JSON.stringify(value);
    return stringify(value, { collectionStyle: 'flow', lineWidth: 0 }).trimEnd();
  }

  #lineStart(offset: number): number {
    return this.text.lastIndexOf('\n', offset - 1) + 1;
  }

  #column(offset: number): number {
    return offset - this.#lineStart(offset);
  }

  /** The parser ends a block value after the blank lines and comments that follow it. */
  #contentEnd(offset: number): number {
    return this.text.slice(0, offset).trimEnd().length;
  }
}

const keyOf = ({ key }: Pair): string => (isScalar(key) ? String(key.value) : '');
const escaped = (token: string): string => token.replaceAll('~', '~0').replaceAll('/', '~1');
const startOf = (node: unknown): number | undefined => (node as Node | null | undefined)?.range?.[0];
const begin = (item: Pair | Node | undefined): number => (isPair(item) ? startOf(item.key) : startOf(item)) ?? 0;
const within = (node: Node | null | undefined, offset: number): boolean =>
  node?.range ? node.range[0] <= offset && offset <= node.range[1] : false;

function endOf(item: Pair | Node | undefined): number {
  if (!isPair(item)) return item?.range?.[1] ?? 0;
  return (item.value as Node | null)?.range?.[1] ?? ((item.key as Node).range?.[1] ?? 0) + 1;
}
