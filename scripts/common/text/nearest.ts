/**
 * Edit distance (insert, delete, replace, swap of two neighbors), in edits. Stops counting at `limit`.
 * @see https://en.wikipedia.org/wiki/Damerau%E2%80%93Levenshtein_distance (optimal string alignment)
 */
export function editDistance(from: string, to: string, limit = Number.POSITIVE_INFINITY): number {
  if (Math.abs(from.length - to.length) > limit) return limit + 1;
  let older: number[] = [];
  let previous = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let row = 1; row <= from.length; row++) {
    const current = [row];
    let best = row;
    for (let column = 1; column <= to.length; column++) {
      const same = from[row - 1] === to[column - 1];
      let cost = Math.min(
        (previous[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (previous[column - 1] ?? 0) + (same ? 0 : 1),
      );
      const swapped = row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      if (swapped) cost = Math.min(cost, (older[column - 2] ?? 0) + 1);
      current.push(cost);
      best = Math.min(best, cost);
    }
    if (best > limit) return limit + 1;
    older = previous;
    previous = current;
  }
  return previous[to.length] ?? 0;
}

/**
 * The name that the user probably meant: at most a third of the letters differ, ignoring case; `undefined` if none is
 * similar.
 */
export function nearest(name: string, candidates: Iterable<string>): string | undefined {
  const given = name.slice(0, 100).toLowerCase();
  let found: string | undefined;
  let best = Math.max(1, Math.floor(given.length / 3)) + 1;
  for (const candidate of candidates) {
    if (candidate === name) continue;
    const distance = editDistance(given, candidate.toLowerCase(), best - 1);
    if (distance < best) {
      best = distance;
      found = candidate;
    }
  }
  return found;
}

/** `Did you mean x?` with a trailing space, or nothing. */
export function didYouMean(name: string, candidates: Iterable<string>): string {
  const found = nearest(name, candidates);
  return found === undefined ? '' : `Did you mean \`${found}\`? `;
}
