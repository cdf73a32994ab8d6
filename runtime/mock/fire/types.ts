import type { MockProvider } from '../types.ts';

/** One request that was fired, and what your server said. */
export type FiredCall = {
  readonly operation: string;
  /** For people: `batch 1 of 3, 100 rows`. */
  readonly what: string;
  readonly ok: boolean;
  /** Undefined where no answer came. */
  readonly status: number | undefined;
  readonly body: string;
  /** Milliseconds. */
  readonly ms: number;
  /** Why it failed; undefined where it did not. */
  readonly problem: string | undefined;
};

/** What came of webhooks that were sent. */
export type FireReport = {
  readonly ok: boolean;
  /** One sentence: what came of it. */
  readonly summary: string;
  /** Further lines: rules that failed, rows that were refused. */
  readonly details: readonly string[];
  readonly calls: readonly FiredCall[];
};

/** Which webhooks to send, and where. */
export type FireRequest = {
  readonly provider: MockProvider;
  /** The only URL that is called. */
  readonly to: string;
  readonly count: number;
  readonly user?: string;
  /** operationId; default: what calls you. */
  readonly operation?: string;
  /** For tests; default the platform's. */
  readonly fetch?: (url: string, init: RequestInit) => Promise<Response>;
  readonly onCall?: (call: FiredCall) => void;
};

/** How one provider calls its users' servers. */
export type Fire = (request: FireRequest) => Promise<FireReport>;

/** @throws {TypeError} on what is no absolute http(s) URL, and on one that holds credentials. */
export function checkTarget(to: string): string {
  const url = URL.canParse(to) ? new URL(to) : undefined;
  if (!url || !['http:', 'https:'].includes(url.protocol)) {
    throw new TypeError(`${JSON.stringify(to.slice(0, 200))} is no URL. Give all of it: http://127.0.0.1:3000/path`);
  }
  if (url.username !== '' || url.password !== '') throw new TypeError('A URL with a password in it is not called.');
  return url.href;
}
