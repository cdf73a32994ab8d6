import { md5Hex } from '@countersign/runtime/signing';
import { handlers } from '../../generated/dicey-fun/src/handlers.ts';
import { createDiceyFunServer } from '../../generated/dicey-fun/src/server.ts';
import type { Sandbox } from '../sandbox.ts';
import { createServices } from './create-services.ts';
import { keepCredentials, keepTokenSecret } from './credentials.ts';
import { security } from './security.ts';
import { seed } from './seed.ts';
import { diceMerchant } from './store/tables.ts';

/**
 * `DICEYFUN_IP_WHITELIST` of the environment, where it is set, becomes the merchant's: addresses and networks with commas
 * between them; empty lets everyone in.
 */
export const sandbox: Sandbox = {
  title: 'Dicey Fun',
  migrations: new URL('./store/migrations/', import.meta.url),
  seed,
  async open({ db, keeper, replayStore, clock, logger, environment }) {
    const { agentId, secret, apiKey } = await keepCredentials(keeper);
    const ipWhitelist = environment.DICEYFUN_IP_WHITELIST?.split(',').flatMap((entry) => entry.trim() || []);
    if (ipWhitelist !== undefined) await db.update(diceMerchant).set({ ipWhitelist });
    const services = createServices(db, { tokenSecret: await keepTokenSecret(keeper) });
    return {
      server: createDiceyFunServer({ handlers, services, security, replayStore, clock, logger, environment }),
      credentials: [
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
