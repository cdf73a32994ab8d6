import { expect, test } from 'vitest';
import { createDiceyFunServer, type DiceyFunHandlers } from '../../../generated/dicey-fun/src/server.ts';
import { createMoonpacketServer, type MoonpacketHandlers } from '../../../generated/moonpacket/src/server.ts';
import { ConfigurationError } from '../../../runtime/server/index.ts';
import { collectLog } from './support.ts';

/**
 * The compiler checks this file: each line below an `@ts-expect-error` must be invalid, or that comment is itself an
 * error.
 */

type Database = { readonly coins: (username: string) => number };

const allowed: Partial<DiceyFunHandlers<Database>> = {
  authToken: async () => ({ data: { authtoken: 'a.b.c' } }),
  getPlayerInfo: ({ body }, { services }) =>
    services.coins(body.username) < 0 ? { error: { code: 404 } } : { error: { code: 500, message: 'x' } },
};

const refused: Partial<DiceyFunHandlers<Database>> = {
  // @ts-expect-error authToken does not declare the code 409
  authToken: () => ({ error: { code: 409 } }),
  // @ts-expect-error data has no such property
  getGameUrl: () => ({ data: { link: 'https://game.example' } }),
  // @ts-expect-error undefined is not a response
  getGameHall: () => undefined,
  // @ts-expect-error the input has no such property
  getPlayerInfo: ({ body }) => ({ error: { code: 404, message: body.nickname } }),
};

const modes: Partial<MoonpacketHandlers> = {
  getRules: () => ({ data: { level: { gte: 10 } } }),
  // @ts-expect-error 418 is declared nowhere
  getUserAttributes: () => ({ status: 418, body: { error: 'x' } }),
};

const wrongOptions: readonly (() => unknown)[] = [
  // @ts-expect-error the handlers' services are missing (and, when it runs, the credentials)
  () => createDiceyFunServer<Database>({ handlers: allowed, environment: {} }),
  // @ts-expect-error there is no such scheme
  () => createMoonpacketServer({ handlers: {}, security: { moonpacket: { apiKey: '1', secret: 's' } } }),
  // @ts-expect-error a signature needs credentials by name
  () => createMoonpacketServer({ handlers: modes, security: { moonpacketSignature: 'secret' } }),
  // @ts-expect-error there is no such operation
  () => createMoonpacketServer({ handlers: { getRule: () => ({ data: {} }) } }),
];

test('options that the compiler rejects are rejected at run time as well', () => {
  for (const make of wrongOptions) expect(make).toThrow(ConfigurationError);
});

test('responses that the compiler rejects are rejected at run time as well', async () => {
  const { logger, text } = collectLog();
  const services = { coins: () => 1 };
  const server = createDiceyFunServer<Database>({
    services,
    logger,
    security: {
      apiKey: 'k',
      session: (token) => (token === 't' ? { token } : null),
      agentSignature: { agentId: 'a', secret: 's' },
    },
    handlers: refused,
  });
  for (const name of ['getGameUrl', 'getGameHall']) {
    const headers = { 'api-key': 'k', 'auth-token': 't', 'content-type': 'application/json' };
    const init = { method: 'POST', headers, body: JSON.stringify({ username: 'player' }) };
    const response = await server.fetch(new Request(`http://t/api/v1/${name}`, init));
    expect(await response.json()).toMatchObject({ code: 500, message: 'internal error' });
  }
  expect(text()).toContain('UndeclaredResponseError');
});
