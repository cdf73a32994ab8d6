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

/**
 * The offset after a string's closing quote, from its opening quote; the text's length if there is no closing quote.
 */
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

/** The offset after a value, from its first character. The text must be valid JSON. */
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

/** The characters of numbers, after the first one. */
const isNumeric = (code: number): boolean =>
  (code >= 48 && code <= 57) || code === 46 || code === 45 || code === 43 || (code | 32) === 101;

/** The results of one pass over a text. */
export type JsonMeasure = {
  /** The number of keys in all objects. */
  readonly keys: number;
  /** The first offset at which the text is nested deeper than the limit. */
  readonly tooDeepAt: number | undefined;
  /** Offsets of the numbers with at least `longNumber` characters. */
  readonly longNumbers: readonly number[];
};

/** Counts keys, depth and long numbers without parsing. The text need not be valid JSON. */
export function measureJson(text: string, limit: number, longNumber: number): JsonMeasure {
  const longNumbers: number[] = [];
  let keys = 0;
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code <= 32) continue;
    if (code === 34) {
      at = skipString(text, at);
      if (text.charCodeAt(skipSpace(text, at)) === 58) keys++;
      at--;
    } else if (code === 123 || code === 91) {
      if (++depth > limit) return { keys, tooDeepAt: at, longNumbers };
    } else if (code === 125 || code === 93) depth--;
    else if (code === 45 || (code >= 48 && code <= 57)) {
      const start = at;
      while (isNumeric(text.charCodeAt(at + 1))) at++;
      if (at + 1 - start >= longNumber) longNumbers.push(start);
    }
  }
  return { keys, tooDeepAt: undefined, longNumbers };
}
