/** The length in Unicode code points, as JSON Schema defines it. A surrogate pair is one code point. */
export function codePointLength(text: string): number {
  let length = text.length;
  for (let index = 0; index < text.length - 1; index += 1) {
    if ((text.charCodeAt(index) & 0xfc00) === 0xd800 && (text.charCodeAt(index + 1) & 0xfc00) === 0xdc00) {
      length -= 1;
      index += 1;
    }
  }
  return length;
}

/** Why a text is too short or too long; undefined if it is neither. Counts code points only if necessary. */
export function lengthProblem(text: string, min: number, max: number): string | undefined {
  const units = text.length;
  // A text has at most as many code points as code units, and at least half as many.
  if (units < min || (units < 2 * min && codePointLength(text) < min)) {
    return `Too small: expected string to have >=${min} characters`;
  }
  if (units > max && (units > 2 * max || codePointLength(text) > max)) {
    return `Too big: expected string to have <=${max} characters`;
  }
  return undefined;
}
