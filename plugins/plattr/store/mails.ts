import type { Database } from '@countersign/runtime/store';
import { and, desc, eq, lt, sql } from 'drizzle-orm';
import { columnBound, columnId } from './ids.ts';
import { mails } from './tables.ts';
import { unlessGone } from './users.ts';

/** Maximum number of mails that one call of `deleteAll` deletes. */
export const DELETED_AT_ONCE = 1000;

export type Mails = ReturnType<typeof createMails>;

export function createMails(db: Database) {
  const own = (userId: number, id: number) => and(eq(mails.userId, userId), eq(mails.id, columnId(id)));
  return {
    /** The id of the new mail; undefined if the user has withdrawn. */
    async create(userId: number, content: string): Promise<number | undefined> {
      const rows = await unlessGone(db.insert(mails).values({ userId, content }).returning({ id: mails.id }).execute());
      return rows?.[0]?.id;
    },

    /** Newest id first. With `after`, the list begins with the next lower id. */
    list: (userId: number, { after, limit }: { readonly after?: number | undefined; readonly limit: number }) =>
      db
        .select({ id: mails.id, content: mails.content, rewardId: mails.rewardId })
        .from(mails)
        .where(and(eq(mails.userId, userId), after === undefined ? undefined : lt(mails.id, columnBound(after))))
        .orderBy(desc(mails.id))
        .limit(columnBound(limit)),

    /** False means that the user has no such mail. */
    async update(userId: number, id: number, content: string): Promise<boolean> {
      const rows = await db.update(mails).set({ content }).where(own(userId, id)).returning({ id: mails.id });
      return rows.length === 1;
    },

    async delete(userId: number, id: number): Promise<boolean> {
      return (await db.delete(mails).where(own(userId, id)).returning({ id: mails.id })).length === 1;
    },

    /** Deletes the oldest mails, 1,000 at most. */
    async deleteAll(userId: number): Promise<void> {
      await db.execute(sql`
        DELETE FROM ${mails} WHERE id IN (
          SELECT id FROM ${mails} WHERE user_id = ${userId} ORDER BY id LIMIT ${sql.raw(String(DELETED_AT_ONCE))})`);
    },
  };
}
