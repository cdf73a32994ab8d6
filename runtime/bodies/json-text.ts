/**
 * Writes a value as JSON, with every digit of a bigint, which `JSON.stringify` rejects. Without a bigint, the result is
 * that of `JSON.stringify`.
 *
 * @throws {TypeError} if the value refers to itself
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
  // The placeholder is random, so that no text of the value contains it.
  const mark = `int-${crypto.getRandomValues(new Uint32Array(4)).join('-')}:`;
  const text = JSON.stringify(value, (_, member) => (typeof member === 'bigint' ? mark + member : member));
  return text.replaceAll(new RegExp(`"${mark}(-?\\d+)"`, 'g'), '$1');
}
