import { type Carrier, cookieValue } from '../contract/index.ts';
import { misconfigured } from './configuration.ts';
import type { Run, SignedRequest } from './types.ts';

/**
 * Encodes the name of a cookie, which receivers do not decode. Allowed characters stay, except `&`, which separates
 * names in a list of parameters.
 */
export const cookieName = (name: string): string => name.replace(/[^\w!#$%'*+.^`|~-]+/g, encodeURIComponent);

/** The URL without a parameter of its query, which starts at `start`. */
const without = (url: string, start: number, key: string): string =>
  url.slice(0, start) +
  url
    .slice(start)
    .split('&')
    .filter((pair) => pair.split('=')[0] !== key)
    .join('&');

/**
 * Writes a value to its place in a request and replaces the previous value. The feature `recipes` adds support for
 * bodies.
 */
export function place({ ctx }: Run, request: SignedRequest, carrier: Carrier | undefined, value: string): void {
  if (!carrier) return;
  const { in: within, name, prefix = '' } = carrier;
  const text = prefix + value;
  const { headers, url } = request;
  const pair = () => `=${encodeURIComponent(text)}`;
  if (within === 'query') {
    const key = encodeURIComponent(name);
    const start = url.indexOf('?') + 1;
    // Usually nothing is replaced, and splitting a query takes longer than everything else here.
    const kept = start && url.includes(key, start) ? without(url, start, key) : url;
    const joint = start ? (kept.length === start || kept.endsWith('&') ? '' : '&') : '?';
    request.url = kept + joint + key + pair();
  } else if (within === 'cookie')
    headers.set(
      'cookie',
      [headers.get('cookie'), `${cookieName(name)}=${cookieValue(text)}`].filter(Boolean).join('; '),
    );
  else
    try {
      headers.set(name, text);
    } catch {
      // The engine's own error quotes the value.
      throw misconfigured(ctx.api, `${name}: not a valid header value`);
    }
}
