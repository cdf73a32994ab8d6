import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Nonces, signatureProblem } from './server-checks.ts';
import { users } from './server-data.ts';

/**
 * The same service on `node:http` alone, with hand-written checks of query and response.
 *
 * @returns its URL
 */
export async function listenBare(): Promise<string> {
  const nonces: Nonces = new Map();
  const server = createServer((request, response) => {
    const send = (status: number, body: object): void => {
      const text = JSON.stringify(body);
      const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) };
      response.writeHead(status, headers).end(text);
    };
    const [path, text = ''] = (request.url ?? '').split('?', 2);
    if (request.method !== 'GET' || path !== '/check') return send(404, { error: 'not found' });
    const query = Object.fromEntries(new URLSearchParams(text));
    const problem = signatureProblem((name) => request.headers[name]?.toString(), JSON.stringify(query), nonces);
    if (problem !== undefined) return send(401, { error: problem });
    if (!query.user_id) return send(400, { error: 'user_id must not be empty' });
    const user = users.get(query.user_id);
    if (!user) return send(404, { error: 'user not found' });
    const isFine = Object.values(user).every((value) => ['string', 'number', 'boolean'].includes(typeof value));
    return isFine ? send(200, { data: user }) : send(500, { error: 'internal error' });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
