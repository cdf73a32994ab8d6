/** A number as it is written in JSON text. */
export type WrittenNumber = {
  readonly text: string;
  /** Position of the number in the text. */
  readonly start: number;
  readonly end: number;
  /** Path of the number in the value. */
  readonly path: readonly PropertyKey[];
};

type Level = { readonly isObject: boolean; key: PropertyKey; isName: boolean };

const NUMBER = /-?\d[\d.eE+-]*/y;

/** The numbers of a valid JSON text. */
export function* numbersIn(text: string): Generator<WrittenNumber> {
  const levels: Level[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const level = levels.at(-1);
    switch (text[at]) {
      case '"': {
        const end = endOfString(text, at);
        if (level?.isName) level.key = JSON.parse(text.slice(at, end)) as string;
        at = end - 1;
        break;
      }
      case '{':
        levels.push({ isObject: true, key: '', isName: true });
        break;
      case '[':
        levels.push({ isObject: false, key: 0, isName: false });
        break;
      case '}':
      case ']':
        levels.pop();
        break;
      case ':':
        if (level) level.isName = false;
        break;
      case ',':
        if (level?.isObject) level.isName = true;
        else if (level) level.key = (level.key as number) + 1;
        break;
      default: {
        NUMBER.lastIndex = at;
        const number = NUMBER.exec(text)?.[0];
        if (number === undefined) break;
        const end = at + number.length;
        yield { text: number, start: at, end, path: levels.map(({ key }) => key) };
        at = end - 1;
      }
    }
  }
}

/** The position after the closing quotation mark of a string. */
function endOfString(text: string, start: number): number {
  let end = start;
  for (;;) {
    end = text.indexOf('"', end + 1);
    if (end === -1) return text.length;
    let escapes = 0;
    while (text[end - 1 - escapes] === '\\') escapes += 1;
    if (escapes % 2 === 0) return end + 1;
  }
}
