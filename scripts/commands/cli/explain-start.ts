import { explained } from '../../common/diagnostics/troubleshooting.ts';

const DATABASE: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing answers there.',
  ENOTFOUND: 'there is no such host.',
  '28P01': 'the password is wrong.',
  '28000': 'this user may not connect.',
  '3D000': 'there is no such database.',
};

type Thrown = {
  readonly code?: string;
  readonly hostname?: string;
  readonly name?: string;
  readonly message: string;
};

/**
 * Why a server did not start, where whoever starts it can mend that, with its link; undefined for a fault of ours.
 *
 * @param database whether it looks at DATABASE_URL
 */
export function explainStart(
  error: unknown,
  { port, host }: { readonly port: number; readonly host: string },
  database: boolean,
): string | undefined {
  const { code = '', hostname, name, message } = error as Thrown;
  if (code === 'EADDRINUSE')
    return explained('port-taken', `Port ${port} is taken. Choose another with --port; 0 takes any that is free.`);
  if (code === 'EACCES')
    return explained('port-refused', `Port ${port} may not be used by you. Choose another with --port.`);
  if (code === 'EADDRNOTAVAIL' || (code === 'ENOTFOUND' && (hostname === host || !database)))
    return explained('address-unknown', 'This machine has no such address. Look at --host.');
  if (database && DATABASE[code] !== undefined) return explained('database-url', `DATABASE_URL: ${DATABASE[code]}`);
  if (database && message.startsWith('DATABASE_URL')) return explained('database-url', message);
  if (name === 'SettingError') return explained('setting-wrong', message);
  return name === 'StoreLockedError' ? explained('store-locked', message) : undefined;
}
