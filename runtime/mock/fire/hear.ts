import type { Fetch } from '../../client/index.ts';
import type { FireRequest } from './types.ts';

/** Only the address that the user named is called: a redirect could lead anywhere, and would carry the key. */
export const noRedirects: Fetch = (url, init) => fetch(url, { ...init, redirect: 'manual' });

/** What came of the last request. */
export type Heard = {
  readonly fetch: Fetch;
  /** Undefined where no answer came. */
  readonly status: number | undefined;
  readonly body: string;
};

/** Keeps the last answer, since a client tells its data or its error alone. */
export function hear(send: FireRequest['fetch'] = noRedirects): Heard {
  const heard: { -readonly [Name in keyof Heard]: Heard[Name] } = {
    status: undefined,
    body: '',
    async fetch(url, init) {
      heard.status = undefined;
      heard.body = '';
      const answer = await send(url, init);
      heard.body = await answer.clone().text();
      heard.status = answer.status;
      return answer;
    },
  };
  return heard;
}

/** A reason that says more than the client's, which takes a redirect for any other status. */
export const redirected = (status: number | undefined): string | undefined =>
  status !== undefined && status >= 300 && status < 400
    ? 'the response is a redirect, which is not followed'
    : undefined;
