import type { Incoming } from './incoming.ts';

/** An id that is safe in a log, a header and a URL. */
const SAFE = /^[A-Za-z0-9._:/+=@-]{1,128}$/;

/** Returns the caller's id if it is safe, otherwise a new id. */
export function requestIdOf(incoming: Incoming, header: string): string {
  const given = incoming.header(header);
  return given !== null && SAFE.test(given) ? given : crypto.randomUUID();
}
