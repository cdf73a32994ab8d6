import { BlockList, isIP } from 'node:net';

/**
 * Whether an address may call. Entries are addresses (`203.0.113.7`, `2001:db8::1`) or networks (`203.0.113.0/24`).
 * An empty list lets everyone in; one with entries lets nobody in whose address is not known.
 *
 * @throws {RangeError} for an entry that is neither.
 */
export function compileAllowList(entries: readonly string[]): (address: string | undefined) => boolean {
  if (entries.length === 0) return () => true;
  const list = new BlockList();
  for (const entry of entries) addEntry(list, entry);
  return (address) => {
    const version = isIP(address ?? '');
    return address !== undefined && version !== 0 && list.check(address, version === 4 ? 'ipv4' : 'ipv6');
  };
}

function addEntry(list: BlockList, entry: string): void {
  const [address = '', prefix, ...rest] = entry.split('/');
  const version = isIP(address);
  const longest = version === 4 ? 32 : 128;
  const bits = prefix === undefined ? longest : /^\d{1,3}$/.test(prefix) ? Number(prefix) : Number.NaN;
  if (version === 0 || rest.length > 0 || !(bits <= longest)) {
    throw new RangeError(`The IP whitelist has ${JSON.stringify(entry)}, which is no address and no network`);
  }
  list.addSubnet(address, bits, version === 4 ? 'ipv4' : 'ipv6');
}
