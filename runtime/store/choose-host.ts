import type { Internals } from './bounded-client.ts';
import { DatabaseUrlError, type Host } from './database-url.ts';

type Driver = typeof import('pg').default;

/** Milliseconds in which a host must say whether it takes writes. */
const PROBE = 2000;

/** Finds the first of the hosts that takes writes; the one that did so last is asked first. */
export function createHostChooser(pg: Driver, connectionString: string, hosts: readonly Host[]): () => Promise<Host> {
  let known: Host | undefined;
  const isWritable = async (host: Host): Promise<boolean> => {
    const probe = new pg.Client({ connectionString, connectionTimeoutMillis: PROBE, query_timeout: PROBE });
    Object.assign(probe as unknown as Internals, host);
    // A connection that breaks later than its answer is nobody's concern.
    probe.on('error', () => {});
    try {
      await probe.connect();
      const { rows } = await probe.query('SHOW transaction_read_only');
      return rows[0]?.transaction_read_only === 'off';
    } finally {
      probe.end().catch(() => {});
    }
  };
  return async () => {
    const failures: unknown[] = [];
    for (const host of known ? [known, ...hosts.filter((each) => each !== known)] : hosts) {
      try {
        if (!(await isWritable(host))) continue;
        known = host;
        return host;
      } catch (error) {
        failures.push(error);
      }
    }
    // What is wrong with all of them, a password for example, says more than that none takes writes.
    if (failures.length === hosts.length) throw failures[0];
    throw new DatabaseUrlError('DATABASE_URL contains no writable server. Add the primary to its hosts');
  };
}
