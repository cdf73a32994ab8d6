import { type Listening, listen } from '@countersign/runtime/server/node';
import { checkTarget } from '../../../runtime/mock/fire/types.ts';
import { terminalText } from '../../common/text/literal.ts';
import type { Output } from '../cli/output.ts';
import type { ListenerInfo } from './find-listener.ts';

/** Where events are received, and where they are sent. */
export type ListenOptions = {
  readonly port: number;
  readonly forwardTo: string;
  /** Timeout of the receiver in milliseconds. Default 30,000. */
  readonly timeout?: number;
};

/** Headers of one connection, and headers that do not apply to a decoded body (RFC 9110, section 7.6.1). */
const HOP_BY_HOP = [
  'connection',
  'keep-alive',
  'transfer-encoding',
  'upgrade',
  'te',
  'trailer',
  'host',
  'content-length',
];

/**
 * One address for all events. A request to any path is sent to the receiver byte for byte, and printed with the
 * receiver's response.
 *
 * @throws {TypeError} if the target is not an http(s) URL
 */
export async function startListener(
  { port, forwardTo, timeout = 30_000 }: ListenOptions,
  output: Output,
): Promise<Listening> {
  const target = checkTarget(forwardTo);
  const { green, red, bold } = output.colors;
  const info: ListenerInfo = { forwardTo: target };

  const forward = async (request: Request): Promise<Response> => {
    const { pathname, search } = new URL(request.url);
    if (pathname === '/__mock/listen') return Response.json(info);
    const begin = performance.now();
    const body = request.method === 'GET' || request.method === 'HEAD' ? undefined : await request.arrayBuffer();
    const report = (status: number | undefined, problem?: string): void => {
      const ok = status !== undefined && status >= 200 && status < 300;
      const time = new Date().toISOString().slice(11, 19);
      const took = `${(performance.now() - begin).toFixed(0)} ms`;
      const line = `${request.method} ${pathname}${search}  ${status ?? 'no response'}  ${took}${problem ? `  ${problem}` : ''}`;
      output.out(`${time}  ${ok ? green('ok    ') : red('failed')}  ${terminalText(line)}`);
    };
    try {
      const received = await fetch(withQuery(target, search), {
        method: request.method,
        headers: without(request.headers),
        redirect: 'manual',
        signal: AbortSignal.timeout(timeout),
        ...(body && { body }),
      });
      const bytes = await received.arrayBuffer();
      report(received.status);
      const headers = without(received.headers);
      // The bytes are decoded.
      headers.delete('content-encoding');
      const isEmpty = [101, 204, 205, 304].includes(received.status);
      return new Response(isEmpty ? null : bytes, { status: received.status, headers });
    } catch (error) {
      const isLate = error instanceof Error && error.name === 'TimeoutError';
      const problem = isLate ? `no response within ${timeout} ms` : `no server listens at ${target}`;
      report(undefined, problem);
      return Response.json({ title: 'The receiver did not respond', status: 502, detail: problem }, { status: 502 });
    }
  };

  const listening = await listen({ fetch: forward }, { port, shutdownTimeout: 500 });
  output.out(`Forwarding events from ${bold(listening.url)} to ${bold(terminalText(target))}`);
  output.out('Send an event with `mock fire <provider> [event]`. Without --to, it is sent here.');
  return listening;
}

function without(headers: Headers): Headers {
  const kept = new Headers(headers);
  for (const name of HOP_BY_HOP) kept.delete(name);
  return kept;
}

function withQuery(target: string, search: string): string {
  const url = new URL(target);
  for (const [name, value] of new URLSearchParams(search)) url.searchParams.append(name, value);
  return url.search === new URL(target).search ? target : url.href;
}
