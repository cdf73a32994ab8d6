import type { IncomingMessage } from 'node:http';
import { rawTarget } from './raw-target.ts';

/** A segment `.` or `..`, also with escaped dots, which `URL` treats in the same way. */
const DOT_SEGMENT = /\/(?:\.|%2e){1,2}(?:[/?]|$)/i;

/**
 * The reason to reject a request that another server could interpret differently. Undefined for any other request. A
 * proxy that filters by path or host could pass such a request although it should block it.
 */
export function ambiguity(incoming: Pick<IncomingMessage, 'rawHeaders' | 'url'>): string | undefined {
  const host = ambiguousHost(incoming);
  if (host !== undefined) return host;
  const target = rawTarget({ incoming }) ?? '';
  const query = target.indexOf('?');
  const path = query < 0 ? target : target.slice(0, query);
  // Senders remove dot segments before they send a request (RFC 3986, section 5.2.4).
  if (DOT_SEGMENT.test(path)) return 'the path has a segment `.` or `..`';
  // A fragment is never sent (RFC 9112, section 3.2).
  return target.includes('#') ? 'the request target has a fragment' : undefined;
}

/** Node uses the first of several values (RFC 9112, section 3.2). */
export function ambiguousHost(incoming: Pick<IncomingMessage, 'rawHeaders'>): string | undefined {
  return hosts(incoming) > 1 ? 'more than one Host header' : undefined;
}

function hosts({ rawHeaders }: Pick<IncomingMessage, 'rawHeaders'>): number {
  let count = 0;
  for (let i = 0; i < rawHeaders.length; i += 2) {
    if (rawHeaders[i]?.length === 4 && rawHeaders[i]?.toLowerCase() === 'host') count += 1;
  }
  return count;
}
