import type { SeedContext } from '../sandbox.ts';
import { createServices } from './create-services.ts';
import { keepCredentials } from './credentials.ts';
import { hashDevice } from './secrets.ts';

const LEADERBOARD = '3312';
const RIVALS = 24;

/** A game with a leaderboard, and a user on the demo device who has data, mails and a reward to apply. */
export async function seed({ db, keeper, now }: SeedContext): Promise<void> {
  const { appKey, deviceUuid } = await keepCredentials(keeper);
  const { apps, users, data, mails, rewards, scores } = createServices(db, { naver: async () => undefined });
  await apps.add('Demo game', appKey);
  const app = await apps.find(appKey);
  if (app === undefined) throw new Error('The database returned no app');
  const appId = app.id;

  for (let rival = 1; rival <= RIVALS; rival += 1) {
    const subject = hashDevice(`00000000-0000-4000-8000-${String(rival).padStart(12, '0')}`);
    const userId = await users.findOrCreate({ appId, kind: 'device', subject }, now);
    await data.change(
      userId,
      [],
      [
        { key: 'level', value: String(1 + (rival % 30)) },
        { key: 'character', value: `c${rival % 5}` },
      ],
    );
    // Every fifth score repeats the previous one, so that some ranks are shared.
    await scores.submit({
      appId,
      leaderboard: LEADERBOARD,
      userId,
      score: 12_000 - 250 * (rival - Number(rival % 5 === 0)),
    });
  }

  const userId = await users.findOrCreate({ appId, kind: 'device', subject: hashDevice(deviceUuid) }, now);
  await data.change(
    userId,
    [],
    [
      { key: 'level', value: '20' },
      { key: 'money', value: '500' },
      { key: 'character', value: 'c1' },
    ],
  );
  await scores.submit({ appId, leaderboard: LEADERBOARD, userId, score: 10_002 });
  await mails.create(userId, JSON.stringify({ title: 'Welcome', body: 'Scores are reset on 1 January.', read: false }));
  await rewards.give(
    userId,
    [{ key: 'star', value: '1', command: 'inc' }],
    JSON.stringify({ title: 'A gift for you', body: 'You got a star', read: false }),
  );
}
