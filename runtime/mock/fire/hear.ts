import type { Fetch } from '../../client/index.ts';
import type { FireRequest } from './types.ts';

/**
 * A `fetch` without redirects. Only the address that the user named is called: a redirect could lead to any address,
 * and would send the key there.
 */
export const noRedirects: Fetch = (url, init) => fetch(url, { ...init, redirect: 'manual' });

/** The result of the last request. */
export type Heard = {
  readonly fetch: Fetch;
  /** Undefined if there was no response. */
  readonly status: number | undefined;
  readonly body: string;
};

/** Wraps `fetch` to keep the last response, because a client returns only its data or its error. */
export function hear(send: FireRequest['fetch'] = noRedirects): Heard {
  const heard: { -readonly [Name in keyof Heard]: Heard[Name] } = {
    status: undefined,
    body: '',
    async fetch(url, init) {
      heard.status = undefined;
      heard.body = '';
      const response = await send(url, init);
      heard.body = await response.clone().text();
      heard.status = response.status;
      return response;
    },
  };
  return heard;
}

/** Describes a redirect more precisely than the client, which treats it like any other status. */
export const redirected = (status: number | undefined): string | undefined =>
  status !== undefined && status >= 300 && status < 400
    ? 'the response is a redirect, which is not followed'
    : undefined;
