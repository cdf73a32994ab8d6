import { explained } from '../../common/diagnostics/troubleshooting.ts';

const DATABASE: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'the connection was rejected: no server listens at this address.',
  ENOTFOUND: 'the host was not found.',
  '28P01': 'the password is wrong.',
  '28000': 'the user is not allowed to connect.',
  '3D000': 'the database does not exist.',
  // The store creates or updates its own tables at each start.
  '25006':
    'the server is a read-only hot standby. Use the primary, or several hosts with target_session_attrs=read-write.',
  '42501': 'the user is not allowed to create schemas. Grant CREATE on the database to the user.',
};

/** Database features that the store needs beyond tables. An engine with PostgreSQL's protocol may lack them. */
const NEEDED = /pg_advisory_xact_lock|make_interval|FOR UPDATE SKIP LOCKED/i;

type Thrown = {
  readonly code?: string;
  readonly hostname?: string;
  readonly name?: string;
  readonly message: string;
};

/**
 * Explains why a server did not start, with a link, if the user can fix it; undefined for a bug in the toolkit.
 *
 * @param database whether it uses DATABASE_URL
 */
export function explainStart(
  error: unknown,
  { port, host }: { readonly port: number; readonly host: string },
  database: boolean,
): string | undefined {
  const { hostname, name, message } = error as Thrown;
  const code = (error as Thrown).code ?? sqlState(error) ?? '';
  if (code === 'EADDRINUSE')
    return explained(
      'port-taken',
      `Port ${port} is already in use. Choose another port with --port, or 0 for any free port.`,
    );
  if (code === 'EACCES')
    return explained('port-refused', `Port ${port} requires more permissions. Choose another port with --port.`);
  if (code === 'EADDRNOTAVAIL' || (code === 'ENOTFOUND' && (hostname === host || !database)))
    return explained('address-unknown', 'The address in --host does not belong to this machine.');
  if (database && DATABASE[code] !== undefined) return explained('database-url', `DATABASE_URL: ${DATABASE[code]}`);
  const engine = database && unsupported(error);
  if (engine)
    return explained(
      'database-url',
      `DATABASE_URL: the database does not support ${engine}, which the store requires. Use PostgreSQL 14 or later.`,
    );
  if (database && message.startsWith('DATABASE_URL')) return explained('database-url', message);
  if (name === 'SettingError') return explained('setting-wrong', message);
  if (name === 'StoreFolderError') return explained('data-folder', message);
  return name === 'StoreLockedError' ? explained('store-locked', message) : undefined;
}

/** Drizzle wraps the driver's error. */
function sqlState(error: unknown): string | undefined {
  const { cause } = error as { readonly cause?: unknown };
  if (!(cause instanceof Error)) return undefined;
  return (cause as Thrown).code ?? sqlState(cause);
}

/** The feature that the database reports as missing, if the store needs it. */
function unsupported(error: unknown): string | undefined {
  for (let each = error; each instanceof Error; each = each.cause) {
    // The message of a wrapped error quotes the whole query.
    if (each.cause === undefined) return NEEDED.exec(each.message)?.[0];
  }
  return undefined;
}
