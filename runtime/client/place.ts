import type { Carrier } from '../contract/index.ts';
import { misconfigured } from './configuration.ts';
import { cookieName } from './serialize-parameters.ts';
import type { Run, SignedRequest } from './types.ts';

/** Puts a value where it travels; in a body, that is a member of a JSON object. */
export function place({ ctx }: Run, request: SignedRequest, carrier: Carrier | undefined, value: string): void {
  if (!carrier) return;
  const { in: within, name, prefix = '' } = carrier;
  const text = prefix + value;
  const { headers, url } = request;
  if (within === 'header') {
    try {
      headers.set(name, text);
    } catch {
      // The engine's own error quotes the value.
      throw misconfigured(ctx.api, `${name}: not a header value`);
    }
  } else if (within === 'body') {
    const { body = '{}' } = request;
    if (typeof body !== 'string' || body[0] !== '{') throw misconfigured(ctx.api, `no JSON object to put ${name} in`);
    request.body = JSON.stringify({ ...JSON.parse(body), [name]: text });
    headers.set('content-type', 'application/json');
  } else {
    const pair = `=${encodeURIComponent(text)}`;
    if (within === 'query') request.url = `${url}${url.includes('?') ? '&' : '?'}${encodeURIComponent(name)}${pair}`;
    else headers.set('cookie', [headers.get('cookie'), cookieName(name) + pair].filter(Boolean).join('; '));
  }
}
