/**
 * A value as JSON, its bigints as numbers. `jsonText` of bodies does the same: shared with a client, it would put the
 * client's first chunk in two parts.
 */
export function int64Text(value: unknown): string {
  // No text of the value can hold the placeholder.
  const mark = `int-${crypto.getRandomValues(new Uint32Array(4)).join('-')}:`;
  const text = JSON.stringify(value, (_, member) => (typeof member === 'bigint' ? mark + member : member));
  return text?.replaceAll(new RegExp(`"${mark}(-?\\d+)"`, 'g'), '$1');
}
