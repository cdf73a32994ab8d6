import { jsonText } from '@countersign/runtime/store';
import { pgSchema, text } from 'drizzle-orm/pg-core';
import type { Attributes, Rule } from '../rules.ts';

const moonpacket = pgSchema('moonpacket');

export const rules = moonpacket.table('rules', {
  attribute: text('attribute').primaryKey(),
  condition: jsonText<Rule>('condition').notNull(),
});

export const users = moonpacket.table('users', {
  userId: text('user_id').primaryKey(),
  attributes: jsonText<Attributes>('attributes').notNull(),
});
