import { describe, expect, test } from 'vitest';
import * as dailyplay from '../../generated/dailyplay/src/operations.ts';
import { signers as dailyplaySigners } from '../../generated/dailyplay/src/plugins.ts';
import * as diceyFun from '../../generated/dicey-fun/src/operations.ts';
import { signers as diceyFunSigners } from '../../generated/dicey-fun/src/plugins.ts';
import * as moonpacket from '../../generated/moonpacket/src/operations.ts';
import { signers as moonpacketSigners } from '../../generated/moonpacket/src/plugins.ts';
import type { OutgoingCall } from '../../scripts/commands/flows/carriers.ts';
import { placeholder } from '../../scripts/commands/flows/prepare-flows.ts';
import { signCall } from '../../scripts/commands/flows/sign-call.ts';
import type { FlowProvider } from '../../scripts/commands/flows/types.ts';

const upstream = 'http://127.0.0.1:9';
const PACKET: FlowProvider = {
  ...moonpacket,
  provider: 'moonpacket',
  signers: moonpacketSigners,
  credentials: { apiKey: '1234567890', secret: 'mysecretkey' },
  upstream,
};
const PLAY: FlowProvider = {
  ...dailyplay,
  provider: 'dailyplay',
  signers: dailyplaySigners,
  credentials: { apiKey: 'dpk_one', clerkToken: 'a.b.c' },
  upstream,
};
const DICE: FlowProvider = {
  ...diceyFun,
  provider: 'dicey-fun',
  signers: diceyFunSigners,
  credentials: {
    apiKey: 'key',
    agentId: '9f86d081884c7d659a2feaa0c55ad015',
    secret: 'xF75oK91TQj13s0UmNIr1NBWMWGfflNO',
  },
  upstream,
};

async function sign(provider: FlowProvider, id: string, path: string, headers: Record<string, string>) {
  const call: OutgoingCall = {
    method: 'GET',
    url: new URL(upstream + path),
    headers: new Headers(headers),
    body: new Uint8Array(),
  };
  await signCall(call, id, provider);
  return { headers: Object.fromEntries(call.headers), query: Object.fromEntries(call.url.searchParams) };
}

describe('values that a step sets itself', () => {
  test('a timestamp and a nonce are kept and signed, as in the vector of the spec', async () => {
    const own = { 'x-api-timestamp': '1698765432', 'x-api-nonce': '123456' };
    const { headers, query } = await sign(PACKET, 'getUserAttributes', '/check?user_id=666666666', own);
    expect(headers).toEqual({
      ...own,
      'x-api-key': '1234567890',
      'x-api-signature': '01042923d52fa10e404b4b4cbb84feb166d7f473c296055100837830ce326320',
    });
    expect(query).toEqual({ user_id: '666666666' });
  });

  test('a signature is kept, even if it is wrong', async () => {
    const own = { 'x-api-key': 'k', 'x-api-timestamp': '1', 'x-api-nonce': 'n', 'x-api-signature': 's' };
    expect((await sign(PACKET, 'getRules', '/check', own)).headers).toEqual(own);
  });

  test('signature parameters in the query are kept, and signed', async () => {
    const { headers, query } = await sign(DICE, 'authToken', '/api/v1/authToken?time=1713753600', {});
    expect(headers).toEqual({ 'api-key': 'key' });
    expect(query).toEqual({
      time: '1713753600',
      agent_id: DICE.credentials.agentId,
      secret: DICE.credentials.secret,
      signature: 'b6679e0ad0378845abdd9079f6b7762e',
    });
  });

  test('a key in another location replaces the header', async () => {
    const { headers } = await sign(DICE, 'authToken', '/api/v1/authToken?api_key=wrong', {});
    expect(headers).not.toHaveProperty('api-key');
  });
});

describe('values that the proxy adds', () => {
  test.for([
    { name: 'a key', id: 'createSession', given: {}, want: { 'x-api-key': 'dpk_one' } },
    {
      name: 'a key in place of an input',
      id: 'createSession',
      given: { 'x-api-key': placeholder('apiKey') },
      want: { 'x-api-key': 'dpk_one' },
    },
    {
      name: 'nothing to a request with a wrong key',
      id: 'createSession',
      given: { 'x-api-key': 'wrong' },
      want: { 'x-api-key': 'wrong' },
    },
    { name: 'nothing to a public operation', id: 'validateSession', given: {}, want: {} },
    { name: 'a bearer', id: 'listApiKeys', given: {}, want: { authorization: 'Bearer a.b.c' } },
    {
      name: 'a bearer in place of an input',
      id: 'listApiKeys',
      given: { authorization: `Bearer ${placeholder('clerkToken')}` },
      want: { authorization: 'Bearer a.b.c' },
    },
    {
      name: 'nothing to a request with another scheme',
      id: 'listApiKeys',
      given: { authorization: 'Basic x' },
      want: { authorization: 'Basic x' },
    },
  ])('$name', async ({ id, given, want }) => {
    expect((await sign(PLAY, id, '/api/org-api-keys', given as Record<string, string>)).headers).toEqual(want);
  });

  test('a current signature, with a new nonce each time', async () => {
    const [one, two] = [await sign(PACKET, 'getRules', '/check', {}), await sign(PACKET, 'getRules', '/check', {})];
    expect(Math.abs(Number(one.headers['x-api-timestamp']) - Date.now() / 1000)).toBeLessThan(10);
    expect(one.headers['x-api-nonce']).not.toBe(two.headers['x-api-nonce']);
    expect(one.headers['x-api-signature']).not.toBe(two.headers['x-api-signature']);
  });
});
