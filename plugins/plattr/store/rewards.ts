import { type Database, transact } from '@countersign/runtime/store';
import { and, eq } from 'drizzle-orm';
import type { Change } from '../rules/changes.ts';
import { type Outcome, readValues, writeChanges } from './data.ts';
import { columnId } from './ids.ts';
import { mails, rewards } from './tables.ts';
import { lockUser, unlessGone } from './users.ts';

/** Rolls back a transaction that used a reward which cannot be applied. */
class NotApplicable extends Error {
  override readonly name = 'NotApplicable';
}

export type Given = { readonly id: number; readonly mailId?: number };
export type Rewards = ReturnType<typeof createRewards>;

export function createRewards(db: Database) {
  const own = (userId: number, id: number) => and(eq(rewards.userId, userId), eq(rewards.id, columnId(id)));
  const deleteMails = (tx: Database, userId: number, id: number) =>
    tx.delete(mails).where(and(eq(mails.userId, userId), eq(mails.rewardId, columnId(id))));

  const find = async (userId: number, id: number, from: Database = db) =>
    (await from.select({ change: rewards.change, valid: rewards.valid }).from(rewards).where(own(userId, id)))[0];

  return {
    /**
     * Creates the reward and, with `mailContent`, the mail about it: both or none. Undefined means that the user has
     * withdrawn.
     */
    give: (userId: number, change: readonly Change[], mailContent: string | undefined): Promise<Given | undefined> =>
      unlessGone(
        transact(db, async (tx) => {
          const [reward] = await tx.insert(rewards).values({ userId, change }).returning({ id: rewards.id });
          if (reward === undefined) throw new Error('The database returned no id');
          if (mailContent === undefined) return reward;
          const mail = { userId, content: mailContent, rewardId: reward.id };
          const [told] = await tx.insert(mails).values(mail).returning({ id: mails.id });
          return told === undefined ? reward : { ...reward, mailId: told.id };
        }),
      ),

    /** Undefined means that the user has no such reward. */
    find: (userId: number, id: number) => find(userId, id),

    /** Uses the reward once, even for concurrent calls. `unmet`: it was used, or its change does not fit the data. */
    async apply(userId: number, id: number, deleteMail: boolean): Promise<Outcome | 'unknown'> {
      const use = async (tx: Database): Promise<Outcome | 'unknown'> => {
        if (!(await lockUser(tx, userId))) return 'gone';
        const [used] = await tx
          .update(rewards)
          .set({ valid: false })
          .where(and(own(userId, id), eq(rewards.valid, true)))
          .returning({ change: rewards.change });
        if (used === undefined) return (await find(userId, id, tx)) === undefined ? 'unknown' : 'unmet';
        const values = await readValues(
          tx,
          userId,
          used.change.map(({ key }) => key),
        );
        if (!(await writeChanges(tx, userId, used.change, values))) throw new NotApplicable();
        if (deleteMail) await deleteMails(tx, userId, id);
        return 'done';
      };
      // A later call gets its response without waiting for the user's lock.
      const known = await find(userId, id);
      if (known === undefined) return 'unknown';
      if (!known.valid) return 'unmet';
      try {
        return await transact(db, use);
      } catch (error) {
        if (error instanceof NotApplicable) return 'unmet';
        throw error;
      }
    },

    /** False means that the user has no such reward. An invalid reward stays invalid. */
    invalidate: (userId: number, id: number, deleteMail: boolean): Promise<boolean> =>
      transact(db, async (tx) => {
        const ids = await tx.update(rewards).set({ valid: false }).where(own(userId, id)).returning({ id: rewards.id });
        if (ids.length > 0 && deleteMail) await deleteMails(tx, userId, id);
        return ids.length > 0;
      }),
  };
}
