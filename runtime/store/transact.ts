import type { Database } from './database.ts';
import { errorCode } from './error-code.ts';

/** SQLSTATE of a serialization failure and of a deadlock. The database rolled back everything and expects a retry. */
const AGAIN: readonly (string | undefined)[] = ['40001', '40P01'];

/**
 * Runs `work` in a transaction, and retries it if a conflict with another transaction rolled it back. `work` must have
 * no effects outside of the database.
 *
 * @example
 * ```ts
 * const { db } = await openStore();
 * const one = await transact(db, (transaction) => transaction.execute('SELECT 1'));
 * ```
 */
export async function transact<T>(
  db: Database,
  work: (transaction: Database) => Promise<T>,
  { attempts = 5 }: { readonly attempts?: number } = {},
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await db.transaction(work);
    } catch (error) {
      if (attempt >= attempts || !AGAIN.includes(errorCode(error))) throw error;
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 10 * 2 ** attempt));
    }
  }
}
