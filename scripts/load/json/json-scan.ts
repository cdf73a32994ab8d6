/** Low-level steps through the text of a JSON document. All of them are linear and none recurses. */

export function skipSpace(text: string, from: number): number {
  let at = from;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code !== 32 && code !== 10 && code !== 13 && code !== 9) break;
    at++;
  }
  return at;
}

/** From the opening quote to just behind the closing one; the text's length when there is none. */
export function skipString(text: string, from: number): number {
  let at = text.indexOf('"', from + 1);
  while (at !== -1) {
    let slashes = 0;
    while (text.charCodeAt(at - 1 - slashes) === 92) slashes++;
    if (slashes % 2 === 0) return at + 1;
    at = text.indexOf('"', at + 1);
  }
  return text.length;
}

/** From the first character of a value to just behind it. The text must be valid JSON. */
export function skipValue(text: string, from: number): number {
  let depth = 0;
  let at = from;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === 34) at = skipString(text, at);
    else {
      if (code === 123 || code === 91) depth++;
      else if (code === 125 || code === 93) {
        depth--;
        if (depth < 0) return at;
      } else if (depth === 0 && (code === 44 || code <= 32)) return at;
      at++;
    }
    if (depth === 0 && (code === 34 || code === 125 || code === 93)) return at;
  }
  return at;
}

/** How many keys the text has in all, and where it first lies deeper than `limit`. */
export function measureJson(
  text: string,
  limit: number,
): { readonly keys: number; readonly tooDeepAt: number | undefined } {
  let keys = 0;
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 34) {
      at = skipString(text, at);
      if (text.charCodeAt(skipSpace(text, at)) === 58) keys++;
      at--;
    } else if (code === 123 || code === 91) {
      if (++depth > limit) return { keys, tooDeepAt: at };
    } else if (code === 125 || code === 93) depth--;
  }
  return { keys, tooDeepAt: undefined };
}
