import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { type IncomingMessage, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadSandboxes } from '../../scripts/commands/serve/load-sandboxes.ts';
import { chooseProviders, openWorkspace } from '../../scripts/config/workspace.ts';
import { openPostgres, type SandboxProcess, startProcess, startProcesses, type TestPostgres } from './harness/index.ts';

const run = promisify(execFile);
const workspace = openWorkspace(process.cwd());

let postgres: TestPostgres;
let databaseUrl: string;
let folder: string;
let all: readonly string[];

beforeAll(async () => {
  postgres = await openPostgres();
  databaseUrl = await postgres.createDatabase();
  folder = await mkdtemp(join(tmpdir(), 'countersign-serve-'));
  const loaded = await loadSandboxes(workspace, await chooseProviders(workspace, []));
  all = loaded.map(({ provider }) => provider);
});

afterAll(async () => {
  await postgres.stop();
  await rm(folder, { recursive: true, force: true });
});

/** Runs the printed commands unchanged, in a shell. */
async function runCommands({ providers }: Pick<SandboxProcess, 'providers'>): Promise<void> {
  for (const { provider, curl } of providers) {
    const { stdout } = await run('/bin/sh', ['-c', `${curl} -sS -w '\n%{http_code}'`]);
    const [body = '', status] = stdout.split(/\n(?=\d+$)/);
    expect(status, `${provider}: ${stdout}`).toBe('200');
    // If the body reports success, it is checked too.
    const { code = 200, result_code = 0, success = true } = JSON.parse(body) as Record<string, unknown>;
    expect({ code, result_code, success }, `${provider}: ${body}`).toEqual({
      code: 200,
      result_code: 0,
      success: true,
    });
  }
}

describe('serve', () => {
  test('two processes can start at once on an empty PostgreSQL, and have the same credentials', async () => {
    const processes = await startProcesses(2, { providers: [], databaseUrl: await postgres.createDatabase() });
    const secrets = processes.map(({ providers }) =>
      providers.flatMap(({ credentials }) => credentials.map(({ value }) => value)).filter((value) => !isToken(value)),
    );
    expect(processes[0]?.providers.map(({ provider }) => provider)).toEqual(all);
    expect(secrets[0]).toEqual(secrets[1]);
    for (const process of processes) await runCommands(process);
    for (const process of processes) expect(await process.stop()).toBe(0);
  });

  test('a data folder keeps the data of the first start, and commands work each time', async () => {
    const seen: (readonly string[])[] = [];
    for (let start = 0; start < 2; start += 1) {
      const served = await startProcess({ providers: [], folder });
      await runCommands(served);
      seen.push(served.providers.flatMap(({ credentials }) => credentials.map(({ value }) => value)));
      expect(await served.stop()).toBe(0);
    }
    expect(seen[0]?.filter((value) => !isToken(value))).toEqual(seen[1]?.filter((value) => !isToken(value)));
    expect(seen[0]?.length).toBeGreaterThanOrEqual(all.length);
  });

  test('a folder in use is locked for a second process, and free again after kill -9', async () => {
    const first = await startProcess({ providers: ['hive'], folder });
    await expect(startProcess({ providers: ['hive'], folder })).rejects.toThrow(`Process ${first.child.pid} uses`);
    await first.kill();
    const second = await startProcess({ providers: ['hive'], folder });
    expect(await second.stop()).toBe(0);
  });

  test('a single provider is served at the root, too; several are not', async () => {
    const alone = await startProcess({ providers: ['hive'], databaseUrl });
    const ask = (base: string) => fetch(`${base}/suspensions`, { method: 'POST' });
    expect((await ask(alone.url)).status).toBe(401);
    expect((await ask(`${alone.url}/hive`)).status).toBe(401);
    await alone.stop();
    const two = await startProcess({ providers: ['hive', 'moonpacket'], databaseUrl });
    expect((await ask(two.url)).status).toBe(404);
    expect((await ask(`${two.url}/hive`)).status).toBe(401);
    expect((await fetch(`${two.url}/moonpacket/check`)).status).toBe(401);
    await two.stop();
  });

  test('the page at the root shows credentials only to the same machine, by its own host name', async () => {
    const served = await startProcess({ providers: ['moonpacket'], databaseUrl });
    const secret = served.providers[0]?.credentials.find(({ name }) => name === 'secret')?.value ?? '';
    const page = async (host: string): Promise<string> =>
      (await run('curl', ['-sS', '-H', `Host: ${host}`, `${served.url}/`])).stdout;
    expect(await page(`127.0.0.1:${served.port}`)).toContain(secret);
    expect(await page('attacker.example')).not.toContain(secret);
    // Each display signs again, so that a used nonce is not shown twice.
    const [one, two] = [await page('localhost'), await page('localhost')].map((text) => text.split('curl').at(-1));
    expect(one).not.toBe(two);
    await served.stop();
  });

  test('a port in use, an unknown provider and an unreachable database each end with one error', async () => {
    const first = await startProcess({ providers: ['hive'], databaseUrl });
    await expect(startProcess({ providers: ['hive'], databaseUrl, port: first.port })).rejects.toThrow(
      /ended with 1: Port \d+ is already in use/,
    );
    // The port is tried before the database.
    const unreachable = 'postgres://nobody@127.0.0.1:1/none';
    await expect(startProcess({ providers: ['hive'], databaseUrl: unreachable, port: first.port })).rejects.toThrow(
      /ended with 1: Port \d+ is already in use/,
    );
    await first.stop();
    await expect(startProcess({ providers: ['naver'], databaseUrl })).rejects.toThrow(
      /ended with 1: No sandbox found for naver/,
    );
    for (const [url, sentence] of [
      ['postgres://nobody@127.0.0.1:1/none', 'no server listens at this address'],
      [databaseUrl.replace(/:[^:@]+@/, ':wrong@'), 'the password is wrong'],
      [databaseUrl.replace(/[^/]+$/, 'none'), 'the database does not exist'],
      ['mysql://nobody@127.0.0.1/none', 'DATABASE_URL must have the form postgres://'],
    ] as const) {
      const started = startProcess({ providers: ['hive'], databaseUrl: url });
      await expect(started).rejects.toThrow(`ended with 1: DATABASE_URL`);
      await expect(started).rejects.toThrow(sentence);
    }
  });

  test('SIGTERM lets running calls finish', async () => {
    const served = await startProcess({ providers: ['dailyplay'], folder });
    const key = served.providers[0]?.credentials[0]?.value ?? '';
    const url = `${served.url}/dailyplay/api/org-api-keys?action=create-session`;
    const calls = await Promise.all(Array.from({ length: 50 }, () => startCall(url, key, '{"game_id":42}')));
    const stopped = served.stop();
    await setTimeout(200);
    const answers = await Promise.all(calls.map((finish) => finish()));
    const code = await stopped;
    expect(code).toBe(0);
    expect(answers).toEqual(Array(50).fill(200));
  });
});

/**
 * The server has started with a call when it reads the body. @returns sends the body, and returns the response's status
 */
async function startCall(url: string, key: string, body: string): Promise<() => Promise<number | undefined>> {
  const headers = {
    'content-type': 'application/json',
    'content-length': body.length,
    'x-api-key': key,
    expect: '100-continue',
  };
  const call = request(url, { method: 'POST', headers });
  call.flushHeaders();
  await once(call, 'continue');
  return async () => {
    call.end(body);
    const [answer] = (await once(call, 'response')) as [IncomingMessage];
    answer.resume();
    return answer.statusCode;
  };
}

const isToken = (value: string): boolean => value.startsWith('eyJ');
