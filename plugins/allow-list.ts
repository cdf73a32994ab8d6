import { BlockList, isIP } from 'node:net';

/** Whether an address may call. */
export type AllowList = (address: string | undefined) => boolean;

/**
 * Addresses and networks (`192.0.2.7`, `2001:db8::/32`) that may call. An empty list allows all. Otherwise, an unknown
 * address is rejected.
 *
 * @throws {RangeError} for any other text
 */
export function createAllowList(entries: readonly string[]): AllowList {
  if (entries.length === 0) return () => true;
  const list = new BlockList();
  for (const entry of entries) {
    const [address = '', bits, ...rest] = entry.split('/');
    const family = isIP(address);
    const most = family === 4 ? 32 : 128;
    const sound = bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= most);
    if (family === 0 || !sound || rest.length > 0) {
      throw new RangeError(`Not an address or network: ${entry}`);
    }
    list.addSubnet(address, bits === undefined ? most : Number(bits), family === 4 ? 'ipv4' : 'ipv6');
  }
  return (address) => {
    const family = address === undefined ? 0 : isIP(address);
    return address !== undefined && family !== 0 && list.check(address, family === 4 ? 'ipv4' : 'ipv6');
  };
}

/** The entries of a setting such as `192.0.2.7, 198.51.100.0/24`. */
export const parseAllowList = (setting: string | undefined): readonly string[] =>
  (setting ?? '')
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
