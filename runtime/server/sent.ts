import type { Sent } from './incoming.ts';

/** Statuses whose response has no body (Fetch standard, section 2.2.3). */
const BODILESS: ReadonlySet<number> = new Set([101, 204, 205, 304]);

/**
 * Creates the response to send, on any platform.
 * @throws {RangeError} if the status is not valid for a response
 * @throws {TypeError} if the status allows no body, or the body is a stream that already has a reader
 */
export function toSent(status: number, headers: Sent['headers'], body: BodyInit | null): Sent {
  if (!(status >= 200 && status <= 599)) throw new RangeError(`the status ${status} is not between 200 and 599`);
  if (body !== null && BODILESS.has(status)) throw new TypeError(`a response with the status ${status} has no body`);
  if (body instanceof ReadableStream && body.locked)
    throw new TypeError('the stream of the response already has a reader');
  return { status, headers, body };
}

/** Converts the response to a `Response`, as web platforms send it. */
export function toResponse({ status, headers, body }: Sent): Response {
  const cookies = headers['set-cookie'];
  if (cookies === undefined) return new Response(body, { status, headers: headers as Record<string, string> });
  const lines = Object.entries(headers).flatMap(([name, value]) =>
    [value].flat().map((line): [string, string] => [name, line]),
  );
  return new Response(body, { status, headers: lines });
}
