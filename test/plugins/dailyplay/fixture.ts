import { createKeeper, type Store } from '@countersign/runtime/store';
import { createLocalIssuer, type LocalIssuer } from '../../../plugins/dailyplay/local-issuer.ts';
import { sandbox } from '../../../plugins/dailyplay/sandbox.ts';
import { openProvider } from '../../sandbox/harness/index.ts';
import { type RawClient, rawClient } from './client.ts';

export type Fixture = {
  readonly client: RawClient;
  readonly issuer: LocalIssuer;
  /** Of organization 5, without limits. */
  readonly apiKey: string;
  /** Of the demo user, at the fixture's time. */
  token(): Promise<string>;
  /** Sets the clock, which is otherwise constant. */
  setTime(now: number): void;
  now(): number;
};

/** DailyPlay with a store and a clock that the test sets. */
export async function openDailyPlay(store: Store, start: number = Date.UTC(2026, 1, 16, 12)): Promise<Fixture> {
  let time = start;
  const open = await openProvider(store, 'dailyplay', sandbox, { clock: () => time });
  const issuer = await createLocalIssuer(createKeeper(store.db, 'dailyplay'));
  const key = open.credentials.find(({ name }) => name === 'x-api-key');
  if (key === undefined) throw new Error('There is no demo key');
  return {
    client: rawClient(open.server),
    issuer,
    apiKey: key.value,
    token: () => issuer.issue('user_demo', time),
    setTime: (now) => {
      time = now;
    },
    now: () => time,
  };
}
