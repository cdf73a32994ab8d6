import type { Internals } from './bounded-client.ts';
import { DatabaseUrlError, type Host } from './database-url.ts';

type Driver = typeof import('pg').default;

/** Milliseconds within which a host must report whether it accepts writes. */
const PROBE = 2000;

/** Creates the function that finds the first host that accepts writes. The most recent host is tried first. */
export function createHostChooser(pg: Driver, connectionString: string, hosts: readonly Host[]): () => Promise<Host> {
  let known: Host | undefined;
  const isWritable = async (host: Host): Promise<boolean> => {
    const probe = new pg.Client({ connectionString, connectionTimeoutMillis: PROBE, query_timeout: PROBE });
    Object.assign(probe as unknown as Internals, host);
    // A connection may break after its response, which is ignored.
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
    // An error of all hosts, for example a wrong password, is more useful than the message that no host accepts writes.
    if (failures.length === hosts.length) throw failures[0];
    throw new DatabaseUrlError('DATABASE_URL contains no writable server. Add the primary to its hosts');
  };
}
