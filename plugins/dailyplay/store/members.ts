import type { Database } from '@countersign/runtime/store';
import { and, eq, sql } from 'drizzle-orm';
import { members } from './tables.ts';

export type Members = {
  add(orgId: number, userId: string): Promise<void>;
  has(orgId: number, userId: string): Promise<boolean>;
};

/** The memberships of dashboard users in organizations. */
export function createMembers(db: Database): Members {
  const one = db
    .select({ orgId: members.orgId })
    .from(members)
    .where(and(eq(members.orgId, sql.placeholder('orgId')), eq(members.userId, sql.placeholder('userId'))))
    .prepare('dailyplay_member');
  return {
    async add(orgId, userId) {
      await db.insert(members).values({ orgId, userId }).onConflictDoNothing();
    },
    async has(orgId, userId) {
      return (await one.execute({ orgId, userId })).length === 1;
    },
  };
}
