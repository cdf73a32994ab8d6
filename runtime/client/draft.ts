import type { Sendable } from './hooks.ts';

/** A request as it is before hooks and credentials. A `Request` would read the body's bytes away, and costs as much as sending it does. */
export type Draft = {
  readonly url: string;
  readonly headers: Headers;
  readonly body: Sendable | undefined;
  /** What `headers` was made of: a further attempt begins with it again. */
  readonly unsigned: Readonly<Record<string, string>>;
};
