import { createHmac, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import { credentials, users } from './server-data.ts';

const CONNECTIONS = 16;
const OK = 'HTTP/1.1 200 ';

/**
 * Sends signed requests over keep-alive connections, one at a time on each. It reads as little of a response as
 * possible, so that the server's speed is measured.
 * @returns seconds from the first request to the last response, and milliseconds of each request
 */
export async function load(
  url: string,
  requests: number,
  method: 'GET' | 'POST' = 'GET',
): Promise<{ readonly seconds: number; readonly times: readonly number[] }> {
  const { hostname, port, host } = new URL(url);
  let started = 0;
  let answered = 0;
  const { promise: done, resolve, reject } = Promise.withResolvers<void>();
  const sockets = await Promise.all(
    Array.from({ length: CONNECTIONS }, async () => {
      const socket = connect(Number(port), hostname).setNoDelay(true);
      await once(socket, 'connect');
      return socket.setEncoding('latin1').on('error', reject);
    }),
  );
  const times: number[] = [];
  const start = performance.now();
  for (const socket of sockets) {
    let sentAt = 0;
    const send = (): void => {
      if (started === requests) return;
      started += 1;
      sentAt = performance.now();
      socket.write(method === 'GET' ? signedGet(host) : signedPost(host));
    };
    socket.on('data', (text: string) => {
      // A response is small, so it arrives in one chunk, which ends with its body.
      if (!text.startsWith(OK) || !text.endsWith('}')) reject(new Error(`Answered ${text}`));
      answered += 1;
      times.push(performance.now() - sentAt);
      if (answered === requests) resolve();
      else send();
    });
    send();
  }
  try {
    await done;
    return { seconds: (performance.now() - start) / 1000, times };
  } finally {
    for (const socket of sockets) socket.destroy();
  }
}

function signedGet(host: string): string {
  const user = String(Math.floor(Math.random() * users.size));
  return signed(`GET /check?user_id=${user} HTTP/1.1`, host, JSON.stringify({ user_id: user }), '');
}

function signedPost(host: string): string {
  const body = JSON.stringify({ lang: Math.random() < 0.5 ? 'en' : 'zh' });
  return signed('POST /api/v1/getGameList HTTP/1.1', host, body, body);
}

function signed(line: string, host: string, text: string, body: string): string {
  const timestamp = String(Math.floor(Date.now() / 1000));
  const nonce = randomBytes(8).toString('hex');
  const signature = createHmac('sha256', credentials.secret).update(`${text}${timestamp}${nonce}`).digest('hex');
  return [
    line,
    `Host: ${host}`,
    `X-API-KEY: ${credentials.apiKey}`,
    `X-API-TIMESTAMP: ${timestamp}`,
    `X-API-NONCE: ${nonce}`,
    `X-API-SIGNATURE: ${signature}`,
    ...(body === '' ? [] : ['Content-Type: application/json', `Content-Length: ${body.length}`]),
    `\r\n${body}`,
  ].join('\r\n');
}
