import { once } from 'node:events';
import { connect } from 'node:net';
import { createServer, type Server } from '../../../runtime/server/index.ts';
import { type Listening, listen } from '../../../runtime/server/node.ts';
import { api, operation } from './support.ts';

/** A response as it was sent. `body` is without the chunks of its transfer coding. */
export type Exchanged = {
  readonly status: number;
  readonly headers: readonly string[];
  readonly body: string;
  /** Whether the body came to its end. */
  readonly isWhole: boolean;
};

const text = { kind: 'primitive', types: ['string'] } as const;
const parameter = { required: false, style: 'simple', explode: false, shape: text } as const;
const types = (content: readonly string[]) => ({ responses: [{ status: '200', content }] });

async function* rows(count: number) {
  for (let n = 0; n < count; n += 1) yield { n };
}

async function* breaking() {
  yield { n: 0 };
  await new Promise((resolve) => setTimeout(resolve, 20));
  throw new Error('secret of the handler');
}

const read = () => {
  const stream = new Blob(['once']).stream();
  stream.getReader();
  return stream;
};

type Context = { readonly request: Request; readonly bytes: Uint8Array };

const operations = {
  show: operation({
    id: 'show',
    path: '/show/{name}',
    parameters: [
      { ...parameter, name: 'name', in: 'path', required: true },
      { ...parameter, name: 'q', in: 'query', style: 'form', explode: true },
      { ...parameter, name: 'Authorization', in: 'header' },
      { ...parameter, name: 'X-Many', in: 'header' },
      { ...parameter, name: 'c', in: 'cookie', style: 'form' },
    ],
  }),
  seen: operation({ id: 'seen', path: '/seen' }),
  put: operation({ id: 'put', method: 'POST', path: '/put', body: { required: true, content: ['application/json'] } }),
  raw: operation({
    id: 'raw',
    method: 'POST',
    path: '/raw',
    body: { required: false, content: ['application/octet-stream'] },
  }),
  form: operation({
    id: 'form',
    method: 'POST',
    path: '/form',
    body: { required: true, content: ['multipart/form-data'] },
  }),
  remove: operation({ id: 'remove', method: 'DELETE', path: '/put', responses: [{ status: '204', content: [] }] }),
  events: operation({ id: 'events', path: '/events', ...types(['text/event-stream']) }),
  lines: operation({ id: 'lines', path: '/lines', ...types(['application/x-ndjson']) }),
  breaks: operation({ id: 'breaks', path: '/breaks', ...types(['application/x-ndjson']) }),
  blob: operation({ id: 'blob', path: '/blob', ...types(['image/png']) }),
  bytes: operation({ id: 'bytes', path: '/bytes', ...types(['application/octet-stream']) }),
  buffer: operation({ id: 'buffer', path: '/buffer', ...types(['application/octet-stream']) }),
  fields: operation({ id: 'fields', path: '/fields', ...types(['multipart/form-data']) }),
  stream: operation({ id: 'stream', path: '/stream', ...types(['application/octet-stream']) }),
  taken: operation({ id: 'taken', path: '/taken', ...types(['application/octet-stream']) }),
  text: operation({ id: 'text', path: '/text', ...types(['text/plain']) }),
  cookies: operation({ id: 'cookies', path: '/cookies' }),
  latin: operation({
    id: 'latin',
    path: '/latin',
    parameters: [{ ...parameter, name: 'q', in: 'query', style: 'form', explode: true }],
  }),
  control: operation({ id: 'control', path: '/control' }),
  status: operation({ id: 'status', path: '/status', responses: [{ status: 'default', content: [] }] }),
  throws: operation({ id: 'throws', path: '/throws' }),
  undeclared: operation({ id: 'undeclared', path: '/undeclared' }),
  later: operation({ id: 'later', path: '/later' }),
  missing: operation({ id: 'missing', path: '/missing' }),
};

