// cspell:words PROPFIND PROPPATCH MKACTIVITY MKCALENDAR MKCOL MKREDIRECTREF MKWORKSPACE ORDERPATCH CHECKIN UNCHECKOUT UPDATEREDIRECTREF

const listOf = (words: string): ReadonlySet<string> => new Set(words.split(/\s+/));

/** Methods that change nothing. */
const SAFE = listOf('GET HEAD OPTIONS TRACE QUERY PRI PROPFIND REPORT SEARCH');

/** Methods that have the same effect once and twice. */
const IDEMPOTENT = listOf(
  `PUT DELETE ACL BASELINE-CONTROL BIND CHECKIN CHECKOUT COPY LABEL LINK MERGE MKACTIVITY MKCALENDAR MKCOL MKREDIRECTREF
   MKWORKSPACE MOVE ORDERPATCH PROPPATCH REBIND UNBIND UNCHECKOUT UNLINK UNLOCK UPDATE UPDATEREDIRECTREF VERSION-CONTROL`,
);

/**
 * Whether the method alone permits sending a request again. An unregistered method does not.
 * @see https://www.iana.org/assignments/http-methods
 */
export function methodRetry(method: string): 'safe' | 'idempotent' | 'never' {
  if (SAFE.has(method)) return 'safe';
  return IDEMPOTENT.has(method) ? 'idempotent' : 'never';
}
