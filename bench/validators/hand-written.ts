import { z } from 'zod';

/** Typical hand-written schemas for these bodies, which keep undeclared properties, as ours do. */
const suspension = z.looseObject({
  player_id: z.int().min(0).max(Number.MAX_SAFE_INTEGER),
  status: z.enum(['P', 'B']),
  start_date: z.string().regex(/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/),
  end_date: z.string().regex(/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/),
});

export const suspensionBatch = z.looseObject({
  game_index: z.int().min(0).max(Number.MAX_SAFE_INTEGER),
  server_url: z.string(),
  data: z.array(suspension).min(1).max(100),
});

const player = z.looseObject({ id: z.int(), username: z.string(), phone: z.string().nullable() }).nullable();

const playRecord = z.looseObject({
  id: z.int(),
  player_id: z.int(),
  admin_id: z.int().nullable(),
  lottery_config_id: z.int().nullable(),
  lottery_type: z.int(),
  ante: z.int(),
  paid_amount: z.int(),
  is_win: z.int(),
  win_coin: z.int(),
  super_win_coin: z.int(),
  reward_win_coin: z.int(),
  use_coins: z.int(),
  direction: z.int(),
  reward_tier: z.string().nullable(),
  lottery_id: z.int().nullable(),
  start_index: z.int().nullable(),
  target_index: z.int().nullable(),
  roll_array: z.array(z.int()).nullable(),
  roll_number: z.int().nullable(),
  lottery_name: z.string().nullable(),
  status: z.int(),
  create_time: z.int(),
  update_time: z.int(),
  dice_player: player,
});

export const playRecordSuccess = z.looseObject({
  code: z.literal(200),
  message: z.string(),
  data: z.array(playRecord).max(2000),
});

export const attributesResponse = z.strictObject({
  data: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
});

const mail = z.looseObject({ id: z.int(), content: z.string(), reward_id: z.int().optional() });

export const mailList = z.looseObject({ result_code: z.literal(0), mails: z.array(mail) });
