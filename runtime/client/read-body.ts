import { BodyTooLargeError } from './errors/index.ts';
import { errorContext, type Run } from './run.ts';

const DEFAULT_LIMIT = 16 * 1024 * 1024;

/**
 * The whole body, read once and never further than the limit.
 * @throws {BodyTooLargeError}
 */
export async function readBody(run: Run, response: Response): Promise<Uint8Array<ArrayBuffer>[]> {
  const limit = run.ctx.options.maxAnswerBytes ?? DEFAULT_LIMIT;
  const reader = response.body?.getReader();
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  if (!reader) return chunks;
  let size = 0;
  for (;;) {
    // A stated length says nothing of a compressed body, and bounds any other.
    const { done, value } = await reader.read();
    if (done) return chunks;
    size += value.byteLength;
    if (size > limit) {
      void reader.cancel().catch(() => {});
      throw new BodyTooLargeError(limit, errorContext(run));
    }
    chunks.push(value);
  }
}
