import { execFile } from 'node:child_process';
import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createConsoleApi, type Tried } from '../../runtime/mock/console/api.ts';
import { credentialsOf } from '../../scripts/commands/mock/demo-credentials.ts';
import { loadProvider, PROVIDERS, type Started, startGateway, workspace } from './support.ts';

/** The part of curl that snippets use: not every machine has it. */
const CURL = `#!/usr/bin/env node
const [, , ...given] = process.argv;
const init = { method: 'GET', headers: {} };
let url;
while (given.length > 0) {
  const word = given.shift();
  if (word === '-i') continue;
  else if (word === '-X') init.method = given.shift();
  else if (word === '--data-binary') init.body = given.shift();
  else if (word === '-H') {
    const [, name, value] = /^([^:]+): ?(.*)$/s.exec(given.shift());
    init.headers[name] = value;
  } else if (url === undefined) url = word;
  else throw new Error('unknown: ' + word);
}
fetch(url, init).then(async (response) => console.log('HTTP/1.1 ' + response.status + '\\n\\n' + (await response.text())));
`;

let folder = '';
let mock: Started;
beforeAll(async () => {
  mock = await startGateway();
  folder = await mkdtemp(join(tmpdir(), 'countersign-snippets-'));
  const packages = join(folder, 'node_modules/@countersign');
  await mkdir(packages, { recursive: true });
  for (const name of PROVIDERS) await symlink(join(workspace.generated, name), join(packages, name));
  await writeFile(join(folder, 'curl'), CURL);
  await chmod(join(folder, 'curl'), 0o755);
});
afterAll(async () => {
  await mock.close();
  await rm(folder, { recursive: true, force: true });
});

async function tryOut(provider: string, operation: string, asked: object = {}): Promise<Tried> {
  const api = createConsoleApi({ gateway: mock.gateway, url: () => mock.url, fires: {}, stateful: false, docs: false });
  const found = (await loadProvider(provider)).operations.find(({ descriptor }) => descriptor.id === operation);
  const [input = {}] = found?.inputs.values() ?? [];
  const body = JSON.stringify({ provider, operation, input, ...asked });
  const request = new Request(`${mock.url}/__console/api/try`, { method: 'POST', body });
  return (await (await api(request, 'try')).json()) as Tried;
}

/** The result of a pasted snippet, with the demo credentials in the environment. */
async function paste(provider: string, file: string, program: string, text: string): Promise<string> {
  const { api, credentials } = await loadProvider(provider);
  const environment = Object.fromEntries(credentialsOf(api).map(({ name, env }) => [env, credentials[name] ?? '']));
  await writeFile(join(folder, file), text);
  const { stdout } = await promisify(execFile)(program, [join(folder, file)], {
    cwd: folder,
    env: { PATH: [folder, process.env.PATH].join(delimiter), ...environment },
  });
  return stdout;
}

describe('copied snippets run unchanged, and the mock accepts them', () => {
  const table = [
    ['dailyplay', 'createSession'],
    ['dicey-fun', 'authToken'],
    ['dicey-fun', 'getGameList'],
    ['hive', 'pushSuspensions'],
    ['moonpacket', 'getRules'],
    ['moonpacket', 'getUserAttributes'],
    ['plattr', 'updateMail'],
  ] as const;
  it.each(table)('%s %s', async (provider, operation) => {
    const { snippets } = await tryOut(provider, operation);
    const last = () => mock.gateway.log.recent().at(-1);
    const before = mock.gateway.log.recent().length;
    expect(await paste(provider, 'snippet.sh', 'sh', snippets?.curl ?? '')).toMatch(/^HTTP\/1\.1 200\n/);
    expect(last()).toMatchObject({ operation, ok: true });

    const again = await tryOut(provider, operation);
    expect(await paste(provider, 'snippet.mjs', process.execPath, again.snippets?.fetch ?? '')).toMatch(/^200 /);
    expect(last()).toMatchObject({ operation, ok: true });

    const printed = await paste(provider, 'client.mjs', process.execPath, snippets?.client ?? '');
    expect(printed).not.toBe('');
    expect(last()).toMatchObject({ operation, ok: true });
    expect(mock.gateway.log.recent().length).toBeGreaterThanOrEqual(before + 4);
  });

  it('contain the lifetime of a copied signature, if it has one', async () => {
    expect((await tryOut('moonpacket', 'getRules')).snippets?.note).toMatch(/is valid for 300 s/);
    expect((await tryOut('dailyplay', 'createSession')).snippets?.note).toBeUndefined();
  });

  it('contain the invalid request if one was selected', async () => {
    const { snippets } = await tryOut('moonpacket', 'getRules', { spoil: 'signature' });
    expect(await paste('moonpacket', 'snippet.sh', 'sh', snippets?.curl ?? '')).toMatch(/^HTTP\/1\.1 401\n/);
  });
});
