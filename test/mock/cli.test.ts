import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { runCli } from '../run/cli.ts';
import { root } from './support.ts';

const main = join(root, 'scripts/main.ts');

const run = (...args: readonly string[]) =>
  runCli({ args: ['mock', ...args], cwd: root, env: { ...process.env, NO_COLOR: '1' } });

/** A mock in its own process, started as a user starts it, until the test ends. */
async function start(...args: readonly string[]) {
  const child = spawn(process.execPath, [main, 'mock', ...args, '--port', '0'], { cwd: root });
  onTestFinished(() => void child.kill('SIGKILL'));
  let out = '';
  const url = await new Promise<string>((resolve, reject) => {
    child.once('close', () => reject(new Error(`It ended: ${out}`)));
    child.stderr.on('data', (chunk: Buffer) => (out += chunk.toString()));
    child.stdout.on('data', (chunk: Buffer) => {
      out += chunk.toString();
      const found = /Mock on (http:\/\/127\.0\.0\.1:\d+)[\s\S]*Demo credentials/.exec(out);
      if (found?.[1]) resolve(found[1]);
    });
  });
  return { child, url, out: () => out };
}

describe('the command mock', () => {
  it('serves one provider at the root, with console and docs, and exits on a signal', async () => {
    const { child, url } = await start('moonpacket', '--no-verify');
    expect((await fetch(`${url}/check`)).status).toBe(200);
    expect((await fetch(`${url}/__console/`)).status).toBe(200);
    expect((await fetch(`${url}/docs/`)).headers.get('content-type')).toContain('text/html');
    const ended = new Promise((resolve) => child.once('close', resolve));
    child.kill('SIGTERM');
    expect(await ended).toBe(0);
  });

  it('serves all providers by their names, and the console at the root', async () => {
    const { url, out } = await start('moonpacket', 'hive', '--no-verify');
    expect(out()).toContain(`${url}/hive`);
    expect((await fetch(`${url}/moonpacket/check`)).status).toBe(200);
    expect(await (await fetch(url)).text()).toContain('<title>Countersign mock</title>');
  });

  it('repeats its failures with a seed, and prints the seed', async () => {
    const run = async () => {
      const { url } = await start('moonpacket', 'hive', '--no-verify', '--chaos', '0.5', '--seed', '3');
      const seen: unknown[] = [];
      for (let i = 0; i < 8; i += 1) {
        const answer = await fetch(`${url}/moonpacket/check`).catch(() => ({ status: 'cut' }));
        seen.push(answer.status);
      }
      const state = (await (await fetch(`${url}/__console/api/state`)).json()) as { scenario: object };
      expect(state.scenario).toMatchObject({ name: 'custom', chaos: 0.5 });
      return seen;
    };
    const first = await run();
    expect(new Set(first).size).toBeGreaterThan(1);
    expect(await run()).toEqual(first);
  });

  it('says how to fix a port that is in use and an address that does not exist', async () => {
    const { url } = await start('moonpacket');
    const { port } = new URL(url);
    const taken = await run('moonpacket', '--port', port);
    expect(taken).toMatchObject({
      code: 1,
      err: `Port ${port} is already in use. Choose another port with --port, or 0 for any free port.\n  = docs: docs/troubleshooting.md#port-taken\n`,
    });
    const nowhere = await run('moonpacket', '--port', '0', '--host', '192.0.2.1');
    expect(nowhere).toMatchObject({
      code: 1,
      err: 'The address in --host does not belong to this machine.\n  = docs: docs/troubleshooting.md#address-unknown\n',
    });
  });

  it('accepts requests from other machines only with an option, and prints a warning', async () => {
    const child = spawn(process.execPath, [main, 'mock', 'moonpacket', '--port', '0', '--host', '0.0.0.0'], {
      cwd: root,
    });
    onTestFinished(() => void child.kill('SIGKILL'));
    let out = '';
    for await (const chunk of child.stdout) {
      out += String(chunk);
      if (out.includes('Other machines can reach the mock (--host 0.0.0.0).')) break;
    }
    expect(out).toContain('Mock on http://0.0.0.0:');
  });

  it('keeps state with --stateful, behind the same console', async () => {
    const { url } = await start('moonpacket', 'dailyplay', '--stateful', '--memory');
    const ask = async (operation: string, input: object) => {
      const answer = await fetch(`${url}/__console/api/try`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ provider: 'dailyplay', operation, input }),
      });
      return ((await answer.json()) as { response: { status: number; body: string } }).response;
    };
    const { body } = await ask('createSession', { body: { game_id: 42 } });
    const { token } = (JSON.parse(body) as { data: { token: string } }).data;
    expect((await ask('consumeSession', { body: { token } })).status).toBe(200);
    expect((await ask('consumeSession', { body: { token } })).status).toBe(410);
  });

  const wrong: readonly (readonly [readonly string[], RegExp])[] = [
    [['nobody'], /specs\/nobody/],
    [['--port', '99999'], /an integer from 0 to 65535/],
    [['--chaos', '2'], /number from 0 to 1/],
    [['fire', 'hive'], /--to/],
    [
      ['fire', 'plattr', '--to', 'http://127.0.0.1:9/'],
      /does not declare webhooks.*Providers with events: hive, moonpacket\./,
    ],
    // A reason why it cannot work is reported before missing settings.
    [['fire', 'plattr'], /does not declare webhooks/],
    [['fire', 'plattr', '--all'], /does not declare webhooks/],
    [['fire', 'hive', 'nothing'], /nothing does not exist\. Available: pushSuspensions/],
    [['fire', 'plattr', 'nothing'], /nothing does not exist/],
    // The plugin fires requests, although the contract has no webhooks.
    [['fire', 'moonpacket', '--all', '--to', 'http://127.0.0.1:9/'], /cannot connect/],
    [['fire', 'moonpacket', '--all'], /No receiver is configured/],
    [['fire', 'hive', '--to', 'nonsense'], /is not a valid URL/],
    [['fire', 'hive', '--to', 'http://127.0.0.1:9/', '--count', '0'], /an integer from 1/],
  ];
  it.each(wrong)('rejects %j with exit code 1', async (args, message) => {
    const { code, out, err } = await run(...args);
    expect(out + err).toMatch(message);
    expect(code).toBe(1);
  });

  it('prints the demo credentials as environment variables', async () => {
    const { code, out } = await run('env', 'dicey-fun');
    expect(code).toBe(0);
    expect(
      out
        .trim()
        .split('\n')
        .map((line) => line.split('=')[0])
        .sort(),
    ).toEqual(['DICEYFUN_AGENT_ID', 'DICEYFUN_API_KEY', 'DICEYFUN_BASE_URL', 'DICEYFUN_SECRET']);
  });

  it.each([
    [[], 'http://127.0.0.1:4010/dicey-fun'],
    [['--port', '4022'], 'http://127.0.0.1:4022/dicey-fun'],
    [['--root'], 'http://127.0.0.1:4010'],
    [['--root', '--port', '4022'], 'http://127.0.0.1:4022'],
    [['--url', 'http://mock.test:1/', '--port', '4022'], 'http://mock.test:1/dicey-fun'],
  ])('prints the base URL of the mock that %j describes', async (flags, want) => {
    const { code, out } = await run('env', 'dicey-fun', ...flags);
    expect({ code, url: /^DICEYFUN_BASE_URL=(.*)$/m.exec(out)?.[1] }).toEqual({ code: 0, url: want });
  });

  it('sends both requests of moonpacket, checks the responses, and prints which rule failed', async () => {
    const rules = { data: { level: { gt: 99 }, status: { eq: 'active' } } };
    const server = createServer((request, response) => {
      const level = request.url?.endsWith('user_id=666') ? 9 : 100;
      const body = request.url?.includes('user_id') ? { data: { level, status: 'active' } } : rules;
      response.writeHead(200, { 'content-type': 'application/json', connection: 'close' });
      response.end(JSON.stringify(body));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const to = `http://127.0.0.1:${(server.address() as AddressInfo).port}/check`;
    const bad = await run('fire', 'moonpacket', '--to', to, '--user', '666');
    expect(bad.out).toMatch(/ok {6}rules {2}200[\s\S]*User 666 may not claim\.\n {2}level must be more than 99, is 9/);
    expect(bad.code).toBe(1);
    const good = await run('fire', 'moonpacket', '--to', to, '--user', '7');
    expect(good.out).toContain('User 7 may claim: every rule is met.');
    expect(good.code).toBe(0);
    await new Promise((resolve) => server.close(resolve));
  });

  it('fires with credentials from the environment, and reports which ones were rejected', async () => {
    const server = createServer((request, response) => {
      request.resume();
      const known = request.headers.authorization === 'Bearer my-own-key';
      response.writeHead(known ? 200 : 401, { 'content-type': 'application/json', connection: 'close' });
      response.end(JSON.stringify({ result_code: known ? 0 : 1, result_message: 'who is it' }));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const to = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const demo = await run('fire', 'hive', '--to', to);
    expect(demo.code).toBe(1);
    expect(demo.out).toContain(
      'demo credentials of the mock (`mock env hive`). To use the credentials of your server, set HIVE_GAME_SERVER_KEY.',
    );
    vi.stubEnv('HIVE_GAME_SERVER_KEY', 'my-own-key');
    onTestFinished(() => void vi.unstubAllEnvs());
    const own = await run('fire', 'hive', '--to', to);
    expect(own).toMatchObject({ code: 0, out: expect.stringContaining('3 of 3 rows were accepted') });
    expect(own.out).not.toContain('my-own-key');
  });

  it('fires, reports each batch, and sets the exit code by whether all were accepted', async () => {
    let count = 0;
    const server = createServer((request, response) => {
      request.resume();
      count += 1;
      response.writeHead(200, { 'content-type': 'application/json', connection: 'close' });
      response.end(JSON.stringify({ result_code: count > 3 ? 1 : 0 }));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const to = `http://127.0.0.1:${(server.address() as AddressInfo).port}/suspensions`;
    const good = await run('fire', 'hive', '--to', to, '--count', '250');
    expect(good.out).toContain('batch 3 of 3, 50 rows');
    expect(good.out).toContain('250 of 250 rows were accepted');
    expect(good.code).toBe(0);
    const bad = await run('fire', 'hive', '--to', to, '--count', '1', '--json');
    expect(JSON.parse(bad.out)).toMatchObject({ ok: false, calls: [{ ok: false, status: 200 }] });
    expect(bad.code).toBe(1);
    await new Promise((resolve) => server.close(resolve));
  });
});
