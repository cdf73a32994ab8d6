import { randomBytes } from 'node:crypto';
import { Hono } from 'hono';
import { readSetting, type Sandbox } from '../sandbox.ts';
import { createReceiver } from './create-server.ts';
import { toLocalDate } from './local-date.ts';
import { refuseSuspended } from './refuse-suspended.ts';
import { receiveSuspensions, sweepChanges } from './store/receive.ts';
import { createSuspensions } from './suspensions.ts';

const GAME = 539;
const DAY = 86_400_000;

const makeKey = (): string => `hive_demo_${randomBytes(24).toString('base64url')}`;

export const sandbox: Sandbox = {
  title: 'Hive suspensions',
  migrations: new URL('./store/migrations/', import.meta.url),

  async seed({ db, keeper, now }) {
    await keeper.keep('game-server-key', makeKey);
    const start_date = toLocalDate(new Date(now - DAY), 'UTC');
    await receiveSuspensions(db, GAME, [
      // The end is far in the future, so that a kept data folder still matches the credentials' note.
      { player_id: 1, status: 'B', start_date, end_date: '2099-12-31 00:00:00' },
      { player_id: 3, status: 'P', start_date, end_date: '9999-12-31 00:00:00' },
    ]);
  },

  async open({ db, keeper, clock, logger, environment }) {
    const key = await keeper.keep('game-server-key', makeKey);
    const timeZone = environment['HIVE_TIME_ZONE'] || 'UTC';
    const suspensions = readSetting('HIVE_TIME_ZONE', 'a time zone, such as Asia/Seoul', () =>
      createSuspensions(db, { timeZone }),
    );
    // A sample game, which suspended players cannot enter.
    const extra = new Hono();
    const playerOf = (id: string | undefined) => (id !== undefined && /^\d{1,15}$/.test(id) ? Number(id) : undefined);
    extra.get(
      '/play/:player',
      refuseSuspended({ suspensions, clock, playerOf: (context) => playerOf(context.req.param('player')) }),
      (context) => context.json({ playing: true }),
    );
    const body = JSON.stringify({
      game_index: GAME,
      server_url: 'https://game.example/suspensions',
      data: [{ player_id: 2, status: 'P', start_date: '2024-07-15 09:00:00', end_date: '9999-12-31 00:00:00' }],
    });
    return {
      server: createReceiver({ db, keys: key, clock, logger }),
      credentials: () => [
        { name: 'game server key', value: key, note: 'a bearer token; players 1 and 3 are suspended' },
      ],
      curl: (baseUrl) =>
        `curl -X POST '${baseUrl}/suspensions' -H 'authorization: Bearer ${key}' ` +
        `-H 'content-type: application/json' -d '${body}'`,
      extra,
      sweeps: [sweepChanges],
    };
  },
};
