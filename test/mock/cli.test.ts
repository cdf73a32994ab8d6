import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from './support.ts';

const main = join(root, 'scripts/main.ts');

async function run(
  ...args: readonly string[]
): Promise<{ readonly code: number | null; readonly out: string; readonly err: string }> {
  const child = spawn(process.execPath, [main, 'mock', ...args], { cwd: root, env: { ...process.env, NO_COLOR: '1' } });
  let out = '';
  let err = '';
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { code, out, err };
}

describe('mock as a command', () => {
  it('starts, answers, and ends on a signal', async () => {
    const child = spawn(process.execPath, [main, 'mock', 'moonpacket', '--port', '0', '--no-verify'], { cwd: root });
    const url = await new Promise<string>((resolve) => {
      let text = '';
      child.stdout.on('data', (chunk: Buffer) => {
        text += chunk.toString();
        const found = /Mock on (http:\/\/127\.0\.0\.1:\d+)/.exec(text);
        if (found?.[1]) resolve(found[1]);
      });
    });
    expect((await fetch(`${url}/check`)).status).toBe(200);
    expect((await fetch(`${url}/__console/`)).status).toBe(200);
    const ended = new Promise((resolve) => child.once('close', resolve));
    child.kill('SIGTERM');
    expect(await ended).toBe(0);
  });

  const wrong: readonly (readonly [readonly string[], RegExp])[] = [
    [['nobody'], /There is no specs\/nobody/],
    [['--port', '99999'], /whole number from 0 to 65535/],
    [['--chaos', '2'], /number from 0 to 1/],
    [['fire', 'hive'], /--to/],
    [['fire', 'plattr', '--to', 'http://127.0.0.1:9/'], /does not call you/],
    [['fire', 'hive', '--to', 'nonsense'], /is no URL/],
    [['fire', 'hive', '--to', 'http://127.0.0.1:9/', '--count', '0'], /whole number from 1/],
  ];
  it.each(wrong)('refuses %j with exit code 1', async (args, message) => {
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
    ).toEqual(['DICEYFUN_AGENT_ID', 'DICEYFUN_API_KEY', 'DICEYFUN_SECRET']);
  });

  it('fires, reports each batch, and says by its exit code whether all were taken', async () => {
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
    expect(good.out).toContain('250 of 250 rows were taken');
    expect(good.code).toBe(0);
    const bad = await run('fire', 'hive', '--to', to, '--count', '1', '--json');
    expect(JSON.parse(bad.out)).toMatchObject({ ok: false, calls: [{ ok: false, status: 200 }] });
    expect(bad.code).toBe(1);
    await new Promise((resolve) => server.close(resolve));
  });
});
