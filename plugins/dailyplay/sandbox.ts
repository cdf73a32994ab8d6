import { Hono } from 'hono';
import { readSetting, type Sandbox, type SandboxContext, SettingError } from '../sandbox.ts';
import { makeApiKey } from './api-key.ts';
import { createClerkVerifier } from './clerk.ts';
import { createServer } from './create-server.ts';
import { createLocalIssuer } from './local-issuer.ts';
import { createApiKeys } from './store/api-keys.ts';
import { createMembers } from './store/members.ts';
import { sweepSessions } from './store/sessions.ts';

const DEMO_USER = 'user_demo';
const ORGANIZATIONS = [1, 5];

/** Your own Clerk instance if one is configured, otherwise an issuer inside the sandbox. */
function configuredClerk({ environment }: SandboxContext) {
  const { DAILYPLAY_CLERK_JWKS_URL: url, DAILYPLAY_CLERK_ISSUER: issuer } = environment;
  if (url === undefined || url === '') return undefined;
  if (!issuer) throw new SettingError('DAILYPLAY_CLERK_JWKS_URL is set, and DAILYPLAY_CLERK_ISSUER is not.');
  const jwks = readSetting('DAILYPLAY_CLERK_JWKS_URL', 'a URL', () => new URL(url));
  const parties = environment['DAILYPLAY_CLERK_AUTHORIZED_PARTIES']?.split(',').map((party) => party.trim());
  return createClerkVerifier({ jwks, issuer, authorizedParties: parties });
}

export const sandbox: Sandbox = {
  title: 'DailyPlay',
  migrations: new URL('./store/migrations/', import.meta.url),

  async seed({ db, keeper, now }) {
    const apiKeys = createApiKeys(db);
    const members = createMembers(db);
    for (const orgId of ORGANIZATIONS) await members.add(orgId, DEMO_USER);
    const demo = { orgId: 5, createdAt: new Date(now) };
    await apiKeys.create({ ...demo, name: 'Demo', key: await keeper.keep('api-key', makeApiKey) });
    await apiKeys.create({
      ...demo,
      name: 'Demo, limited',
      description: 'For games 42 and 43, 60 calls a minute.',
      key: await keeper.keep('limited-api-key', makeApiKey),
      allowedGameIds: [42, 43],
      rateLimitPerMinute: 60,
      rateLimitPerDay: 10_000,
    });
  },

  async open(context) {
    const { db, keeper, rateLimits, clock, logger } = context;
    const configured = configuredClerk(context);
    const local = configured === undefined ? await createLocalIssuer(keeper) : undefined;
    const clerk = configured ?? local?.verify;
    if (clerk === undefined) throw new Error('There is no issuer');
    const apiKey = await keeper.keep('api-key', makeApiKey);
    const limited = await keeper.keep('limited-api-key', makeApiKey);
    const extra = new Hono();
    if (local) extra.get('/.well-known/jwks.json', (c) => c.json(local.jwks));
    return {
      server: createServer({ db, rateLimits, clerk, clock, logger }),
      credentials: async () => [
        { name: 'x-api-key', value: apiKey, note: 'organization 5, every game, no limits' },
        { name: 'x-api-key', value: limited, note: 'games 42 and 43, 60 calls a minute' },
        ...(local
          ? [
              {
                name: 'Clerk token',
                value: await local.issue(DEMO_USER, clock()),
                note: 'organizations 1 and 5, for 12 hours',
              },
            ]
          : []),
      ],
      curl: (baseUrl) =>
        `curl -X POST '${baseUrl}/api/org-api-keys?action=create-session' -H 'x-api-key: ${apiKey}' ` +
        `-H 'content-type: application/json' -d '{"game_id":42,"external_ref":"user-12345","expires_in_minutes":60}'`,
      extra,
      sweeps: [sweepSessions],
    };
  },
};
