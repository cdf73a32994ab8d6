/** A header of a request. A name that is invalid in HTTP, which some documents contain, is never present. */
export function headerOf(headers: Headers, name: string): string | null {
  try {
    return headers.get(name);
  } catch {
    return null;
  }
}
