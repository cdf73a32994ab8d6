import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export type Share = {
  /** The value for the test files: an address, or JSON. */
  readonly value: string;
  readonly remove: () => Promise<unknown>;
};

/** The values that are created once for all test files. Each loads its own code, because most runs need none. */
export const shares: { readonly [name: string]: () => Promise<Share> } = {
  postgres: async () => {
    const { startPostgres } = await import('../sandbox/harness/postgres.ts');
    // Tests end clients of the server, never the server itself.
    const { url, stop } = await startPostgres(['fsync=off', 'full_page_writes=off', 'synchronous_commit=off']);
    return { value: url, remove: stop };
  },
  /** The tarballs of the toolkit, each with the name that installs it. */
  toolkit: async () => {
    const { packToolkit } = await import('../toolkit/packed-project.ts');
    const folder = await mkdtemp(join(tmpdir(), 'countersign-packed-'));
    const value = JSON.stringify(await packToolkit(folder));
    return { value, remove: () => rm(folder, { recursive: true, force: true }) };
  },
  /** A folder with generated clients and servers of every service of TypeSpec's suite. */
  suite: async () => {
    const { makeSuiteWorkspace } = await import('../peers/workspace.ts');
    const value = await makeSuiteWorkspace();
    return {
      value,
      remove: () => (process.env.KEEP ? Promise.resolve() : rm(value, { recursive: true, force: true })),
    };
  },
};
