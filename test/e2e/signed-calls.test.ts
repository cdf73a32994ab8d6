import { createHash, createHmac } from 'node:crypto';
import { type Listening, listen } from '@countersign/runtime/server/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDiceyFunClient } from '../../generated/dicey-fun/src/index.ts';
import { createDiceyFunServer } from '../../generated/dicey-fun/src/server.ts';
import { createMoonpacketClient } from '../../generated/moonpacket/src/index.ts';
import { createMoonpacketServer } from '../../generated/moonpacket/src/server.ts';

const seconds = (): number => Math.floor(Date.now() / 1000);

describe('Dicey Fun: generated client, generated server, loopback', () => {
  const credentials = { apiKey: 'key-1', agentId: 'agent-1', secret: 'secret-1' };
  let listening: Listening;
  let logins = 0;

  beforeAll(async () => {
    const tokens = new Set<string>();
    const server = createDiceyFunServer({
      handlers: {
        authToken: () => {
          logins += 1;
          const authtoken = `header.payload-${logins}.signature`;
          tokens.add(authtoken);
          return { data: { authtoken } };
        },
        getGameList: ({ body }) => ({
          data: {
            game_list: [
              {
                provider: 'Dicey Fun',
                provider_code: 'DF',
                game_code: 'dafuwen',
                game_key: 'dafuwen',
                game_type: 'slot',
                logo: '',
                game_url: 'https://game.example.com/',
                hall_url: 'https://game.example.com/',
                status: 1,
                sort: 1,
                game_name: body?.lang === 'en' ? 'Dafuweng' : '大富翁',
              },
            ],
          },
        }),
      },
      security: {
        apiKey: credentials.apiKey,
        agentSignature: { agentId: credentials.agentId, secret: credentials.secret },
        session: (token) => (tokens.has(token) ? { token } : null),
      },
    });
    listening = await listen(server);
  });
  afterAll(() => listening.close());

  it('logs in once with the MD5 signature and lists games, in the requested language', async () => {
    const client = createDiceyFunClient({ baseUrl: listening.url, credentials });
    const names = await Promise.all(
      (['en', 'zh', undefined] as const).map(async (lang) => {
        const { data, error } = await client.getGameList(lang === undefined ? {} : { body: { lang } });
        expect(error).toBeUndefined();
        return data?.game_list[0]?.game_name;
      }),
    );
    expect(names).toEqual(['Dafuweng', '大富翁', '大富翁']);
    expect(logins).toBe(1);
  });

  const login = async (change: Readonly<Record<string, string | undefined>>, headers: Record<string, string>) => {
    const { agentId, secret } = credentials;
    const time = change.time ?? String(seconds());
    const signature = createHash('md5')
      .update(agentId + secret + time)
      .digest('hex');
    const query = { agent_id: agentId, secret, time, signature, ...change };
    const given = Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined);
    const response = await fetch(`${listening.url}/api/v1/authToken?${new URLSearchParams(given)}`, { headers });
    return { status: response.status, ...((await response.json()) as { code: number }) };
  };

  it.each<[string, Record<string, string | undefined>, Record<string, string>, number]>([
    ['a valid request', {}, { 'api-key': 'key-1' }, 200],
    ['no api-key', {}, {}, 401],
    ['a wrong api-key', {}, { 'api-key': 'key-2' }, 403],
    ['no signature', { signature: undefined }, { 'api-key': 'key-1' }, 400],
    ['a wrong secret', { secret: 'secret-2' }, { 'api-key': 'key-1' }, 403],
    ['an old time', { time: String(seconds() - 301) }, { 'api-key': 'key-1' }, 403],
    ['a time too far ahead', { time: String(seconds() + 330) }, { 'api-key': 'key-1' }, 403],
    ['a wrong signature', { signature: '0'.repeat(32) }, { 'api-key': 'key-1' }, 403],
  ])('%s → in-band code', async (_, change, headers, code) => {
    expect(await login(change, headers)).toMatchObject({ status: 200, code });
  });

  it('reports a wrong secret as a typed error that does not show it', async () => {
    const client = createDiceyFunClient({
      baseUrl: listening.url,
      credentials: { ...credentials, secret: 'guess-9876' },
    });
    const { error } = await client.getGameList();
    expect(error).toMatchObject({ kind: 'api', code: 403, operation: 'authToken' });
    expect(JSON.stringify(error) + String(error) + String(error?.stack)).not.toContain('guess-9876');
  });
});

describe('moonpacket: signed GET in both modes, loopback', () => {
  const credentials = { apiKey: 'client123', secret: 'mysecretkey' };
  let listening: Listening;

  beforeAll(async () => {
    const server = createMoonpacketServer({
      handlers: {
        getRules: () => ({ data: { level: { gt: 99 }, status: { eq: 'active' } } }),
        getUserAttributes: ({ query }) =>
          query.user_id === '666666666'
            ? { data: { level: 100, status: 'active', is_blacklist: false } }
            : { error: { code: 404, message: 'no such user' } },
      },
      security: { moonpacketSignature: credentials },
    });
    listening = await listen(server);
  });
  afterAll(() => listening.close());

  it('requests rules, then a user, then a missing user', async () => {
    const client = createMoonpacketClient({ baseUrl: listening.url, credentials });
    expect(await client.getRules()).toEqual({ data: { level: { gt: 99 }, status: { eq: 'active' } } });
    expect((await client.getUserAttributes({ query: { user_id: '666666666' } })).data).toEqual({
      level: 100,
      status: 'active',
      is_blacklist: false,
    });
    expect((await client.getUserAttributes({ query: { user_id: '1' } })).error).toMatchObject({ code: 404 });
  });

  const ask = async (change: Readonly<Record<string, string>>, userId?: string): Promise<number> => {
    const timestamp = change['X-API-TIMESTAMP'] ?? String(seconds());
    const nonce = change['X-API-NONCE'] ?? crypto.randomUUID();
    const body = JSON.stringify(userId === undefined ? {} : { user_id: userId });
    const signature = createHmac('sha256', credentials.secret)
      .update(body + timestamp + nonce)
      .digest('hex');
    const response = await fetch(`${listening.url}/check${userId === undefined ? '' : `?user_id=${userId}`}`, {
      headers: {
        'X-API-KEY': credentials.apiKey,
        'X-API-TIMESTAMP': timestamp,
        'X-API-NONCE': nonce,
        'X-API-SIGNATURE': signature,
        ...change,
      },
    });
    await response.arrayBuffer();
    return response.status;
  };

  it.each<[string, Record<string, string>, number]>([
    ['seconds', {}, 200],
    ['milliseconds', { 'X-API-TIMESTAMP': String(Date.now()) }, 200],
    ['a wrong signature', { 'X-API-SIGNATURE': 'f'.repeat(64) }, 401],
    ['an old timestamp', { 'X-API-TIMESTAMP': String(seconds() - 301) }, 401],
    ['a wrong key', { 'X-API-KEY': 'other' }, 401],
  ])('%s → HTTP status', async (_, change, status) => {
    expect(await ask(change)).toBe(status);
    expect(await ask(change, '666666666')).toBe(status);
  });

  it('accepts a nonce once', async () => {
    const nonce = 'a1b2c3d4e5f60718';
    expect(await ask({ 'X-API-NONCE': nonce })).toBe(200);
    expect(await ask({ 'X-API-NONCE': nonce })).toBe(401);
    expect(await ask({ 'X-API-NONCE': nonce }, '666666666')).toBe(401);
  });
});
