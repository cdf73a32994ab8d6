import type { Host } from './database-url.ts';
import { errorCode } from './error-code.ts';

type Driver = typeof import('pg').default;
type Client = import('pg').Client;
type Run = (...given: unknown[]) => unknown;
/** Members of the driver's client that its types leave out. */
export type Internals = {
  host: string;
  port: number;
  readonly connection: { readonly stream: { destroy(): void } };
};

/** A query was sent to a server that does not take writes: one that was the leader until a moment ago. */
const READ_ONLY = '25006';
const TIMED_OUT = 'Query read timeout';

/**
 * The driver's client, whose connection ends with a query that got no answer in time or that a standby rejected: it
 * would hold up or fail every query after it, while a new connection may reach the new leader.
 *
 * @param chooseHost asked before each connection; undefined: the connection string names the one there is
 * @param open where open connections are kept
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
      // Whoever uses the connection learns of its end by the query; without a listener, the process would end.
      this.on('error', () => {});
      const patches = {
        query: boundQuery(super.query.bind(this) as Run, own),
        ...(chooseHost && { connect: connectTo(chooseHost, super.connect.bind(this) as Run, own) }),
      };
      Object.assign(this as Client, patches);
    }
  };
}

/** The driver takes a callback last or returns a promise; the pool uses the one, and Drizzle's transactions the other. */
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
    // The rollback that follows needs the connection: without it, nobody would learn why the transaction failed.
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
