import { randomBytes } from 'node:crypto';
import { createMoonpacketClient } from '../../generated/moonpacket/src/client.ts';
import { createAllowList, parseAllowList } from '../allow-list.ts';
import { curlOf } from '../curl.ts';
import { readSetting, type Sandbox } from '../sandbox.ts';
import { createReceiver } from './create-server.ts';
import { createClaims } from './store/claims.ts';

const makeKey = (): string => `mp_demo_${randomBytes(9).toString('base64url')}`;
const makeSecret = (): string => randomBytes(32).toString('base64url');

/** The user of the document's example may claim; each of the others fails by another rule, or by several. */
const USERS = {
  '666666666': { level: 100, status: 'active', is_blacklist: false },
  '1001': { level: 12, status: 'active', is_blacklist: false },
  '1002': { level: 150, status: 'frozen', is_blacklist: false },
  '1003': { level: 100, status: 'active', is_blacklist: true },
  '1004': { level: 7 },
} as const;

export const sandbox: Sandbox = {
  title: 'moonpacket',
  migrations: new URL('./store/migrations/', import.meta.url),

  async seed({ db }) {
    const claims = createClaims(db);
    await claims.setRules({ level: { gt: 99 }, status: { eq: 'active' }, is_blacklist: { eq: false } });
    for (const [userId, attributes] of Object.entries(USERS)) await claims.setUser(userId, attributes);
  },

  async open({ db, keeper, replayStore, clock, logger, environment }) {
    const credentials = {
      apiKey: await keeper.keep('api-key', makeKey),
      secret: await keeper.keep('secret', makeSecret),
    };
    const allow = readSetting('MOONPACKET_ALLOWED_ADDRESSES', 'addresses and networks with commas between them', () =>
      createAllowList(parseAllowList(environment['MOONPACKET_ALLOWED_ADDRESSES'])),
    );
    return {
      server: createReceiver({ claims: createClaims(db), credentials, replayStore, allow, clock, logger }),
      credentials: () => [
        { name: 'X-API-KEY', value: credentials.apiKey },
        { name: 'secret', value: credentials.secret, note: 'signs; users 666666666, 1001 to 1004' },
      ],
      curl: (baseUrl) =>
        curlOf((fetch) =>
          createMoonpacketClient({
            baseUrl,
            credentials,
            fetch,
            clock: { now: clock },
            retry: false,
          }).getUserAttributes({
            query: { user_id: '666666666' },
          }),
        ),
    };
  },
};
