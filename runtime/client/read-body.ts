import { connectionError } from './connection.ts';
import { BodyTooLargeError } from './errors/index.ts';
import { errorContext } from './run.ts';
import type { Run } from './types.ts';

/**
 * Reads the whole body once, up to the limit. The `Content-Length` of a compressed body does not limit its decompressed
 * size.
 * @throws {BodyTooLargeError}
 */
export async function readBody(
  run: Run,
  response: Response,
  limit: number = run.ctx.options.maxResponseBytes ?? 2 ** 24,
): Promise<Uint8Array<ArrayBuffer>> {
  const reader = response.body?.getReader();
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  while (reader) {
    let next: ReadableStreamReadResult<Uint8Array<ArrayBuffer>>;
    try {
      next = await reader.read();
    } catch (error) {
      throw connectionError(run, error, true);
    }
    if (next.done) break;
    chunks.push(next.value);
    size += next.value.length;
    if (size > limit) {
      reader.cancel().catch(() => {});
      throw new BodyTooLargeError(limit, errorContext(run));
    }
  }
  if (chunks.length === 1 && chunks[0]) return chunks[0];
  return new Uint8Array(await new Blob(chunks).arrayBuffer());
}
