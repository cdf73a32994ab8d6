import { skipSpace, skipString, skipValue } from './json-scan.ts';

/** A member of a JSON object, with its position. */
export type JsonMember = { readonly key: string; readonly keyAt: number | undefined; readonly node: JsonNode };

/** A value of a JSON text at its position. Its members are located as far as they are needed. */
export class JsonNode {
  readonly start: number;
  readonly #text: string;
  #read: { readonly members: JsonMember[]; readonly byKey: Map<string, JsonMember> } | undefined;

  constructor(text: string, start: number) {
    this.#text = text;
    this.start = skipSpace(text, start);
  }

  get isCollection(): boolean {
    const code = this.#text.charCodeAt(this.start);
    return code === 123 || code === 91;
  }

  /** The first member with a key. A document with a repeated key is rejected. */
  member(key: string): JsonMember | undefined {
    let found = this.#read?.byKey.get(key);
    while (found === undefined && this.#readNext()) found = this.#read?.byKey.get(key);
    return found;
  }

  /** Every member as written, including a repeated key. */
  get members(): readonly JsonMember[] {
    while (this.#readNext());
    return this.#read?.members ?? [];
  }

  /** Locates one more member; false if there is none. */
  #readNext(): boolean {
    if (!this.isCollection) return false;
    const text = this.#text;
    this.#read ??= { members: [], byKey: new Map() };
    const { members, byKey } = this.#read;
    const start = this.#startOfNext(members.at(-1));
    const code = text.charCodeAt(start);
    if (start >= text.length || code === 125 || code === 93) return false;
    const isMap = text.charCodeAt(this.start) === 123;
    const end = isMap ? skipString(text, start) : start;
    const key = isMap ? (JSON.parse(text.slice(start, end)) as string) : String(members.length);
    const value = isMap ? skipSpace(text, end) + 1 : start;
    const member = { key, keyAt: isMap ? start : undefined, node: new JsonNode(text, value) };
    members.push(member);
    if (!byKey.has(key)) byKey.set(key, member);
    return true;
  }

  /** The value of the last member is only skipped now: in most cases, that member is the wanted one. */
  #startOfNext(last: JsonMember | undefined): number {
    const text = this.#text;
    if (last === undefined) return skipSpace(text, this.start + 1);
    const after = skipSpace(text, skipValue(text, last.node.start));
    return text.charCodeAt(after) === 44 ? skipSpace(text, after + 1) : after;
  }
}
