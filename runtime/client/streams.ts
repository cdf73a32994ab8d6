import { eventText, readEvents, withData } from '../bodies/index.ts';
import { type EventData, JSON_LINES, own, type ServerSentEvent } from '../contract/index.ts';
import { after } from './after.ts';
import { closable } from './closable.ts';
import { connectionError } from './connection.ts';
import { convert, declaredFor, validatorOf } from './declared-for.ts';
import { AbortError, BodyTooLargeError, UnexpectedResponseError } from './errors/index.ts';
import type { ResponseHead } from './hooks.ts';
import { responseContext } from './response-context.ts';
import { errorContext } from './run.ts';
import type { Feature, Run } from './types.ts';

export type { ServerSentEvent } from '../contract/index.ts';

type Source = {
  /** The texts between line ends or other separators, as they arrive. */
  readonly pieces: AsyncIterable<string>;
  /** Releases the connection and ends a pending read. */
  readonly close: () => void;
};

const LINE_END = /\r\n|\n|\r/;

/** An abort ends the stream at any time from here on, not only during a read. */
function open(run: Run, body: ReadableStream<Uint8Array<ArrayBuffer>>, end: RegExp | string): Source {
  const reader = body.getReader();
  const { signal } = run.options;
  let open = true;
  const close = () => {
    open = false;
    signal?.removeEventListener('abort', close);
    reader.cancel().catch(() => {});
  };
  if (signal?.aborted) close();
  else signal?.addEventListener('abort', close);
  return { pieces: piecesOf(run, reader, end, () => open), close };
}

async function* piecesOf(
  run: Run,
  reader: ReadableStreamDefaultReader<Uint8Array<ArrayBuffer>>,
  end: RegExp | string,
  isOpen: () => boolean,
): AsyncGenerator<string> {
  // This limits one piece. The whole stream is unlimited, and pieces that were read are not kept.
  const limit = run.ctx.options.maxResponseBytes ?? 2 ** 24;
  const decoder = new TextDecoder();
  let rest = '';
  let carriageReturn = false;
  for (;;) {
    const { done, value } = await reader.read().catch((error) => {
      throw connectionError(run, error, true);
    });
    if (run.options.signal?.aborted) throw new AbortError(errorContext(run));
    if (!isOpen()) return;
    let text = decoder.decode(value, { stream: !done });
    // A CR ends its line at once. An LF at the start of the next chunk belongs to it.
    if (carriageReturn && text.startsWith('\n')) text = text.slice(1);
    else if (!text && !done) continue;
    carriageReturn = text.endsWith('\r');
    // Only new text is searched, because a long line arrives in many chunks.
    const [first = '', ...others] = text.split(end);
    const pieces = [rest + first, ...others];
    rest = pieces.pop() ?? '';
    if (rest.length > limit) throw new BodyTooLargeError(limit, errorContext(run));
    yield* pieces;
    if (!done) continue;
    if (rest) yield rest;
    return;
  }
}

/** Yields events without a declared schema. The last id and retry time are carried over to later events. */
async function* eventsOf(lines: AsyncIterable<string>): AsyncGenerator<ServerSentEvent> {
  const last: { id?: string; retry?: number } = {};
  for await (const { event = 'message', data } of readEvents(lines, last))
    yield { event, data, id: last.id, retry: last.retry };
}

/** Yields events with a schema: the fields that are present, with data parsed if it is JSON. */
async function* typedEventsOf(
  run: Run,
  head: ResponseHead,
  mediaType: string,
  lines: AsyncIterable<string>,
  data: EventData,
): AsyncGenerator<unknown> {
  const declared = declaredFor(run.operation, head.status);
  const validator = validatorOf(run, declared, mediaType);
  for await (const event of readEvents(lines)) {
    const parsed = withData(event, data);
    const isText = data === 'mixed' && (await validator?.['~standard'].validate(parsed))?.issues !== undefined;
    const text = isText || parsed === event ? undefined : eventText(event);
    const value = convert(run, isText ? event : parsed, declared, mediaType, text);
    await run.ctx.checks?.response(run, value, declared, mediaType, false, true, text);
    yield value;
  }
}

/**
 * Yields the values of lines.
 * @throws {UnexpectedResponseError} for a line that is not JSON; earlier lines were already yielded
 */
async function* valuesOf(
  run: Run,
  head: ResponseHead,
  mediaType: string,
  lines: AsyncIterable<string>,
  first: number,
): AsyncGenerator<unknown> {
  const declared = declaredFor(run.operation, head.status);
  let number = first - 1;
  for await (const line of lines) {
    number += 1;
    const text = line.trim();
    if (!text) continue;
    let value: unknown;
    try {
      value = convert(run, JSON.parse(text), declared, mediaType, text);
    } catch {
      // The engine's message would quote the response.
      throw new UnexpectedResponseError(`line ${number} that is not JSON`, responseContext(run, head));
    }
    await run.ctx.checks?.response(run, value, declared, mediaType, false, true, text);
    yield value;
  }
}

/**
 * Converts responses with server-sent events or JSON lines to async iterables. It validates each value of the lines,
 * and each event with a schema, according to `validation.responses`. The attempt's timeout ends with the response
 * headers. Neither the size nor the duration of the stream is limited, but the size of a line is, by `maxResponseBytes`.
 * The caller's signal or `return` ends it.
 */
export const streaming: Feature = {
  receive(run, response, mediaType, declared) {
    const { body } = response;
    if (!body || !declared) return undefined;
    const isEvents = mediaType === 'text/event-stream';
    if (!isEvents && !JSON_LINES.test(mediaType)) return undefined;
    // A record separator precedes each text (RFC 7464), so that the first piece is empty.
    const sequence = /json-seq$/.test(mediaType);
    const { pieces, close } = open(run, body, sequence ? '\x1e' : LINE_END);
    const typed = own(declaredFor(run.operation, response.status)?.events, declared);
    const items = typed
      ? typedEventsOf(run, response, declared, pieces, typed)
      : isEvents
        ? eventsOf(pieces)
        : valuesOf(run, response, mediaType, pieces, sequence ? 0 : 1);
    const data = closable<unknown>(items, close);
    return after(
      run.ctx.checks?.response(run, undefined, declaredFor(run.operation, response.status), undefined, true, false) ??
        [],
      (issues) => ({ data, issues }),
    );
  },
};
