/** The error of an invalid `DATABASE_URL`. The message begins with the name of the variable and contains no secret. */
export class DatabaseUrlError extends Error {
  override readonly name = 'DatabaseUrlError';
}

/** One server of a database. */
export type Host = { readonly host: string; readonly port: number };

/** The parts of a database URL. */
export type DatabaseUrl = {
  /** The hosts in the order of the URL. The list is never empty. */
  readonly hosts: readonly Host[];
  /** Whether only a server that accepts writes is used: `target_session_attrs` is `read-write` or `primary`. */
  readonly writable: boolean;
  /** The URL in the form that the driver reads: only the first host, without the parameters of libpq. */
  readonly connectionString: string;
};

const FORM = 'postgres://user:password@host:port/database';
const PORT = 5432;
/** Values that libpq accepts. A store cannot use those that select a read-only server. */
const ATTRIBUTES = ['any', 'read-write', 'primary', 'prefer-standby'];

const fail = (what: string): never => {
  throw new DatabaseUrlError(`DATABASE_URL ${what}`);
};

/**
 * Parses a PostgreSQL URL. Like libpq, it accepts several hosts: `postgres://u@h1:5432,h2:5433/db`.
 *
 * @see https://www.postgresql.org/docs/18/libpq-connect.html#LIBPQ-CONNSTRING-URIS
 * @throws {DatabaseUrlError}
 */
export function parseDatabaseUrl(text: string): DatabaseUrl {
  const [, scheme = '', rest = ''] = /^(postgres(?:ql)?:\/\/)(.*)$/s.exec(text) ?? fail(`must have the form ${FORM}`);
  if (rest.includes('#')) fail('contains a "#". Write %23 if it is part of the user name or the password');
  const [beforeQuery = '', query = ''] = cut(rest, '?');
  const [authority = '', database] = cut(beforeQuery, '/');
  const at = authority.lastIndexOf('@');
  const login = at < 0 ? '' : authority.slice(0, at + 1);
  if (/[@/?]/.test(login.slice(0, -1))) fail('has an unencoded "@", "/" or "?" in the user name or the password');
  if (/%(?![0-9a-f]{2})/i.test(login)) fail('has a "%" in the user name or the password that is not written as %25');
  const parameters = new URLSearchParams(query);
  const attributes = parameters.get('target_session_attrs') ?? 'any';
  if (!ATTRIBUTES.includes(attributes)) {
    fail(`has target_session_attrs=${attributes}. The store requires write access: use read-write or primary`);
  }
  parameters.delete('target_session_attrs');
  const hosts = authority
    .slice(at + 1)
    .split(',')
    .map(parseHost);
  const [first] = hosts as [Host];
  const suffix = `${database === undefined ? '' : `/${database}`}${parameters.size > 0 ? `?${parameters}` : ''}`;
  // A host in the parameters overrides an empty one. It may be the folder of a socket.
  const place = authority.slice(at + 1) === '' ? '' : `${first.host}:${first.port}`;
  return {
    hosts,
    writable: attributes === 'read-write' || attributes === 'primary',
    connectionString: `${scheme}${login}${place}${suffix}`,
  };
}

function parseHost(text: string): Host {
  const [, host = '', port] = /^(\[[^\]]*\]|[^:]*)(?::(.*))?$/s.exec(text) ?? fail('has an invalid host');
  const number = port === undefined || port === '' ? PORT : Number(port);
  if (!Number.isInteger(number) || number < 1 || number > 65_535) {
    fail(`has the port "${port}". Expected a number from 1 to 65535`);
  }
  return { host, port: number };
}

function cut(text: string, mark: string): readonly [string, string | undefined] {
  const at = text.indexOf(mark);
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}
