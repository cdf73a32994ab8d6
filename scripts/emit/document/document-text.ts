/** From this number of characters (without indentation) on, a document has one line for each path and component. */
const LARGE = 1_000_000;

/**
 * A document as JSON. A large one has a line for each path and component instead of each value: half of its bytes would
 * be indentation, and a difference still shows which path or component changed.
 */
export function documentText(document: object): string {
  // Joined once: each joining of a large document copies it.
  const text = linesOf(document, (name, value) =>
    name === 'components' && isObject(value)
      ? linesOf(value, (_, kind) => (isObject(kind) ? linesOf(kind) : [JSON.stringify(kind)]))
      : isObject(value)
        ? linesOf(value)
        : [JSON.stringify(value)],
  )
    .concat('\n')
    .join('');
  // A large document is written once: each writing takes as long as reading it.
  return text.length - countLineBreaks(text) < LARGE ? `${JSON.stringify(document, undefined, 2)}\n` : text;
}

function countLineBreaks(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** An object with a line for each property, as pieces of text. */
function linesOf(
  object: object,
  write: (name: string, value: unknown) => readonly string[] = (_, value) => [JSON.stringify(value)],
): string[] {
  const pieces: string[] = [];
  for (const [name, value] of Object.entries(object)) {
    if (value === undefined) continue;
    pieces.push(pieces.length === 0 ? '{\n' : ',\n', `${JSON.stringify(name)}:`);
    for (const piece of write(name, value)) pieces.push(piece);
  }
  return pieces.length === 0 ? ['{}'] : [...pieces, '\n}'];
}
