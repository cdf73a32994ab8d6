import { readdir, readFile } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { credentialsIn } from '../../runtime/contract/index.ts';
import { refuseForeign } from '../../runtime/mock/console/guard.ts';
import type { ConsoleState } from '../../runtime/mock/console/state.ts';
import { loadProvider, PROVIDERS, type Started, startConsole } from './support.ts';

let mock: Started;
beforeAll(async () => {
  mock = await startConsole();
});
afterAll(() => mock.close());

const ask = async (name: string, body?: unknown) => {
  const response = await fetch(
    `${mock.url}/__console/api/${name}`,
    body === undefined
      ? {}
      : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) },
  );
  return { status: response.status, body: (await response.json()) as Record<string, unknown>, text: '' };
};

async function secretValues(): Promise<readonly string[]> {
  const all = await Promise.all(
    PROVIDERS.map(async (name) => {
      const { api, credentials } = await loadProvider(name);
      return Object.values(api.securitySchemes).flatMap((scheme) => {
        return credentialsIn(scheme)
          .filter(({ secret }) => secret)
          .map((credential) => credentials[credential.name] ?? '');
      });
    }),
  );
  return all.flat();
}

describe('access to the console', () => {
  const post = { method: 'POST', body: '{}' };
  const json = { 'content-type': 'application/json' };
  const table: readonly (readonly [string, RequestInit & { headers: Record<string, string> }, boolean])[] = [
    ['its own page', { ...post, headers: { ...json, host: '127.0.0.1:4010', origin: 'http://127.0.0.1:4010' } }, true],
    [
      'its own page by name',
      { ...post, headers: { ...json, host: 'localhost:4010', origin: 'http://localhost:4010' } },
      true,
    ],
    ['a program on the same machine', { ...post, headers: { ...json, host: '127.0.0.1:4010' } }, true],
    [
      'another page on the same machine',
      { ...post, headers: { ...json, host: '127.0.0.1:4010', origin: 'http://127.0.0.1:3000' } },
      false,
    ],
    ['another site', { ...post, headers: { ...json, host: '127.0.0.1:4010', origin: 'https://evil.example' } }, false],
    ['a page with an opaque origin', { ...post, headers: { ...json, host: '127.0.0.1:4010', origin: 'null' } }, false],
    [
      'a rebound DNS name',
      { ...post, headers: { ...json, host: 'evil.example', origin: 'http://evil.example' } },
      false,
    ],
    ['a host name that resembles ours', { ...post, headers: { ...json, host: 'localhost.evil.example:4010' } }, false],
    ['a form', { ...post, headers: { 'content-type': 'text/plain', host: '127.0.0.1:4010' } }, false],
    [
      'a script tag of another site',
      { headers: { host: '127.0.0.1:4010', 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' } },
      false,
    ],
    [
      'a link of another site',
      { headers: { host: '127.0.0.1:4010', 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' } },
      true,
    ],
    [
      'the address bar',
      { headers: { host: '127.0.0.1:4010', 'sec-fetch-site': 'none', 'sec-fetch-mode': 'navigate' } },
      true,
    ],
  ];
  it.each(table)('%s', (_, init, may) => {
    const request = new Request('http://127.0.0.1:4010/__console/api/try', init);
    expect(refuseForeign(request, undefined) === undefined).toBe(may);
  });
  it('is limited to the same machine', () => {
    const request = new Request('http://127.0.0.1:4010/__console/', { headers: { host: '127.0.0.1:4010' } });
    const from = (remoteAddress: string) => refuseForeign(request, { incoming: { socket: { remoteAddress } } });
    expect(from('127.0.0.1')).toBeUndefined();
    expect(from('::ffff:127.0.0.1')).toBeUndefined();
    expect(from('::1')).toBeUndefined();
    expect(from('192.168.1.20')).toBeDefined();
    expect(from('::ffff:192.168.1.20')).toBeDefined();
  });
  it('is checked over HTTP, too', async () => {
    const port = Number(new URL(mock.url).port);
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const request = httpRequest(
        { port, host: '127.0.0.1', path: '/__console/api/state', headers: { host: 'evil.example' } },
        (response) => {
          response.resume();
          resolve(response.statusCode);
        },
      );
      request.on('error', reject);
      request.end();
    });
    expect(status).toBe(403);
    const preflight = await fetch(`${mock.url}/__console/api/fire`, {
      method: 'OPTIONS',
      headers: { origin: 'https://evil.example', 'access-control-request-method': 'POST' },
    });
    expect(preflight.status).toBe(403);
    expect(preflight.headers.get('access-control-allow-origin')).toBeNull();
  });
});

describe('the console API', () => {
  it('returns every provider and operation, and no credential', async () => {
    const response = await fetch(`${mock.url}/__console/api/state`);
    const text = await response.text();
    const state = JSON.parse(text) as ConsoleState;
    expect(state.providers.map(({ name }) => name)).toEqual([...PROVIDERS]);
    expect(state.providers.flatMap(({ operations }) => operations)).toHaveLength(34);
    const consume = state.providers[0]?.operations.find(({ id }) => id === 'consumeSession');
    expect(consume?.when).toEqual(['action=consume-session']);
    expect(state.providers[0]?.operations.find(({ id }) => id === 'listApiKeys')?.when).toEqual([
      'org_id',
      'no action',
    ]);
    for (const value of await secretValues()) expect(text).not.toContain(value);
  });

  it('signs and sends, and returns request, signed text and response without a secret', async () => {
    const { body } = await ask('try', { provider: 'dicey-fun', operation: 'authToken', input: {} });
    expect(body).toMatchObject({
      request: { method: 'GET', headers: { 'api-key': '•••' } },
      signed: [{ scheme: 'agentSignature', algorithm: 'md5' }],
      response: { status: 200 },
    });
    const { request, signed, response, snippets } = body as unknown as {
      request: { url: string };
      signed: [{ message: string }];
      response: { body: string };
      snippets: { curl: string; fetch: string; client: string };
    };
    expect(signed[0].message).toMatch(/^demo-[0-9a-f]{32}•••\d{10}$/);
    expect(request.url).toContain('secret=•••');
    expect(JSON.parse(response.body)).toMatchObject({ code: 200, data: { authtoken: '•••' } });
    expect(snippets.curl).toContain('"$DICEYFUN_SECRET"');
    expect(snippets.curl).toContain('"$DICEYFUN_API_KEY"');
    expect(snippets.fetch).toContain('process.env.DICEYFUN_API_KEY');
    expect(snippets.client).toContain("from '@countersign/dicey-fun'");
    for (const value of await secretValues()) expect(JSON.stringify(body)).not.toContain(value);
  });

  it('logs in by itself where a token is required', async () => {
    const { body } = await ask('try', {
      provider: 'plattr',
      operation: 'getData',
      input: { query: { key: ['level'] } },
    });
    expect(body).toMatchObject({ response: { status: 200 }, request: { headers: { 'x-auth-token': '•••' } } });
  });

  const wrong: readonly (readonly [string, string, unknown, number])[] = [
    ['an unknown provider', 'try', { provider: '__proto__', operation: 'x' }, 400],
    ['an unknown operation', 'try', { provider: 'hive', operation: 'constructor' }, 400],
    ['a fire without an address', 'fire', { provider: 'hive' }, 400],
    ['a fire at a file URL', 'fire', { provider: 'hive', to: 'file:///etc/passwd' }, 400],
    ['a fire at a URL with a password', 'fire', { provider: 'hive', to: 'http://a:b@127.0.0.1/' }, 400],
    ['a provider without webhooks', 'fire', { provider: 'plattr', to: 'http://127.0.0.1:1/' }, 400],
    ['an unknown scenario', 'change', { scenario: 'nothing' }, 400],
    ['a log entry that does not exist', 'resend', { entry: 99_999 }, 400],
    ['a list', 'try', [], 400],
    ['an unknown page', 'nothing', {}, 404],
  ];
  it.each(wrong)('rejects %s', async (_, name, body, status) => {
    const answer = await ask(name, body);
    expect(answer.status).toBe(status);
    expect(answer.body).toHaveProperty('detail');
  });
});

describe('the page', () => {
  it('is small, loads nothing from other hosts and allows no inline code', async () => {
    const parts = await Promise.all(
      ['/', '/__console/console.js', '/__console/console.css'].map(async (path) => {
        const response = await fetch(mock.url + path);
        expect(response.status).toBe(200);
        expect(response.headers.get('content-security-policy')).toContain("default-src 'none'; script-src 'self'");
        return response.text();
      }),
    );
    expect(Buffer.byteLength(parts.join(''))).toBeLessThanOrEqual(200_000);
    const [html = '', , style = ''] = parts;
    expect(html).not.toMatch(/(src|href)="(https?:)?\/\//);
    expect(style).not.toMatch(/url\(|@import/);
  });

  it('inserts no text as HTML, and the editor escapes the text that it highlights', async () => {
    const app = new URL('../../runtime/mock/console/app/', import.meta.url);
    const files = (await readdir(app)).filter((name) => /\.tsx?$/.test(name));
    expect(files.length).toBeGreaterThan(20);
    for (const name of files)
      expect(await readFile(new URL(name, app), 'utf8'), name).not.toMatch(/innerHTML|insertAdjacentHTML|outerHTML/i);
  });

  it('streams the log as events', async () => {
    const stop = new AbortController();
    const response = await fetch(`${mock.url}/__console/api/events`, { signal: stop.signal });
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    const until = async (part: string): Promise<void> => {
      while (!text.includes(part)) {
        const { value, done } = (await reader?.read()) ?? { done: true, value: '' };
        if (done) throw new Error(`The log ended before it held ${part}.`);
        text += value;
      }
    };
    await until('event: recent');
    await fetch(`${mock.url}/moonpacket/check`);
    await until('event: entry');
    await until('"operation":"getRules"');
    stop.abort();
  });
});
