import type { IncomingMessage, OutgoingHttpHeader, ServerResponse } from 'node:http';
import { createReclaimer } from '../bodies/index.ts';
import { drain } from './drain.ts';
import type { Sent } from './incoming.ts';

/** Statuses without a body, which therefore have no length. */
const BODILESS: ReadonlySet<number> = new Set([204, 205, 304]);

/** Headers that already define the length of the body. */
const MEASURED = /^(?:content-length|transfer-encoding)$/i;

/** Only the platform knows the boundary of a form, so it writes the form. */
function written(sent: Sent): Sent {
  const { status, headers, body } = sent;
  if (!(body instanceof FormData || body instanceof URLSearchParams)) return sent;
  const made = new Response(body);
  const type = made.headers.get('content-type') ?? '';
  return { status, headers: { 'content-type': type, ...headers }, body: made.body };
}

/**
 * Sends a response. The head of a stream is sent at once, and each chunk when the caller has received the chunks before
 * it.
 */
export function send(incoming: IncomingMessage, outgoing: ServerResponse, sent: Sent): void {
  const { status, headers, body } = typeof sent.body === 'string' ? sent : written(sent);
  const bytes = body instanceof ArrayBuffer ? new Uint8Array(body) : body;
  const lines: OutgoingHttpHeader[] = [];
  let length = incoming.method === 'HEAD' || BODILESS.has(status) ? undefined : lengthOf(bytes);
  for (const name in headers) {
    const value = headers[name] as string | readonly string[];
    if (typeof value === 'string') lines.push(name, value);
    else for (const line of value) lines.push(name, line);
    if (length !== undefined && name.length > 13 && MEASURED.test(name)) length = undefined;
  }
  if (length !== undefined) lines.push('content-length', String(length));
  if (incoming.method !== 'GET' && !incoming.readableEnded) outgoing.once('finish', () => drain(incoming));
  outgoing.writeHead(status, lines);
  if (bytes === null) outgoing.end();
  else if (typeof bytes === 'string') endText(outgoing, bytes, lines, length === bytes.length);
  else if (bytes instanceof Uint8Array) outgoing.end(bytes);
  else pump(bytes instanceof Blob ? bytes.stream() : (bytes as ReadableStream<Uint8Array>), outgoing);
}

/**
 * Sends a text. Node writes headers and text in one encoding. Headers are Latin-1 (RFC 9110, section 5.5), and so is a
 * text whose length in UTF-8 is its length, because it is ASCII. Latin-1 also takes less time.
 */
function endText(outgoing: ServerResponse, text: string, lines: readonly OutgoingHttpHeader[], isAscii: boolean): void {
  if (isAscii) outgoing.end(text, 'latin1');
  else if (lines.every((line) => isAsciiText(String(line)))) outgoing.end(text, 'utf8');
  else outgoing.end(Buffer.from(text));
}

const isAsciiText = (text: string): boolean => Buffer.byteLength(text) === text.length;

function lengthOf(body: BodyInit | null): number | undefined {
  if (body === null) return 0;
  if (typeof body === 'string') return Buffer.byteLength(body);
  if (body instanceof Uint8Array) return body.byteLength;
  return body instanceof Blob ? body.size : undefined;
}

/** Sends a stream. Its errors were logged where the stream was created. The caller receives a truncated response. */
async function pump(body: ReadableStream<Uint8Array>, outgoing: ServerResponse): Promise<void> {
  const reader = body.getReader();
  const reclaim = createReclaimer();
  let resume = (): void => {};
  const stop = (): void => {
    reader.cancel().catch(() => {});
    resume();
  };
  outgoing.on('close', stop).on('error', stop);
  try {
    if (outgoing.destroyed) return stop();
    outgoing.flushHeaders();
    for (;;) {
      const { done, value } = await reader.read();
      if (outgoing.destroyed) return;
      if (done) break;
      reclaim(value.length);
      if (!outgoing.write(value)) {
        await new Promise<void>((resolve) => {
          resume = resolve;
          outgoing.once('drain', resolve);
        });
      }
    }
    outgoing.off('close', stop);
    outgoing.end();
  } catch {
    outgoing.destroy();
  }
}
