import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStatefulLogic, type StatefulLogic } from '../../scripts/commands/mock/stateful.ts';
import { call, loadProvider, type Started, startGateway, workspace } from './support.ts';

let folder = '';
let logic: StatefulLogic;
let mock: Started;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'countersign-stateful-'));
  logic = await openStatefulLogic({ ...workspace, root: folder }, false);
  mock = await startGateway({ stateful: logic.open });
});
afterAll(async () => {
  await mock.close();
  await logic.close();
  await rm(folder, { recursive: true, force: true });
});

describe("the sandbox's logic behind the mock", () => {
  it('keeps state: a session is consumed once', async () => {
    const created = await call(mock, 'dailyplay', 'createSession', { input: { body: { game_id: 42 } } });
    expect(created.status).toBe(200);
    const { token } = (created.body as { data: { token: string } }).data;
    const consume = () => call(mock, 'dailyplay', 'consumeSession', { input: { body: { token } } });
    expect((await consume()).status).toBe(200);
    expect((await consume()).status).toBe(410);
  });
  it('accepts the demo credentials of the mock, and rejects others', async () => {
    const input = { body: { username: 'a-player' } };
    expect((await call(mock, 'dicey-fun', 'getGameUrl', { input })).body).toMatchObject({ code: 200 });
    const wrong = await call(mock, 'dicey-fun', 'getGameUrl', { input, spoil: 'credentials' });
    expect(wrong.body).toMatchObject({ code: 403 });
  });
  it('accepts the token that `mock env` prints as one that its issuer signed', async () => {
    const { credentials } = await loadProvider('dailyplay');
    const ask = (token = '') =>
      fetch(`${mock.url}/dailyplay/api/org-api-keys?org_id=5`, { headers: { authorization: `Bearer ${token}` } });
    expect((await ask(credentials.clerkToken)).status).toBe(200);
    expect((await ask(`${credentials.clerkToken}x`)).status).toBe(401);
  });
  it('keeps the credentials of its store after the mock created others', async () => {
    const provider = await loadProvider('dailyplay');
    const { apiKey } = provider.credentials;
    const opened = await logic.open({ ...provider, credentials: { ...provider.credentials, apiKey: 'made-anew' } });
    expect(opened?.credentials.apiKey).toBe(apiKey);
    const file = await readFile(join(folder, '.data/demo-credentials.json'), 'utf8');
    expect(JSON.parse(file)).toMatchObject({ dailyplay: { apiKey } });
  });
  it('still sends the example that Prefer selects', async () => {
    const input = { body: { username: 'a-player', coin: 1 } };
    const answer = await call(mock, 'dicey-fun', 'setPlayerWallet', { input, prefer: 'code=422' });
    expect(answer.body).toMatchObject({ code: 422 });
  });
});
