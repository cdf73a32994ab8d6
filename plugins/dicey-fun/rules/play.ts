import type { dicePlayRecord } from '../store/tables.ts';
import type { Random } from './random.ts';

type PlayRow = typeof dicePlayRecord.$inferInsert;
/** The result of one draw. The caller adds player and time. */
export type Draw = Omit<PlayRow, 'playerId' | 'adminId' | 'createTime' | 'updateTime'>;

/** Squares of the board, and dice of one roll. */
const SQUARES = 40;
const DICE = 5;
/** Coins that one draw chance costs. */
export const CHANCE_PRICE = 10;

const tiers = [
  { tier: 'T1', from: 27, factor: 50 },
  { tier: 'T2', from: 23, factor: 5 },
  { tier: 'T3', from: 20, factor: 2 },
] as const;

/** One draw on the board: five dice, and a win by their sum. A sum of 30 wins the super prize too. */
export function draw(random: Random, start: number, free: boolean): Draw & { readonly targetIndex: number } {
  const dice = Array.from({ length: DICE }, () => 1 + random.below(6));
  const sum = dice.reduce((total, die) => total + die, 0);
  const direction = random.below(2);
  const won = tiers.find(({ from }) => sum >= from);
  const rewardWinCoin = (won?.factor ?? 0) * CHANCE_PRICE;
  const superWinCoin = sum === 6 * DICE ? 1000 * CHANCE_PRICE : 0;
  const moved = direction === 0 ? start + sum : start - sum;
  return {
    lotteryConfigId: 1,
    lotteryType: free ? 1 : 0,
    ante: 1,
    paidAmount: free ? 0 : CHANCE_PRICE,
    isWin: won === undefined ? 0 : 1,
    winCoin: rewardWinCoin + superWinCoin,
    superWinCoin,
    rewardWinCoin,
    useCoins: free ? 0 : CHANCE_PRICE,
    direction,
    rewardTier: won?.tier ?? null,
    lotteryId: 1,
    startIndex: start,
    targetIndex: ((moved % SQUARES) + SQUARES) % SQUARES,
    rollArray: dice,
    rollNumber: sum,
    lotteryName: 'Default pool',
    status: 1,
  };
}
