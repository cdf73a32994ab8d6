/**
 * A value as JSON. A bigint is a number of all its digits, which `JSON.stringify` refuses to write; where a value has
 * none, nothing else is done than that does.
 *
 * @throws {TypeError} where the value refers to itself
 */
export function jsonText(value: unknown): string {
  try {
    return JSON.stringify(value);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return exactText(value);
  }
}

function exactText(value: unknown): string {
  // No text of the value can hold what was made up for it.
  const mark = `int-${crypto.getRandomValues(new Uint32Array(4)).join('-')}:`;
  const text = JSON.stringify(value, (_, member) => (typeof member === 'bigint' ? mark + member : member));
  return text.replaceAll(new RegExp(`"${mark}(-?\\d+)"`, 'g'), '$1');
}
