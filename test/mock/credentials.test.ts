import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { loadDemoCredentials } from '../../scripts/commands/mock/demo-credentials.ts';
import { loadProvider, PROVIDERS } from './support.ts';

let root = '';
const file = () => join(root, '.data/demo-credentials.json');
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'countersign-credentials-'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

it('creates them once, readable only by the owner, and keeps them', async () => {
  const { api } = await loadProvider('dicey-fun');
  const first = loadDemoCredentials(root, api);
  expect(Object.keys(first).sort()).toEqual(['agentId', 'apiKey', 'secret']);
  expect(loadDemoCredentials(root, api)).toEqual(first);
  expect((await stat(file())).mode & 0o777).toBe(0o600);
  const other = await mkdtemp(join(tmpdir(), 'countersign-credentials-'));
  expect(loadDemoCredentials(other, api).secret).not.toBe(first.secret);
  await rm(other, { recursive: true });
});

it('keeps those of other providers, and adds what a contract newly requires', async () => {
  const providers = await Promise.all(PROVIDERS.map(loadProvider));
  const all = providers.map(({ api }) => [api.provider, loadDemoCredentials(root, api)]);
  expect(JSON.parse(await readFile(file(), 'utf8'))).toEqual(Object.fromEntries(all));
  const [{ api } = { api: undefined }] = providers;
  if (!api) throw new Error('There is no provider.');
  await writeFile(file(), JSON.stringify({ [api.provider]: { apiKey: 'mine' }, hive: { gameServerKey: 'kept' } }));
  expect(loadDemoCredentials(root, api)).toMatchObject({ apiKey: 'mine', clerkToken: expect.any(String) });
  expect(JSON.parse(await readFile(file(), 'utf8'))).toMatchObject({ hive: { gameServerKey: 'kept' } });
});

it('uses the format of the example, never its value', async () => {
  const { api } = await loadProvider('dailyplay');
  const { apiKey, clerkToken } = loadDemoCredentials(root, api, { apiKey: 'dpk_YOUR_API_KEY' });
  expect(apiKey).toMatch(/^dpk_[0-9a-f]{32}$/);
  expect(clerkToken).toMatch(/^demo-[0-9a-f]{32}$/);
  const plattr = await loadProvider('plattr');
  expect(loadDemoCredentials(root, plattr.api).deviceUuid).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
});

it('prints how to fix a file that is not JSON', async () => {
  const { api } = await loadProvider('hive');
  loadDemoCredentials(root, api);
  await writeFile(file(), '{');
  expect(() => loadDemoCredentials(root, api)).toThrow(/Remove the file/);
});
