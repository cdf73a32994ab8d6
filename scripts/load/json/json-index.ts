import { skipSpace, skipString, skipValue } from './json-scan.ts';

/** A member of a JSON object, with its position. */
export type JsonMember = { readonly key: string; readonly keyAt: number | undefined; readonly node: JsonNode };

/** A value of a JSON text at its position. Its members are located on first use. */
export class JsonNode {
  readonly start: number;
  readonly #text: string;
  #members: readonly JsonMember[] | undefined;
  #byKey: Map<string, JsonMember> | undefined;

  constructor(text: string, start: number) {
    this.#text = text;
    this.start = skipSpace(text, start);
  }

  get isCollection(): boolean {
    const code = this.#text.charCodeAt(this.start);
    return code === 123 || code === 91;
  }

  member(key: string): JsonMember | undefined {
    this.#byKey ??= new Map(this.members.map((member) => [member.key, member]));
    return this.#byKey.get(key);
  }

  /** Every member as written, including a repeated key. */
  get members(): readonly JsonMember[] {
    this.#members ??= this.isCollection ? this.#scan() : [];
    return this.#members;
  }

  #scan(): JsonMember[] {
    const text = this.#text;
    const isMap = text.charCodeAt(this.start) === 123;
    const members: JsonMember[] = [];
    let at = skipSpace(text, this.start + 1);
    while (at < text.length && text.charCodeAt(at) !== 125 && text.charCodeAt(at) !== 93) {
      let keyAt: number | undefined;
      let key = String(members.length);
      if (isMap) {
        keyAt = at;
        at = skipString(text, at);
        key = JSON.parse(text.slice(keyAt, at)) as string;
        at = skipSpace(text, skipSpace(text, at) + 1);
      }
      members.push({ key, keyAt, node: new JsonNode(text, at) });
      at = skipSpace(text, skipValue(text, at));
      if (text.charCodeAt(at) === 44) at = skipSpace(text, at + 1);
    }
    return members;
  }
}