/** Every kind of body in both directions, and every way to fail. */
export function createEdgesServer(): Server {
  return createServer(
    { api: api(), operations, validators: {}, signers: {} },
    {
      bodyLimit: 1000,
      logger: {},
      handlers: {
        show: (input: object) => ({ data: input }),
        seen: (_: object, { request }: Context) => ({
          data: { method: request.method, url: new URL(request.url).pathname, headers: [...request.headers] },
        }),
        put: ({ body }: { readonly body: unknown }, { bytes }: Context) => ({ data: { body, size: bytes.length } }),
        raw: async ({ body }: { readonly body?: { bytes(): Promise<Uint8Array> } }) => ({
          data: { size: (await body?.bytes())?.length ?? 'nothing' },
        }),
        form: async ({ body }: { readonly body: { readonly file: File } }) => ({
          data: { text: await body.file.text() },
        }),
        remove: () => ({ status: 204 }),
        events: () => ({ data: [{ data: 'a' }, { data: 'b' }] }),
        lines: () => ({ data: rows(500) }),
        breaks: () => ({ data: breaking() }),
        blob: () => ({ data: new Blob(['png'], { type: 'image/png' }) }),
        bytes: () => ({ data: new Uint8Array([0, 255, 128]) }),
        buffer: () => ({ data: new Uint8Array([0, 255, 128]).buffer }),
        fields: () => {
          const data = new FormData();
          data.append('a', 'b');
          return { data };
        },
        stream: () => ({ data: new Blob(['x'.repeat(300_000)]).stream() }),
        taken: () => ({ data: read() }),
        text: () => ({ data: 'grüße ✓' }),
        cookies: () => ({
          data: {},
          headers: new Headers([
            ['set-cookie', 'a=1; Path=/'],
            ['set-cookie', 'b=2'],
          ]),
        }),
        latin: ({ query }: { readonly query: { readonly q?: string } }) => ({
          data: { q: query.q },
          headers: { 'x-own': 'é' },
        }),
        control: () => ({ data: {}, headers: { 'x-own': 'a\u0001b' } }),
        status: () => ({ status: 700 }),
        throws: () => {
          throw new Error('secret of the handler');
        },
        undeclared: () => ({ status: 418 }),
        later: async () => {
          await new Promise((resolve) => setTimeout(resolve, 5));
          return { data: { late: true } };
        },
      },
    },
  );
}

/** The same server with its own listener, and with an adapter for any `fetch` function. */
export async function listenOnBothEdges(server: Server): Promise<readonly [own: Listening, adapted: Listening]> {
  return [await listen(server), await listen({ fetch: (request, environment) => server.fetch(request, environment) })];
}

/** Sends bytes unchanged, and reads one response until the connection ends. */
export async function exchange(port: number, request: string | Uint8Array): Promise<Exchanged> {
  const socket = connect(port, '127.0.0.1');
  const chunks: Buffer[] = [];
  socket.on('data', (chunk) => chunks.push(chunk)).on('error', () => {});
  socket.write(request);
  await once(socket, 'close');
  return parse(Buffer.concat(chunks).toString('latin1'));
}

function parse(raw: string): Exchanged {
  const at = raw.indexOf('\r\n\r\n');
  const [line = '', ...lines] = raw.slice(0, at).split('\r\n');
  const headers = lines.map((header) => header.replace(/^[^:]*/, (name) => name.toLowerCase())).sort();
  const rest = raw.slice(at + 4);
  if (!headers.some((header) => header.startsWith('transfer-encoding: chunked')))
    return { status: Number(line.split(' ')[1]), headers, body: rest, isWhole: true };
  let body = '';
  let from = 0;
  for (;;) {
    const end = rest.indexOf('\r\n', from);
    const size = end < 0 ? Number.NaN : Number.parseInt(rest.slice(from, end), 16);
    if (!(size > 0)) return { status: Number(line.split(' ')[1]), headers, body, isWhole: size === 0 };
    body += rest.slice(end + 2, end + 2 + size);
    from = end + 4 + size;
  }
}
