import type { Database } from '@countersign/runtime/store';
import { type AllowList, createAllowList } from '../../allow-list.ts';
import { diceMerchant } from './tables.ts';

export type Merchant = typeof diceMerchant.$inferSelect & {
  /** Whether an address may call, by the merchant's `ip_whitelist`. */
  readonly mayCallFrom: AllowList;
};

export type Merchants = {
  /** Every merchant, from a cache that is at most some seconds old. */
  all(): readonly Merchant[] | Promise<readonly Merchant[]>;
};

export type MerchantOptions = {
  readonly maxAge?: number;
  readonly clock?: () => number;
  /** Replaces each merchant's own list. */
  readonly mayCallFrom?: AllowList | undefined;
};

/** Each call needs the settings and they seldom change, so they are read again only every `maxAge` milliseconds. */
export function createMerchants(
  db: Database,
  { maxAge = 5000, clock = Date.now, mayCallFrom }: MerchantOptions = {},
): Merchants {
  let current: { readonly merchants: readonly Merchant[]; readonly readAt: number } | undefined;
  let reading: Promise<readonly Merchant[]> | undefined;

  const read = async (): Promise<readonly Merchant[]> => {
    try {
      const rows = await db.select().from(diceMerchant).orderBy(diceMerchant.id);
      const merchants = rows.map((row) => ({ ...row, mayCallFrom: mayCallFrom ?? createAllowList(row.ipWhitelist) }));
      current = { merchants, readAt: clock() };
      return merchants;
    } finally {
      reading = undefined;
    }
  };

  return {
    all() {
      if (current !== undefined && Math.abs(clock() - current.readAt) < maxAge) return current.merchants;
      reading ??= read();
      return reading;
    },
  };
}
