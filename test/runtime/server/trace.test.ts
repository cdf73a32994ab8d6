import { connect } from 'node:net';
import { type Listening, listen } from '@countersign/runtime/server/node';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createServer } from '../../../runtime/server/index.ts';
import { api, operation } from './support.ts';

let listening: Listening;
let calls = 0;
beforeAll(async () => {
  const operations = {
    trace: operation({ id: 'trace', method: 'TRACE', path: '/both' }),
    get: operation({ id: 'get', method: 'GET', path: '/both' }),
    only: operation({ id: 'only', method: 'TRACE', path: '/only' }),
  };
  const handle = () => {
    calls += 1;
    return { data: {} };
  };
  const handlers = { trace: handle, get: handle, only: handle };
  listening = await listen(
    createServer({ api: api(), operations, validators: {}, signers: {} }, { handlers, logger: {} }),
  );
});
afterAll(() => listening.close());

/** `fetch` cannot send these methods. */
const ask = (method: string, path: string): Promise<string> =>
  new Promise((resolve, reject) => {
    let answer = '';
    const socket = connect(Number(new URL(listening.url).port), '127.0.0.1', () =>
      socket.write(`${method} ${path} HTTP/1.1\r\nHost: a\r\nCookie: s=secret\r\nConnection: close\r\n\r\n`),
    );
    socket.on('data', (chunk) => {
      answer += chunk;
    });
    socket.on('end', () => resolve(answer)).on('error', reject);
  });

test.each([
  ['TRACE', '/both', 405, 'GET, HEAD, OPTIONS'],
  ['TRACE', '/only', 405, 'OPTIONS'],
  ['OPTIONS', '/both', 204, 'GET, HEAD, OPTIONS'],
  ['GET', '/both', 200, undefined],
  ['GET', '/only', 405, 'OPTIONS'],
])('%s %s gets %i', async (method, path, status, allow) => {
  const before = calls;
  const answer = await ask(method, path);
  expect([answer.slice(0, 12), /^allow: (.*)$/im.exec(answer)?.[1]]).toEqual([`HTTP/1.1 ${status}`, allow]);
  expect(answer).not.toContain('secret');
  expect(calls - before).toBe(status === 200 ? 1 : 0);
});
