import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { createDiceyFunServer } from '../../../generated/dicey-fun/src/server.ts';
import { type Ask, json, overBoth } from './support.ts';

const NOW = 1713753600;
const agent = { agent_id: '9f86d081884c7d659a2feaa0c55ad015', secret: 'xF75oK91TQj13s0UmNIr1NBWMWGfflNO' };

const server = createDiceyFunServer({
  clock: () => NOW * 1000,
  security: {
    apiKey: ['current-key', 'next-key'],
    agentSignature: { agentId: agent.agent_id, secret: agent.secret },
    session: (token) => (token === 'old' ? 'expired' : token === 'good' ? { agent: 1 } : null),
  },
  handlers: {
    authToken: () => ({ data: { authtoken: 'xxx.yyy.zzz' } }),
    getPlayerInfo: () => ({ error: { code: 404, message: 'no such player' } }),
  },
});

type Login = { agent_id?: string; secret?: string; time?: string | number; signature?: string };

function login({ time = NOW, ...given }: Login = {}): Record<string, string> {
  const { agent_id = agent.agent_id, secret = agent.secret } = given;
  const right = createHash('md5').update(`${agent_id}${secret}${time}`).digest('hex');
  return { agent_id, secret, time: String(time), signature: given.signature ?? right };
}

function without(name: string): Record<string, string> {
  return Object.fromEntries(Object.entries(login()).filter(([key]) => key !== name));
}

const key = { 'api-key': 'current-key' };
const wrong = { agent_id: 'x', secret: 'y', time: 1, signature: 'z' };

/** Each row also fails every check after the one that rejects it. */
const order: readonly [name: string, headers: Record<string, string>, query: Record<string, string>, code: number][] = [
  ['no api-key, and nothing else', {}, {}, 401],
  ['an empty api-key', { 'api-key': '' }, login(wrong), 401],
  ['a wrong api-key, and nothing else', { 'api-key': 'old-key' }, {}, 403],
  ['a wrong api-key before missing fields', { 'api-key': 'old-key' }, without('secret'), 403],
  ['none of the four', key, {}, 400],
  ['no agent_id', key, without('agent_id'), 400],
  ['no secret', key, without('secret'), 400],
  ['no time', key, without('time'), 400],
  ['no signature', key, without('signature'), 400],
  ['an empty signature, and a wrong secret', key, login({ secret: 'y', signature: '' }), 400],
  ['another secret, and a wrong time and signature', key, login({ ...wrong, agent_id: agent.agent_id }), 403],
  ['another secret, signed with it', key, login({ secret: 'y' }), 403],
  ['another agent, signed rightly', key, login({ agent_id: 'x' }), 403],
  ['a time 301 s ago, and a wrong signature', key, login({ time: NOW - 301, signature: 'z' }), 403],
  ['a time 301 s ago', key, login({ time: NOW - 301 }), 403],
  ['a time 301 s ahead', key, login({ time: NOW + 301 }), 403],
  ['a time in milliseconds', key, login({ time: NOW * 1000 }), 403],
  ['a time that is not a number', key, login({ time: 'now' }), 403],
  ['a wrong signature', key, login({ signature: 'b6679e0ad0378845abdd9079f6b7762f' }), 403],
  ['a signature in upper case', key, login({ signature: 'B6679E0AD0378845ABDD9079F6B7762E' }), 403],
  ['all right, 300 s ago', key, login({ time: NOW - 300 }), 200],
  ['all right, 300 s ahead', key, login({ time: NOW + 300 }), 200],
  ['all right', key, login(), 200],
  ['all right, with the other valid key', { 'api-key': 'next-key' }, login(), 200],
  ['the key in the query', {}, { ...login(), api_key: 'current-key' }, 200],
  ['the key in the query by its other name', {}, { ...login(), 'api-key': 'current-key' }, 200],
  ['the header before the query', { 'api-key': 'old-key' }, { ...login(), api_key: 'current-key' }, 403],
  ['an empty header leaves it to the query', { 'api-key': '' }, { ...login(), api_key: 'current-key' }, 200],
];

/** What the error message names, so that a correct code for a wrong reason is detected. */
const reasons: Record<string, RegExp> = {
  'no api-key, and nothing else': /^api-key is missing/,
  'a wrong api-key, and nothing else': /^api-key is invalid/,
  'no secret': /^missing: agent_id, secret, time, signature/,
  'another secret, and a wrong time and signature': /^credentials/,
  'a time 301 s ago, and a wrong signature': /^timestamp/,
  'a wrong signature': /^signature/,
};

test('every check of authToken runs in order, with its code', async () => {
  const check = async (ask: Ask) => {
    for (const [name, headers, query, code] of order) {
      const response = await ask(`/api/v1/authToken?${new URLSearchParams(query)}`, { headers });
      const body = await response.json();
      expect({ name, status: response.status, code: body.code }).toEqual({ name, status: 200, code });
      if (code === 200) expect(body.data).toEqual({ authtoken: 'xxx.yyy.zzz' });
      else expect(body.message, name).toMatch(reasons[name] ?? /./);
    }
  };
  await overBoth(server, check);
});

/** All other calls: api-key, then auth-token. */
const calls: readonly [name: string, headers: Record<string, string>, body: object, code: number][] = [
  ['nothing', {}, {}, 401],
  ['a wrong key before a missing token', { 'api-key': 'x' }, {}, 403],
  ['no token', key, {}, 401],
  ['an unknown token', { ...key, 'auth-token': 'bad' }, {}, 402],
  ['an expired token', { ...key, 'auth-token': 'old' }, {}, 402],
  ['the key in the body', { 'auth-token': 'good' }, { username: 'a', api_key: 'current-key' }, 404],
  ['the key in the body by its other name', { 'auth-token': 'good' }, { username: 'a', 'api-key': 'next-key' }, 404],
  ['a wrong key in the body', { 'auth-token': 'good' }, { username: 'a', api_key: 'x' }, 403],
  ['all right', { ...key, 'auth-token': 'good' }, { username: 'a' }, 404],
];

test('every check of a call with a session runs in order, with its code', async () => {
  await overBoth(server, async (ask) => {
    for (const [name, headers, body, code] of calls) {
      const init = json(body);
      const response = await ask('/api/v1/getPlayerInfo', { ...init, headers: { ...init.headers, ...headers } });
      expect({ name, status: response.status, code: (await response.json()).code }).toEqual({
        name,
        status: 200,
        code,
      });
    }
  });
});

test('unknown paths and missing handlers respond with the envelope', async () => {
  await overBoth(server, async (ask) => {
    const rows = [
      ['/api/v1/nothing', {}, 200, 404],
      ['/api/v1/getPlayerInfo', {}, 200, 404],
      ['/api/v1/getGameHall', json({}), 501, 500],
    ] as const;
    for (const [path, init, status, code] of rows) {
      const response = await ask(path, init);
      expect(response.status).toBe(status);
      expect(await response.json()).toEqual({ code, message: expect.any(String), data: {} });
    }
  });
});
