import { skipSpace } from './json-scan.ts';

/** Control characters are invalid in a string; DEL and C1 are allowed. */
const stringSource = String.raw`"(?:[^"\\\p{Cc}]|[\x7f-\x9f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"`;
const numberSource = String.raw`-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?`;
const string = new RegExp(stringSource, 'uy');
const scalar = new RegExp(`${stringSource}|${numberSource}|true|false|null`, 'uy');

/** Where a text stops being JSON, and what was expected there. It does not quote the text. */
export function findJsonError(text: string): { readonly offset: number; readonly expected: string } {
  const closers: string[] = [];
  let at = skipSpace(text, 0);
  let expectKey = false;
  for (;;) {
    if (expectKey) {
      const end = match(string, text, at);
      if (end === undefined) return { offset: at, expected: 'a key in double quotes' };
      at = skipSpace(text, end);
      if (text[at] !== ':') return { offset: at, expected: 'a colon' };
      at = skipSpace(text, at + 1);
    }
    const open = text[at];
    if (open === '{' || open === '[') {
      const close = open === '{' ? '}' : ']';
      at = skipSpace(text, at + 1);
      if (text[at] !== close) {
        closers.push(close);
        expectKey = close === '}';
        continue;
      }
      at++;
    } else {
      const end = match(scalar, text, at);
      if (end === undefined) return { offset: at, expected: 'a value' };
      at = end;
    }
    at = skipSpace(text, at);
    while (closers.length > 0 && text[at] === closers.at(-1)) {
      closers.pop();
      at = skipSpace(text, at + 1);
    }
    if (closers.length === 0) return { offset: at, expected: 'the end of the file' };
    if (text[at] !== ',') return { offset: at, expected: `a comma or ${closers.at(-1)}` };
    expectKey = closers.at(-1) === '}';
    at = skipSpace(text, at + 1);
  }
}

function match(pattern: RegExp, text: string, at: number): number | undefined {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : undefined;
}
