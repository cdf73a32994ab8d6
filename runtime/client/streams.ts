import { AbortError, ConnectionError } from './errors/index.ts';
import { errorContext, type Run } from './run.ts';

export type ServerSentEvent = {
  readonly event: string;
  readonly data: string;
  readonly id: string | undefined;
};

const LINES = ['application/jsonl', 'application/x-ndjson', 'application/ndjson', 'application/json-seq'];
const EVENTS = 'text/event-stream';

export const isStream = (type: string): boolean => type === EVENTS || LINES.includes(type);

async function* linesOf(run: Run, body: ReadableStream<Uint8Array<ArrayBuffer>>): AsyncGenerator<string> {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  const { signal } = run.options;
  const aborted = () => void reader.cancel().catch(() => {});
  signal?.addEventListener('abort', aborted);
  let rest = '';
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (signal?.aborted) throw new AbortError(errorContext(run));
      if (done) break;
      // A final CR waits: its LF may come with the next chunk.
      const lines = (rest + value).split(/\r\n|\n|\r(?!$)/);
      rest = lines.pop() ?? '';
      yield* lines;
    }
    if (rest) yield rest.replace(/\r$/, '');
  } catch (error) {
    if (error instanceof AbortError) throw error;
    throw new ConnectionError('the stream broke', true, errorContext(run), undefined);
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

async function* valuesOf(lines: AsyncIterable<string>): AsyncGenerator<unknown> {
  for await (const line of lines) {
    // application/json-seq puts a record separator before each text (RFC 7464).
    const text = line.replaceAll('\x1e', '').trim();
    if (text) yield JSON.parse(text);
  }
}

/** Server-sent events, or the values of JSON lines, as they come. Neither the size nor the time of the whole is limited. */
export function streamOf(run: Run, response: Response, type: string): AsyncGenerator<unknown> {
  const lines = linesOf(run, response.body ?? new ReadableStream({ start: (controller) => controller.close() }));
  return type === EVENTS ? eventsOf(lines) : valuesOf(lines);
}
