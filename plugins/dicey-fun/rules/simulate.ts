import type { dicePlayRecord, diceTicketRecord, diceWalletRecord } from '../store/tables.ts';
import { CHANCE_PRICE, draw } from './play.ts';
import type { Random } from './random.ts';

export type Simulated = {
  readonly playerId: number;
  readonly wallet: readonly (typeof diceWalletRecord.$inferInsert)[];
  readonly plays: readonly (typeof dicePlayRecord.$inferInsert)[];
  readonly tickets: readonly (typeof diceTicketRecord.$inferInsert)[];
  /** Balance at the end. */
  readonly coin: number;
};

type Who = {
  readonly playerId: number;
  readonly adminId: number;
  /** Balance at the start. Default 0. */
  readonly balance?: number;
};

const CHANCES = 5;
const DEPOSIT = 200;
const SESSION_GAP = 15 * 3600;

/**
 * Sessions of play from `start` to `end` (Unix seconds): coins in, five bought chances and a free one, a draw for each,
 * wins paid out. Each wallet row continues the balance of the previous row.
 */
export function simulatePlay(
  random: Random,
  { playerId, adminId, balance = 0 }: Who,
  start: number,
  end: number,
): Simulated {
  const wallet: Simulated['wallet'][number][] = [];
  const plays: Simulated['plays'][number][] = [];
  const tickets: Simulated['tickets'][number][] = [];
  let coin = balance;
  let square = 0;
  const move = (amount: number, type: 0 | 1 | 2, remark: string, at: number): void => {
    const row = { playerId, adminId, coin: amount, type, remark, createTime: at, updateTime: at };
    wallet.push({ ...row, walletBefore: coin, walletAfter: coin + amount });
    coin += amount;
  };

  for (let at = start; at + 600 < end; at += SESSION_GAP + random.below(3600)) {
    const stamp = { playerId, adminId, createTime: at + 30, updateTime: at + 30 };
    const useCoins = CHANCES * CHANCE_PRICE;
    move(DEPOSIT, 0, 'Credit in', at);
    move(-useCoins, 2, 'Draw chances', at + 30);
    const counts = { totalTicketCount: CHANCES + 1, paidTicketCount: CHANCES, freeTicketCount: 1 };
    tickets.push({ ...stamp, useCoins, ante: 1, ...counts, remark: 'Five chances and one free' });
    for (let turn = 0; turn <= CHANCES; turn += 1) {
      const when = at + 60 + turn * 20;
      const result = draw(random, square, turn === CHANCES);
      square = result.targetIndex;
      plays.push({ ...result, playerId, adminId, createTime: when, updateTime: when });
      if (result.winCoin > 0) move(result.winCoin, 0, 'Winnings', when);
    }
    const out = Math.floor(coin / 2);
    if (out > 0) move(-out, 1, 'Credit out', at + 400);
  }
  return { playerId, wallet, plays, tickets, coin };
}
