import { type Database, transact } from '@countersign/runtime/store';
import { asc, eq, inArray, max } from 'drizzle-orm';
import type { SeedContext } from '../sandbox.ts';
import { indexKey } from '../stored-text.ts';
import { keepCredentials } from './credentials.ts';
import { createRandom } from './rules/random.ts';
import { type Simulated, simulatePlay } from './rules/simulate.ts';
import {
  diceGame,
  diceMerchant,
  dicePlayer,
  dicePlayRecord,
  diceTicketRecord,
  diceWalletRecord,
} from './store/tables.ts';

const GAME_URL = 'https://game.example.com/';
const DAY = 86_400;

const players = [
  { username: 'test_player_001', phone: '13800000001' },
  { username: 'test_player_002', phone: '13800000002' },
  { username: 'test_player_003', phone: null },
] as const;

/** One merchant, the game of the document, and players with six days of play behind them. */
export async function seed({ db, keeper, now }: SeedContext): Promise<void> {
  const seconds = Math.floor(now / 1000);
  const stamp = { createTime: seconds, updateTime: seconds };
  const credentials = await keepCredentials(keeper);
  const [merchant] = await db
    .insert(diceMerchant)
    .values({ ...credentials, gameUrl: GAME_URL, lobbyUrl: GAME_URL, lang: 'zh', ipWhitelist: [] })
    .returning({ id: diceMerchant.id });
  await db.insert(diceGame).values({
    ...stamp,
    provider: 'Dicey Fun',
    providerCode: 'DF',
    gameCode: 'dafuwen',
    gameKey: 'dafuwen',
    gameType: 'slot',
    nameZh: '大富翁',
    nameEn: 'Dafuweng',
    logo: '',
    gameUrl: GAME_URL,
    hallUrl: GAME_URL,
    status: 1,
    sort: 1,
    merchantConfig: { lang: 'zh' },
    sensitiveConfig: { rtp: 0.96 },
  });

  const random = createRandom(20_240_422);
  const simulated: Simulated[] = [];
  for (const { username, phone } of players) {
    const [player] = await db
      .insert(dicePlayer)
      .values({ ...stamp, username, usernameKey: indexKey(username), phone, coin: 0 })
      .returning({ id: dicePlayer.id });
    if (player === undefined || merchant === undefined) throw new Error('The database returned no id');
    const who = { playerId: player.id, adminId: merchant.id };
    simulated.push(simulatePlay(random, who, seconds - 6 * DAY + random.below(DAY), seconds));
  }
  await insertPlay(db, simulated);
}

/**
 * Adds play up to now for players whose last one was over a day ago: records can be queried only for the last seven
 * days, and an old folder would have none.
 */
export async function playOn(database: Database, now: number): Promise<void> {
  const seconds = Math.floor(now / 1000);
  await transact(database, async (db) => {
    // Locked, so that only one of two starting processes plays, without transfers in between.
    const known = await db
      .select({ playerId: dicePlayer.id, balance: dicePlayer.coin })
      .from(dicePlayer)
      .where(inArray(dicePlayer.username, [...players.map(({ username }) => username)]))
      .orderBy(asc(dicePlayer.id))
      .for('update');
    const [merchant] = await db
      .select({ id: diceMerchant.id })
      .from(diceMerchant)
      .orderBy(asc(diceMerchant.id))
      .limit(1);
    const random = createRandom(seconds);
    const simulated: Simulated[] = [];
    for (const player of known) {
      const [last] = await db
        .select({ at: max(diceWalletRecord.createTime) })
        .from(diceWalletRecord)
        .where(eq(diceWalletRecord.playerId, player.playerId));
      const since = Math.max((last?.at ?? 0) + 1, seconds - 6 * DAY + random.below(DAY));
      if (merchant === undefined || seconds - (last?.at ?? 0) < DAY) continue;
      const played = simulatePlay(random, { ...player, adminId: merchant.id }, since, seconds);
      if (played.plays.length > 0) simulated.push(played);
    }
    await insertPlay(db, simulated);
  });
}

async function insertPlay(db: Database, simulated: readonly Simulated[]): Promise<void> {
  if (simulated.length === 0) return;
  // In the order in which it happened, so that ids and times agree.
  const inOrder = <Row extends { readonly createTime: number }>(rows: readonly Row[]): Row[] =>
    rows.toSorted((a, b) => a.createTime - b.createTime);
  await db.insert(diceWalletRecord).values(inOrder(simulated.flatMap(({ wallet }) => wallet)));
  await db.insert(dicePlayRecord).values(inOrder(simulated.flatMap(({ plays }) => plays)));
  await db.insert(diceTicketRecord).values(inOrder(simulated.flatMap(({ tickets }) => tickets)));
  for (const { playerId, coin } of simulated)
    await db.update(dicePlayer).set({ coin }).where(eq(dicePlayer.id, playerId));
}
