import { BodyTakenError } from './errors.ts';
import { joinChunks } from './join-chunks.ts';

const NOTHING = new Uint8Array(0);

/**
 * Reads the body. Undefined if it has more than `limit` bytes. At most `limit` bytes and one chunk are in memory.
 *
 * @throws {BodyTakenError} if something else has read it
 */
export async function readBody(request: Request, limit: number): Promise<Uint8Array<ArrayBuffer> | undefined> {
  if (request.bodyUsed) throw new BodyTakenError();
  const length = request.headers.get('content-length');
  if (length !== null && /^\d+$/.test(length)) {
    const declared = Number(length);
    if (declared > limit) return undefined;
    if (declared === 0) return NOTHING;
    // HTTP servers enforce the declared length, so this reads no more than that.
    const bytes = new Uint8Array(await request.arrayBuffer());
    return bytes.length > limit ? undefined : bytes;
  }
  if (request.body === null) return NOTHING;
  return readStream(request.body, limit);
}

/** Reads a stream. Undefined if it has more than `limit` bytes. */
export async function readStream(
  stream: ReadableStream<Uint8Array>,
  limit: number,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const reader = stream.getReader();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.length;
    if (size > limit) {
      reader.cancel().catch(() => {});
      return undefined;
    }
    chunks.push(value);
  }
  return joinChunks(chunks, size);
}
