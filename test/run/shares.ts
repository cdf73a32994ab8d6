import { startPostgres } from '../sandbox/harness/postgres.ts';

export type Share = {
  /** What the test files are told: an address, or the path of a folder. */
  readonly value: string;
  readonly remove: () => Promise<unknown>;
};

/** What is made once for all test files of a run. */
export const shares: { readonly [name: string]: () => Promise<Share> } = {
  postgres: async () => {
    // Tests end clients of the server, never the server itself.
    const { url, stop } = await startPostgres(['fsync=off', 'full_page_writes=off', 'synchronous_commit=off']);
    return { value: url, remove: stop };
  },
};
