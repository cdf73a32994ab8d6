import { bigint, pgSchema, primaryKey, text, timestamp } from 'drizzle-orm/pg-core';

const hive = pgSchema('hive');

const id = (name: string) => bigint(name, { mode: 'number' });
/** Without a zone, as `YYYY-MM-DD HH:mm:ss`. */
const local = (name: string) => timestamp(name, { mode: 'string', precision: 0 });

export const changes = hive.table('changes', {
  id: id('id').primaryKey().generatedAlwaysAsIdentity(),
  gameIndex: id('game_index').notNull(),
  playerId: id('player_id').notNull(),
  status: text('status').notNull(),
  startDate: local('start_date').notNull(),
  endDate: local('end_date').notNull(),
  receivedAt: timestamp('received_at', { withTimezone: true, mode: 'date' }).notNull().defaultNow(),
});

export const suspensions = hive.table(
  'suspensions',
  {
    gameIndex: id('game_index').notNull(),
    playerId: id('player_id').notNull(),
    status: text('status').notNull(),
    startDate: local('start_date').notNull(),
    endDate: local('end_date').notNull(),
    changeId: id('change_id').notNull(),
  },
  (table) => [primaryKey({ columns: [table.playerId, table.gameIndex] })],
);
