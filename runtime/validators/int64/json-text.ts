/**
 * Writes a value as JSON, with bigints as numbers. `jsonText` of bodies does the same. Sharing it with the client would
 * split the client's first chunk in two.
 */
export function int64Text(value: unknown): string {
  // No text in the value can contain the placeholder.
  const mark = `int-${crypto.getRandomValues(new Uint32Array(4)).join('-')}:`;
  const text = JSON.stringify(value, (_, member) => (typeof member === 'bigint' ? mark + member : member));
  return text?.replaceAll(new RegExp(`"${mark}(-?\\d+)"`, 'g'), '$1');
}
