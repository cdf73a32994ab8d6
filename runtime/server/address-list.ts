import { ConfigurationError } from './errors.ts';

/** Whether a list contains an address. */
export type AddressList = (address: string) => boolean;

const NAMED: Readonly<Record<string, readonly string[]>> = {
  loopback: ['127.0.0.0/8', '::1/128'],
  private: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7', '169.254.0.0/16', 'fe80::/10'],
};

/** The bytes of an IPv6 address, or of an IPv4 address mapped into IPv6. Undefined if the address is invalid. */
function bytesOf(address: string): readonly number[] | undefined {
  const v4 = /^(?:::ffff:)?(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/i.exec(address);
  if (v4) {
    const bytes = v4.slice(1).map(Number);
    return bytes.every((byte) => byte < 256) ? [...new Array<number>(10).fill(0), 255, 255, ...bytes] : undefined;
  }
  const halves = address.split('::');
  if (halves.length > 2 || !/^[\da-f:]+$/i.test(address)) return undefined;
  const groups = halves.map((half) => (half === '' ? [] : half.split(':')));
  if (groups.flat().some((group) => !/^[\da-f]{1,4}$/i.test(group))) return undefined;
  const [head = [], tail = []] = groups;
  const missing = 8 - head.length - tail.length;
  if (halves.length === 1 ? missing !== 0 : missing < 1) return undefined;
  const all = [...head, ...new Array<string>(halves.length === 1 ? 0 : missing).fill('0'), ...tail];
  return all.flatMap((group) => [Number.parseInt(group, 16) >> 8, Number.parseInt(group, 16) & 255]);
}

/**
 * Compiles addresses, CIDR blocks and the names `loopback` and `private` to a test of addresses.
 *
 * @throws {ConfigurationError} for any other text
 */
export function compileAddressList(option: string, entries: readonly string[]): AddressList {
  const blocks = entries
    .flatMap((entry) => NAMED[entry] ?? [entry])
    .map((entry) => {
      const [address = '', length, ...rest] = entry.split('/');
      const bytes = bytesOf(address);
      const most = address.includes(':') ? 128 : 32;
      const bits = length === undefined ? most : /^\d{1,3}$/.test(length) ? Number(length) : Number.NaN;
      if (!bytes || rest.length > 0 || !(bits <= most)) {
        throw new ConfigurationError(
          `The option ${option} contains ${JSON.stringify(entry)}: expected an address, a block such as 10.0.0.0/8, loopback or private`,
        );
      }
      return { bytes, bits: bits + 128 - most };
    });
  return (address) => {
    const bytes = bytesOf(address);
    return bytes !== undefined && blocks.some((block) => startsWith(bytes, block.bytes, block.bits));
  };
}

function startsWith(bytes: readonly number[], block: readonly number[], bits: number): boolean {
  return bytes.every((byte, at) => {
    const left = bits - at * 8;
    const mask = left >= 8 ? 255 : left <= 0 ? 0 : (255 << (8 - left)) & 255;
    return (byte & mask) === ((block[at] ?? 0) & mask);
  });
}
