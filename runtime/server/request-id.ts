/** Safe in a log, a header and a URL. */
const SAFE = /^[A-Za-z0-9._:/+=@-]{1,128}$/;

/** The caller's own id if it is safe, otherwise a new one. */
export function requestIdOf(request: Request, header: string): string {
  const given = request.headers.get(header);
  return given !== null && SAFE.test(given) ? given : crypto.randomUUID();
}
