import { connectionError } from './connection.ts';
import { BodyTooLargeError } from './errors/index.ts';
import { errorContext } from './run.ts';
import type { Run } from './types.ts';

/**
 * The whole body, read once and at most up to the limit: a stated length does not limit a compressed body.
 * @throws {BodyTooLargeError}
 */
export async function readBody(
  run: Run,
  response: Response,
  limit: number = run.ctx.options.maxAnswerBytes ?? 2 ** 24,
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
