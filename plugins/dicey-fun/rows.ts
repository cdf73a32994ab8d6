import type { dicePlayRecord, diceTicketRecord, diceWalletRecord } from './store/tables.ts';

/** Rows of the store with the names of the API. */

export const toWalletRecord = (row: typeof diceWalletRecord.$inferSelect) => ({
  id: row.id,
  player_id: row.playerId,
  admin_id: row.adminId,
  coin: row.coin,
  type: row.type,
  wallet_before: row.walletBefore,
  wallet_after: row.walletAfter,
  remark: row.remark,
  create_time: row.createTime,
  update_time: row.updateTime,
});

export const toPlayRecord = (row: typeof dicePlayRecord.$inferSelect) => ({
  id: row.id,
  player_id: row.playerId,
  admin_id: row.adminId,
  lottery_config_id: row.lotteryConfigId,
  lottery_type: row.lotteryType,
  ante: row.ante,
  paid_amount: row.paidAmount,
  is_win: row.isWin,
  win_coin: row.winCoin,
  super_win_coin: row.superWinCoin,
  reward_win_coin: row.rewardWinCoin,
  use_coins: row.useCoins,
  direction: row.direction,
  reward_tier: row.rewardTier,
  lottery_id: row.lotteryId,
  start_index: row.startIndex,
  target_index: row.targetIndex,
  roll_array: row.rollArray,
  roll_number: row.rollNumber,
  lottery_name: row.lotteryName,
  status: row.status,
  create_time: row.createTime,
  update_time: row.updateTime,
});

export const toTicketRecord = (row: typeof diceTicketRecord.$inferSelect) => ({
  id: row.id,
  player_id: row.playerId,
  admin_id: row.adminId,
  use_coins: row.useCoins,
  ante: row.ante,
  total_ticket_count: row.totalTicketCount,
  paid_ticket_count: row.paidTicketCount,
  free_ticket_count: row.freeTicketCount,
  remark: row.remark,
  create_time: row.createTime,
  update_time: row.updateTime,
});
