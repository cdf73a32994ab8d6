import { describe, expect, test } from 'vitest';
import { createAllowList, parseAllowList } from '../../plugins/allow-list.ts';

describe('allowed addresses', () => {
  test.each([
    { entries: '', address: '203.0.113.9', want: true },
    { entries: '', address: undefined, want: true },
    { entries: '192.0.2.7', address: '192.0.2.7', want: true },
    { entries: '192.0.2.7', address: '192.0.2.8', want: false },
    { entries: '192.0.2.7', address: undefined, want: false },
    { entries: '192.0.2.7', address: 'localhost', want: false },
    { entries: '198.51.100.0/24, 192.0.2.7', address: '198.51.100.255', want: true },
    { entries: '198.51.100.0/24', address: '198.51.101.0', want: false },
    { entries: '2001:db8::/32', address: '2001:db8:ffff::1', want: true },
    { entries: '2001:db8::/32', address: '2001:db9::1', want: false },
    { entries: '0.0.0.0/0', address: '2001:db9::1', want: false },
  ])('$entries allows $address: $want', ({ entries, address, want }) => {
    expect(createAllowList(parseAllowList(entries))(address)).toBe(want);
  });

  test.each(['example.com', '192.0.2.7/33', '192.0.2.7/', '192.0.2.7/8/8', '2001:db8::/129', '192.0.2'])(
    'rejects %s, which is neither an address nor a network',
    (entry) => {
      expect(() => createAllowList([entry])).toThrow(RangeError);
    },
  );
});
