import { ByteStream, createReclaimer } from '../bodies/index.ts';
import { connectionError } from './connection.ts';
import { AbortError, BodyTooLargeError } from './errors/index.ts';
import { errorContext } from './run.ts';
import type { Run } from './types.ts';

/** `filename*` takes precedence over `filename` (RFC 6266). */
function nameOf(disposition: string): string | undefined {
  const extended = /filename\*=utf-8'[^']*'([^;\s]+)/i.exec(disposition)?.[1];
  try {
    if (extended !== undefined) return decodeURIComponent(extended);
  } catch {
    // The plain name is for clients that do not support the other.
  }
  const [, quoted, bare] = /filename=(?:"((?:\\.|[^"\\])*)"|([^;\s]+))/i.exec(disposition) ?? [];
  return quoted?.replace(/\\(.)/g, '$1') ?? bare;
}

/** The body of a response as a stream that the caller's signal ends. The stream's errors are those of the call. */
export function toDownload(run: Run, { body, headers }: Response, type: string): ByteStream {
  const { signal } = run.options;
  const limit = run.ctx.options.maxResponseBytes;
  const reader = body?.getReader();
  const reclaim = createReclaimer();
  let end = (): void => {};
  const source = new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      start(controller) {
        const abort = (): void => {
          controller.error(new AbortError(errorContext(run)));
          reader?.cancel().catch(() => {});
        };
        end = () => signal?.removeEventListener('abort', abort);
        if (signal?.aborted) abort();
        else signal?.addEventListener('abort', abort);
      },
      async pull(controller) {
        const { done, value } = (await reader?.read().catch((error) => {
          end();
          throw connectionError(run, error, true);
        })) ?? { done: true };
        if (signal?.aborted) return;
        if (value) {
          reclaim(value.length);
          controller.enqueue(value);
        }
        if (!done) return;
        end();
        controller.close();
      },
      async cancel(reason) {
        end();
        await reader?.cancel(reason);
      },
    },
    { highWaterMark: 0 },
  );
  const size = headers.get('content-length');
  return new ByteStream(source, {
    type,
    size: size === null || headers.has('content-encoding') ? undefined : Number(size),
    name: nameOf(headers.get('content-disposition') ?? ''),
    limit,
    tooLarge: () => new BodyTooLargeError(limit ?? Infinity, errorContext(run)),
  });
}
