import { parseQuery } from './query.ts';

/**
 * Returns the texts and numbers of a JSON or form body that have one of these names, at any depth. The media type is
 * ignored: a log must also hide the secrets of an invalid request.
 *
 * @param names the names in `ApiDescriptor.secretNames`
 */
export function secretValues(bytes: Uint8Array, names: ReadonlySet<string>): readonly string[] {
  if (names.size === 0 || bytes.length === 0) return [];
  const text = new TextDecoder().decode(bytes);
  try {
    return membersOf(JSON.parse(text), names);
  } catch {
    return parseQuery(text).pairs.flatMap(([name, value]) => (names.has(name) ? [value] : []));
  }
}

function membersOf(value: unknown, names: ReadonlySet<string>): readonly string[] {
  const found: string[] = [];
  const waiting: unknown[] = [value];
  while (waiting.length > 0) {
    const next = waiting.pop();
    if (typeof next !== 'object' || next === null) continue;
    for (const [name, inner] of Object.entries(next)) {
      if (typeof inner === 'object') waiting.push(inner);
      else if (names.has(name) && (typeof inner === 'string' || typeof inner === 'number')) found.push(String(inner));
    }
  }
  return found;
}
