import type { Log } from '../log.ts';

/** Milliseconds between keep-alive messages, so that a page notices when the gateway has stopped. */
const BEAT = 15_000;

/** Opens the log as server-sent events: the stored entries, then new ones. */
export function openEvents(log: Log, signal: AbortSignal): Response {
  const encoder = new TextEncoder();
  let stop = (): void => {};
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      const write = (text: string): void => {
        try {
          controller.enqueue(encoder.encode(text));
        } catch {
          stop();
        }
      };
      const send = (name: string, value: unknown): void => write(`event: ${name}\ndata: ${JSON.stringify(value)}\n\n`);
      send('recent', log.recent());
      const unsubscribe = log.subscribe((event) => {
        if (event.kind === 'entry') send('entry', event.entry);
        else send('notice', event.notice);
      });
      const beat = setInterval(() => write(': alive\n\n'), BEAT);
      beat.unref();
      stop = () => {
        clearInterval(beat);
        unsubscribe();
      };
      signal.addEventListener('abort', stop, { once: true });
    },
    cancel: () => stop(),
  });
  return new Response(stream, {
    headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' },
  });
}
