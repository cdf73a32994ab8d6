/** A header of a request. A name that HTTP does not allow, which some documents contain, is always missing. */
export function headerOf(headers: Headers, name: string): string | null {
  try {
    return headers.get(name);
  } catch {
    return null;
  }
}
