import type { Carrier } from '../contract/index.ts';
import { misconfigured } from './configuration.ts';
import type { Run, SignedRequest } from './types.ts';

/** Cookie names are not decoded: allowed characters stay, except `&`, which separates them in a list of parameters. */
export const cookieName = (name: string): string => name.replace(/[^\w!#$%'*+.^`|~-]+/g, encodeURIComponent);

/** Writes a value to its place and replaces the previous one. The feature `recipes` supports bodies. */
export function place({ ctx }: Run, request: SignedRequest, carrier: Carrier | undefined, value: string): void {
  if (!carrier) return;
  const { in: within, name, prefix = '' } = carrier;
  const text = prefix + value;
  const { headers, url } = request;
  const pair = () => `=${encodeURIComponent(text)}`;
  if (within === 'query') {
    const [path, query = ''] = url.split('?');
    const key = encodeURIComponent(name);
    const pairs = query.split('&').filter((other) => other && other.split('=')[0] !== key);
    request.url = `${path}?${[...pairs, key + pair()].join('&')}`;
  } else if (within === 'cookie')
    headers.set('cookie', [headers.get('cookie'), cookieName(name) + pair()].filter(Boolean).join('; '));
  else
    try {
      headers.set(name, text);
    } catch {
      // The engine's own error quotes the value.
      throw misconfigured(ctx.api, `${name}: not a valid header value`);
    }
}
