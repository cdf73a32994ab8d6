import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { fire as hive } from '../../plugins/hive/fire.ts';
import { fire as moonpacket } from '../../plugins/moonpacket/fire.ts';
import { checkTarget } from '../../runtime/mock/fire/types.ts';
import { hmacSha256Hex } from '../../runtime/signing/index.ts';
import { loadProvider } from './support.ts';

type Seen = { readonly url: string; readonly headers: Record<string, unknown>; readonly body: string };

let server: Server | undefined;
afterEach(() => new Promise<void>((resolve) => (server ? server.close(() => resolve()) : resolve())));

/** A receiver as a game team would write it. */
async function receive(answer: (seen: Seen) => { status?: number; body: unknown; headers?: Record<string, string> }) {
  const seen: Seen[] = [];
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const one = { url: request.url ?? '', headers: request.headers, body: Buffer.concat(chunks).toString() };
      seen.push(one);
      const { status = 200, body, headers } = answer(one);
      response.writeHead(status, { 'content-type': 'application/json', connection: 'close', ...headers });
      response.end(JSON.stringify(body));
    });
  });
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, seen };
}

const fire = async (name: 'hive' | 'moonpacket', more: { to: string; count?: number; user?: string }) => {
  const run = { hive, moonpacket }[name];
  return run({ provider: await loadProvider(name), count: 1, ...more });
};

describe('hive', () => {
  it('pushes 250 rows in batches of 100, each with the key', async () => {
    const { url, seen } = await receive(() => ({ body: { result_code: 0 } }));
    const report = await fire('hive', { to: `${url}/suspensions`, count: 250 });
    expect(report).toMatchObject({ ok: true, summary: '250 of 250 rows were accepted, in 3 batches.' });
    const { credentials } = await loadProvider('hive');
    const bodies = seen.map(({ body }) => JSON.parse(body) as { data: { player_id: number }[]; server_url: string });
    expect(bodies.map(({ data }) => data.length)).toEqual([100, 100, 50]);
    expect(bodies.flatMap(({ data }) => data.map(({ player_id }) => player_id))).toEqual(
      Array.from({ length: 250 }, (_, i) => i + 1),
    );
    expect(bodies[0]?.server_url).toBe(`${url}/suspensions`);
    expect(new Set(seen.map(({ headers }) => headers.authorization))).toEqual(
      new Set([`Bearer ${credentials.gameServerKey}`]),
    );
    expect(seen.every(({ url: path }) => path === '/suspensions')).toBe(true);
  });
  it('reports rejected batches, and continues', async () => {
    let count = 0;
    const { url } = await receive(() => {
      count += 1;
      return { body: count === 2 ? { result_code: 1, result_message: 'row 7 is wrong' } : { result_code: 0 } };
    });
    const report = await fire('hive', { to: url, count: 250 });
    expect(report.ok).toBe(false);
    expect(report.summary).toBe('150 of 250 rows were accepted, in 3 batches.');
    expect(report.details.join()).toContain('row 7 is wrong');
  });
  it('retries a batch after a server error', async () => {
    let count = 0;
    const { url, seen } = await receive(() => {
      count += 1;
      return count % 2 === 1 ? { status: 500, body: {} } : { body: { result_code: 0 } };
    });
    const report = await fire('hive', { to: url, count: 250 });
    expect(report).toMatchObject({ ok: true, summary: '250 of 250 rows were accepted, in 3 batches.' });
    expect(report.calls.map(({ what, status }) => [what, status])).toEqual([
      ['batch 1 of 3, 100 rows, 2 attempts', 200],
      ['batch 2 of 3, 100 rows, 2 attempts', 200],
      ['batch 3 of 3, 50 rows, 2 attempts', 200],
    ]);
    expect(seen).toHaveLength(6);
  });
  it('follows no redirect', async () => {
    const { url, seen } = await receive(() => ({ status: 307, body: {}, headers: { location: '/elsewhere' } }));
    const report = await fire('hive', { to: url });
    expect(report.details.join()).toContain('a redirect, which is not followed');
    expect(seen).toHaveLength(1);
  });
  it('reports a receiver that is not listening', async () => {
    const report = await fire('hive', { to: 'http://127.0.0.1:9/' });
    expect(report).toMatchObject({ ok: false, calls: [{ status: undefined }] });
  });
});

describe('moonpacket', () => {
  const rules = { data: { level: { gt: 99 }, status: { eq: 'active' }, is_blacklist: { eq: false } } };
  const answering = (attributes: object) =>
    receive(({ url }) => ({ body: url.includes('user_id') ? { data: attributes } : rules }));

  it('sends signed requests in both modes, and checks the responses', async () => {
    const { url, seen } = await answering({ level: 100, status: 'active', is_blacklist: false });
    const report = await fire('moonpacket', { to: `${url}/check`, user: '666' });
    expect(report).toMatchObject({ ok: true, summary: 'User 666 may claim: every rule is met.' });
    expect(seen.map(({ url: path }) => path)).toEqual(['/check', '/check?user_id=666']);
    const { credentials } = await loadProvider('moonpacket');
    const headers: Record<string, unknown> = seen[1]?.headers ?? {};
    expect(headers['content-type']).toBe('application/json');
    const message = `{"user_id":"666"}${String(headers['x-api-timestamp'])}${String(headers['x-api-nonce'])}`;
    expect(headers['x-api-signature']).toBe(await hmacSha256Hex(credentials.secret ?? '', message));
  });
  it('names each rule that failed', async () => {
    const { url } = await answering({ level: 9, status: 'active' });
    const report = await fire('moonpacket', { to: url, user: '666' });
    expect(report.ok).toBe(false);
    expect(report.details).toHaveLength(2);
    expect(report.details.join('\n')).toMatch(/level must be more than 99, is 9[\s\S]*is_blacklist/);
  });
  it('reports a response that violates the contract', async () => {
    const { url } = await receive(() => ({ body: { data: { level: { gt: 'many' } } } }));
    const report = await fire('moonpacket', { to: url });
    expect(report.ok).toBe(false);
    expect(report.details.join()).toContain('/data/level/gt: Invalid input: expected number, received string');
  });
  it('requests only the rules if no user is named', async () => {
    const { url, seen } = await answering({});
    expect((await fire('moonpacket', { to: url })).ok).toBe(true);
    expect(seen).toHaveLength(1);
  });
  it('reports a response after the time limit', async () => {
    const provider = await loadProvider('moonpacket');
    const late = (_: string, { signal }: RequestInit) =>
      new Promise<Response>((_resolve, reject) =>
        signal?.addEventListener('abort', () => reject(signal.reason as Error)),
      );
    const report = await moonpacket({ provider, to: 'http://127.0.0.1:9/', count: 1, user: '1', fetch: late });
    expect(report.ok).toBe(false);
    expect(report.details.join()).toMatch(/3,?000 ms|3 s|within/);
    expect(report.calls.map(({ ms }) => ms > 2500)).toEqual([true, true]);
  });
});

describe('the target of fire must be an HTTP URL', () => {
  it.each([
    '',
    'nonsense',
    '//host/x',
    'file:///etc/passwd',
    'ftp://host/',
    'javascript:alert(1)',
    'http://user:pass@host/',
  ])('rejects %s', (to) => {
    expect(() => checkTarget(to)).toThrow(TypeError);
  });
});
