import type { Host } from './database-url.ts';
import { errorCode } from './error-code.ts';

type Driver = typeof import('pg').default;
type Client = import('pg').Client;
type Run = (...given: unknown[]) => unknown;
/** Methods of the driver's client that its types do not declare. */
export type Internals = {
  host: string;
  port: number;
  readonly connection: { readonly stream: { destroy(): void } };
};

/** SQLSTATE of a query that reached a server which does not accept writes, for example a former leader. */
const READ_ONLY = '25006';
const TIMED_OUT = 'Query read timeout';

/**
 * Creates a client of the driver. Its connection ends after a query that timed out or that a standby rejected: such a
 * connection would block or fail every later query, while a new one may reach the new leader.
 *
 * @param chooseHost called before each connection; undefined if the connection string names the only host
 * @param open the set of open connections
 */
export function boundClient(
  pg: Driver,
  chooseHost: (() => Promise<Host>) | undefined,
  open: Set<Internals>,
): typeof pg.Client {
  return class extends pg.Client {
    constructor(config: ConstructorParameters<Driver['Client']>[0]) {
      super(config);
      const own = this as unknown as Internals;
      open.add(own);
      this.once('end', () => open.delete(own));
      // The query reports the end of the connection to its caller. Without a listener, the process would exit.
      this.on('error', () => {});
      const patches = {
        query: boundQuery(super.query.bind(this) as Run, own),
        ...(chooseHost && { connect: connectTo(chooseHost, super.connect.bind(this) as Run, own) }),
      };
      Object.assign(this as Client, patches);
    }
  };
}

/**
 * Wraps the driver's query, which takes a callback as its last argument or returns a promise. The pool uses callbacks,
 * and Drizzle's transactions use promises.
 */
function boundQuery(query: Run, { connection }: Internals): Run {
  const end = (): void => connection.stream.destroy();
  const isLate = (error: unknown): boolean => error instanceof Error && error.message === TIMED_OUT;
  let standby = false;
  return (...given) => {
    const callback = given.at(-1);
    if (typeof callback === 'function') {
      return query(...given.slice(0, -1), (error: unknown, result: unknown) => {
        if (isLate(error) || errorCode(error) === READ_ONLY) end();
        callback(error, result);
      });
    }
    const result = query(...given);
    if (!(result instanceof Promise)) return result;
    // The rollback needs the connection. Without it, the cause of the failed transaction would be lost.
    const rollingBack = standby;
    return result
      .catch((error: unknown) => {
        if (isLate(error)) end();
        standby ||= errorCode(error) === READ_ONLY;
        throw error;
      })
      .finally(() => {
        if (rollingBack) end();
      });
  };
}

function connectTo(chooseHost: () => Promise<Host>, connect: Run, client: Internals): Run {
  return (callback) => {
    const connected = chooseHost().then((host) => {
      Object.assign(client, host);
      return connect();
    });
    if (typeof callback !== 'function') return connected;
    connected.then(
      () => callback(null, client),
      (error) => callback(error),
    );
    return undefined;
  };
}
