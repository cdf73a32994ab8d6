import { afterAll, beforeAll, expect, test } from 'vitest';
import { sandbox as dailyplay } from '../../plugins/dailyplay/sandbox.ts';
import { sandbox as diceyFun } from '../../plugins/dicey-fun/sandbox.ts';
import { sandbox as hive } from '../../plugins/hive/sandbox.ts';
import { sandbox as moonpacket } from '../../plugins/moonpacket/sandbox.ts';
import { openStore, type Store } from '../../runtime/store/index.ts';
import { explainStart } from '../../scripts/commands/cli/explain-start.ts';
import { openProvider } from '../sandbox/harness/index.ts';

let store: Store;
beforeAll(async () => {
  store = await openStore();
});
afterAll(() => store.close());

test.each([
  ['hive', hive, { HIVE_TIME_ZONE: 'Mars/X' }, 'HIVE_TIME_ZONE must be a time zone, such as Asia/Seoul.'],
  [
    'dailyplay',
    dailyplay,
    { DAILYPLAY_CLERK_JWKS_URL: 'abc', DAILYPLAY_CLERK_ISSUER: 'https://clerk.example' },
    'DAILYPLAY_CLERK_JWKS_URL must be a URL.',
  ],
  [
    'dailyplay',
    dailyplay,
    { DAILYPLAY_CLERK_JWKS_URL: 'https://clerk.example/jwks' },
    'DAILYPLAY_CLERK_JWKS_URL is set, and DAILYPLAY_CLERK_ISSUER is not.',
  ],
  [
    'moonpacket',
    moonpacket,
    { MOONPACKET_ALLOWED_ADDRESSES: 'zz' },
    'MOONPACKET_ALLOWED_ADDRESSES must be addresses and networks with commas between them.',
  ],
  [
    'dicey-fun',
    diceyFun,
    { DICEYFUN_IP_WHITELIST: '192.0.2.1, foo' },
    'DICEYFUN_IP_WHITELIST must be addresses and networks with commas between them.',
  ],
] as const)('%s with %#: the error says how to fix it', async (provider, sandbox, environment, want) => {
  const error: unknown = await openProvider(store, provider, sandbox, { environment }).catch((thrown) => thrown);
  expect(error).toMatchObject({ name: 'SettingError', message: want });
  const told = explainStart(error, { port: 4000, host: '127.0.0.1' }, true);
  expect(told).toContain(want);
  expect(told).toContain('docs/troubleshooting.md#setting-wrong');
});
