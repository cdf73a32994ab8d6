import { md5Hex } from '@countersign/runtime/signing';
import { handlers } from '../../generated/dicey-fun/src/handlers.ts';
import { createDiceyFunServer } from '../../generated/dicey-fun/src/server.ts';
import { createAllowList, parseAllowList } from '../allow-list.ts';
import { readSetting, type Sandbox } from '../sandbox.ts';
import { createServices } from './create-services.ts';
import { keepCredentials, keepTokenSecret } from './credentials.ts';
import { security } from './security.ts';
import { playOn, seed } from './seed.ts';

/**
 * If `DICEYFUN_IP_WHITELIST` is set in the environment, it overrides the merchant's list: comma-separated addresses and
 * networks. An empty value allows all.
 */
export const sandbox: Sandbox = {
  title: 'Dicey Fun',
  migrations: new URL('./store/migrations/', import.meta.url),
  seed,
  async open({ db, keeper, replayStore, clock, logger, environment }) {
    const { agentId, secret, apiKey } = await keepCredentials(keeper);
    const { DICEYFUN_IP_WHITELIST: listed } = environment;
    const mayCallFrom = readSetting('DICEYFUN_IP_WHITELIST', 'addresses and networks with commas between them', () =>
      listed === undefined ? undefined : createAllowList(parseAllowList(listed)),
    );
    await playOn(db, clock());
    const services = createServices(db, { tokenSecret: await keepTokenSecret(keeper), mayCallFrom });
    return {
      server: createDiceyFunServer({ handlers, services, security, replayStore, clock, logger, environment }),
      credentials: () => [
        { name: 'Agent id', value: agentId },
        { name: 'Secret', value: secret },
        { name: 'API key', value: apiKey },
        { name: 'Player', value: 'test_player_001', note: 'has six days of play' },
      ],
      curl: (baseUrl) => {
        const time = String(Math.floor(clock() / 1000));
        const query = new URLSearchParams({ agent_id: agentId, secret, time });
        query.set('signature', md5Hex(`${agentId}${secret}${time}`));
        return `curl -H 'api-key: ${apiKey}' '${baseUrl}/api/v1/authToken?${query}'`;
      },
    };
  },
};
