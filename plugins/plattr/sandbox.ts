import { handlers } from '../../generated/plattr/src/handlers.ts';
import { createPlattrServer } from '../../generated/plattr/src/server.ts';
import type { Sandbox } from '../sandbox.ts';
import { createServices } from './create-services.ts';
import { keepCredentials } from './credentials.ts';
import { createNaverLogin } from './naver.ts';
import { security } from './security.ts';
import { seed } from './seed.ts';
import { sweepSessions } from './store/sessions.ts';

/** If `NAVER_BASE_URL` is set in the environment, it verifies Naver's access tokens instead of Naver. */
export const sandbox: Sandbox = {
  title: 'Plattr',
  migrations: new URL('./store/migrations/', import.meta.url),
  seed,
  async open({ db, keeper, replayStore, clock, logger, environment }) {
    const { appKey, deviceUuid } = await keepCredentials(keeper);
    const services = createServices(db, { naver: createNaverLogin({ environment }) });
    return {
      server: createPlattrServer({ handlers, services, security, replayStore, clock, logger, environment }),
      credentials: () => [
        { name: 'X-APP-KEY', value: appKey },
        {
          name: 'X-AUTH-UUID',
          value: deviceUuid,
          note: 'a device whose user has data, mails, a reward and a score in leaderboard 3312',
        },
      ],
      curl: (baseUrl) =>
        `curl -H 'X-APP-KEY: ${appKey}' -H 'X-AUTH-UUID: ${deviceUuid}' '${baseUrl}/v1/auth/anonymous?key=level&key=money'`,
      sweeps: [sweepSessions(clock)],
    };
  },
};
