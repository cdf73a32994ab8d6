import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import fastify from 'fastify';
import { type Nonces, signatureProblem } from './server-checks.ts';
import { games } from './server-data.ts';

const PATH = '/api/v1/getGameList';
const LANGUAGES = ['zh', 'en'];

const body = { type: 'object', properties: { lang: { enum: LANGUAGES } } };
const text = { type: 'string' };
const game = {
  type: 'object',
  required: Object.keys(games[0] ?? {}),
  properties: Object.fromEntries(
    Object.entries(games[0] ?? {}).map(([name, value]) => [
      name,
      typeof value === 'number' ? { type: 'integer' } : text,
    ]),
  ),
};
const answer = {
  type: 'object',
  required: ['code', 'message', 'data'],
  properties: {
    code: { const: 200 },
    message: text,
    data: { type: 'object', required: ['game_list'], properties: { game_list: { type: 'array', items: game } } },
  },
};

/**
 * The service of `server-post.ts` on Fastify with its defaults, and a parser that keeps the text of the body, which is
 * signed. AJV validates the body. fast-json-stringify writes the response by its schema.
 *
 * @returns its URL
 */
export async function listenFastifyPost(): Promise<string> {
  const nonces: Nonces = new Map();
  const app = fastify();
  app.decorateRequest('text', '');
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, given, done) => {
    (request as { text?: string }).text = String(given);
    try {
      done(null, JSON.parse(String(given)));
    } catch (error) {
      done(error as Error);
    }
  });
  app.post<{ Body: object }>(
    PATH,
    {
      schema: { body, response: { 200: answer } },
      preValidation: async (request, reply) => {
        const { text: signed = '' } = request as { text?: string };
        const problem = signatureProblem((name) => request.headers[name]?.toString(), signed, nonces);
        if (problem !== undefined) return reply.code(401).send({ error: problem });
      },
    },
    async () => ({ code: 200, message: 'success', data: { game_list: games } }),
  );
  return await app.listen({ host: '127.0.0.1', port: 0 });
}

/** The same service on `node:http` alone, with hand-written checks of body and response. */
export async function listenBarePost(): Promise<string> {
  const nonces: Nonces = new Map();
  const isGame = (value: object): boolean =>
    Object.values(value).every((part) => typeof part === 'string' || Number.isInteger(part));
  const server = createServer((request, response) => {
    const send = (status: number, value: object): void => {
      const sent = JSON.stringify(value);
      const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(sent) };
      response.writeHead(status, headers).end(sent);
    };
    const failureOf = (received: string): readonly [status: number, error: string] | undefined => {
      const problem = signatureProblem((name) => request.headers[name]?.toString(), received, nonces);
      if (problem !== undefined) return [401, problem];
      let parsed: unknown;
      try {
        parsed = JSON.parse(received);
      } catch {
        return [400, 'the body is not JSON'];
      }
      if (typeof parsed !== 'object' || parsed === null) return [400, 'the body is not an object'];
      const { lang = 'zh' } = parsed as { lang?: unknown };
      if (!LANGUAGES.includes(String(lang))) return [400, 'lang must be zh or en'];
      return games.every(isGame) ? undefined : [500, 'internal error'];
    };
    const respond = (received: string): void => {
      const [status, error] = failureOf(received) ?? [200, ''];
      send(status, status === 200 ? { code: 200, message: 'success', data: { game_list: games } } : { error });
    };
    if (request.method !== 'POST' || request.url !== PATH) return send(404, { error: 'not found' });
    let received = '';
    request
      .setEncoding('utf8')
      .on('data', (chunk: string) => {
        received += chunk;
      })
      .on('end', () => respond(received));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
