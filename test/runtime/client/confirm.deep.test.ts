import { expect, test } from 'vitest';
import { seed } from '../../run/seed.ts';
import { proveTransfers } from './transfers.ts';

test('1,000 transfers over a network that loses requests and responses are each applied once', async () => {
  const found = await proveTransfers({ count: 1_000, seed, alike: false });
  expect(found).toMatchObject({ applied: 1_000, rows: 1_000, unknown: 0, notApplied: 0 });
});

test('1,000 transfers, four identical ones at a time: none is reported wrongly', async () => {
  const found = await proveTransfers({ count: 1_000, seed, alike: true });
  // How many are distinguished depends on how they overlap; what is reported is right in any case.
  expect(found.applied + found.unknown + found.notApplied).toBe(1_000);
  expect(found.applied).toBeGreaterThan(0);
});
