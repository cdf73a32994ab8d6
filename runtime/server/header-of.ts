/** A header; a name that none can have, which some documents ask for, is never there. */
export function headerOf(headers: Headers, name: string): string | null {
  try {
    return headers.get(name);
  } catch {
    return null;
  }
}
