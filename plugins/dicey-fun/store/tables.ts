import { jsonText } from '@countersign/runtime/store';
import { bigint, bigserial, integer, pgSchema, smallint, text } from 'drizzle-orm/pg-core';
import { anyText } from '../../stored-text.ts';

/** Created by `migrations/`, which also contains the indexes and checks. */
const diceyFun = pgSchema('dicey_fun');

export type GameConfig = Readonly<Record<string, unknown>>;

const coins = (name: string) => bigint(name, { mode: 'number' }).notNull();
/** Unix seconds. */
const seconds = (name: string) => bigint(name, { mode: 'number' }).notNull();
const rowId = () => bigserial('id', { mode: 'number' }).primaryKey();

/** An agent and its assigned values. Records refer to `id` as `admin_id`. */
export const diceMerchant = diceyFun.table('dice_merchant', {
  id: rowId(),
  agentId: text('agent_id').notNull().unique(),
  secret: text('secret').notNull(),
  apiKey: text('api_key').notNull(),
  agentToken: text('agent_token'),
  gameUrl: text('game_url').notNull(),
  lobbyUrl: text('lobby_url'),
  lang: text('lang', { enum: ['zh', 'en'] }).notNull(),
  /** Reserved by the document for a future extension: the column is never sent. */
  callbackUrl: text('callback_url'),
  ipWhitelist: jsonText<readonly string[]>('ip_whitelist').notNull(),
});

/** The game table. The admin command writes `sensitive_config_json`, and no query of the API reads it. */
export const diceGame = diceyFun.table('dice_game', {
  id: rowId(),
  provider: text('provider').notNull(),
  providerCode: text('provider_code').notNull(),
  gameCode: text('game_code').notNull(),
  gameKey: text('game_key').notNull().unique(),
  gameType: text('game_type').notNull(),
  nameZh: text('game_name_zh').notNull(),
  nameEn: text('game_name_en').notNull(),
  logo: text('logo').notNull(),
  gameUrl: text('game_url').notNull(),
  hallUrl: text('hall_url').notNull(),
  /** 1 enabled, 0 disabled. */
  status: smallint('status').notNull(),
  sort: integer('sort').notNull(),
  merchantConfig: jsonText<GameConfig>('merchant_config_json'),
  sensitiveConfig: jsonText<GameConfig>('sensitive_config_json'),
  createTime: seconds('create_time'),
  updateTime: seconds('update_time'),
});

export const dicePlayer = diceyFun.table('dice_player', {
  id: rowId(),
  username: anyText('username').notNull(),
  /** The name as `indexKey` encodes it, because the name itself may be too long for an index. */
  usernameKey: text('username_key').notNull().unique(),
  phone: text('phone'),
  coin: coins('coin'),
  createTime: seconds('create_time'),
  updateTime: seconds('update_time'),
});

/** `wallet_after` is `wallet_before` + `coin`: PostgreSQL rejects any other row. */
export const diceWalletRecord = diceyFun.table('dice_player_wallet_record', {
  id: rowId(),
  playerId: bigint('player_id', { mode: 'number' }).notNull(),
  adminId: bigint('admin_id', { mode: 'number' }),
  coin: coins('coin'),
  /** 0 deposit, 1 withdraw, 2 purchase of draw chances. */
  type: smallint('type').$type<0 | 1 | 2>().notNull(),
  walletBefore: coins('wallet_before'),
  walletAfter: coins('wallet_after'),
  remark: text('remark'),
  createTime: seconds('create_time'),
  updateTime: seconds('update_time'),
});

export const dicePlayRecord = diceyFun.table('dice_play_record', {
  id: rowId(),
  playerId: bigint('player_id', { mode: 'number' }).notNull(),
  adminId: bigint('admin_id', { mode: 'number' }),
  lotteryConfigId: bigint('lottery_config_id', { mode: 'number' }),
  lotteryType: smallint('lottery_type').notNull(),
  ante: integer('ante').notNull(),
  paidAmount: coins('paid_amount'),
  isWin: smallint('is_win').notNull(),
  winCoin: coins('win_coin'),
  superWinCoin: coins('super_win_coin'),
  rewardWinCoin: coins('reward_win_coin'),
  useCoins: coins('use_coins'),
  direction: smallint('direction').notNull(),
  rewardTier: text('reward_tier'),
  lotteryId: bigint('lottery_id', { mode: 'number' }),
  startIndex: integer('start_index'),
  targetIndex: integer('target_index'),
  rollArray: jsonText<number[]>('roll_array'),
  rollNumber: integer('roll_number'),
  lotteryName: text('lottery_name'),
  status: smallint('status').notNull(),
  createTime: seconds('create_time'),
  updateTime: seconds('update_time'),
});

export const diceTicketRecord = diceyFun.table('dice_player_ticket_record', {
  id: rowId(),
  playerId: bigint('player_id', { mode: 'number' }).notNull(),
  adminId: bigint('admin_id', { mode: 'number' }),
  useCoins: coins('use_coins'),
  ante: integer('ante').notNull(),
  totalTicketCount: integer('total_ticket_count').notNull(),
  paidTicketCount: integer('paid_ticket_count').notNull(),
  freeTicketCount: integer('free_ticket_count').notNull(),
  remark: text('remark'),
  createTime: seconds('create_time'),
  updateTime: seconds('update_time'),
});
