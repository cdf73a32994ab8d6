import { JSON_LINES } from '../contract/index.ts';
import { answerContext } from './answer-context.ts';
import { connectionError } from './connection.ts';
import { AbortError, BodyTooLargeError, UnexpectedAnswerError } from './errors/index.ts';
import type { Feature } from './features.ts';
import type { AnswerHead } from './hooks.ts';
import { errorContext, type Run } from './run.ts';

export type ServerSentEvent = {
  readonly event: string;
  readonly data: string;
  readonly id: string | undefined;
};

/** A final CR waits: its LF may come with the next chunk. */
const LINE_END = /\r\n|\n|\r(?!$)/;

async function* linesOf(
  run: Run,
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
  end: RegExp | string,
): AsyncGenerator<string> {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  const { signal } = run.options;
  // Of a line: a stream as a whole may go on for ever, and what is read of it is given away.
  const limit = run.ctx.options.maxAnswerBytes ?? 2 ** 24;
  const aborted = () => void reader.cancel().catch(() => {});
  signal?.addEventListener('abort', aborted);
  let rest = '';
  try {
    for (;;) {
      const { done, value } = await reader.read().catch((error) => {
        throw connectionError(run, error, true);
      });
      if (signal?.aborted) throw new AbortError(errorContext(run));
      if (done) break;
      const lines = (rest + value).split(end);
      rest = lines.pop() ?? '';
      if (rest.length > limit) throw new BodyTooLargeError(limit, errorContext(run));
      yield* lines;
    }
    if (rest) yield rest.replace(/\r$/, '');
  } finally {
    signal?.removeEventListener('abort', aborted);
    await reader.cancel().catch(() => {});
  }
}

/** @see https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation */
async function* eventsOf(lines: AsyncIterable<string>): AsyncGenerator<ServerSentEvent> {
  let event = '';
  let id: string | undefined;
  let data: string[] = [];
  for await (const line of lines) {
    const [, field, value = ''] = /^([^:]*)(?:: ?(.*))?$/s.exec(line) ?? [];
    if (line === '') {
      if (data.length) yield { event: event || 'message', data: data.join('\n'), id };
      event = '';
      data = [];
    } else if (field === 'data') data.push(value);
    else if (field === 'event') event = value;
    else if (field === 'id' && !value.includes('\0')) id = value;
  }
}

/** @throws {UnexpectedAnswerError} at a line that is not JSON; what came before has been given */
async function* valuesOf(
  run: Run,
  head: AnswerHead,
  lines: AsyncIterable<string>,
  first: number,
): AsyncGenerator<unknown> {
  let number = first - 1;
  for await (const line of lines) {
    number += 1;
    const text = line.trim();
    if (!text) continue;
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      // What the engine says would quote the answer.
      throw new UnexpectedAnswerError(`line ${number} that is not JSON`, answerContext(run, head));
    }
    yield value;
  }
}

/**
 * Answers that are server-sent events or JSON lines become async iterables of what comes. The attempt's timeout ends with
 * the head; neither the size nor the time of the whole is limited (a line is, by `maxAnswerBytes`), and the caller's signal ends it.
 */
export const streaming: Feature = {
  stream(run, response, mediaType) {
    const { body } = response;
    if (!body) return undefined;
    if (mediaType === 'text/event-stream') return eventsOf(linesOf(run, body, LINE_END));
    if (!JSON_LINES.test(mediaType)) return undefined;
    // A record separator goes before each text (RFC 7464), so that the first piece is empty.
    const sequence = mediaType === 'application/json-seq';
    return valuesOf(run, response, linesOf(run, body, sequence ? '\x1e' : LINE_END), sequence ? 0 : 1);
  },
};
