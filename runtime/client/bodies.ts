import { type Chunk, encodeText, isBytes, writeForm, writeMultipart } from '../bodies/index.ts';
import { kindOf, matchMediaType, own } from '../contract/index.ts';
import { chooseMediaType } from './choose-media-type.ts';
import type { Feature, Run, SerializedBody } from './types.ts';

async function toBytes(chunks: readonly Chunk[]): Promise<Uint8Array<ArrayBuffer>> {
  const whole = await Promise.all(
    chunks.map((chunk) => (chunk instanceof ReadableStream ? new Response(chunk).blob() : (chunk as BlobPart))),
  );
  return new Uint8Array(await new Blob(whole).arrayBuffer());
}

async function serialize(run: Run, value: unknown, mediaType: string): Promise<SerializedBody> {
  const kind = kindOf(mediaType);
  const encodings = run.operation.body?.encodings;
  const declared = encodings && own(encodings, matchMediaType(mediaType, Object.keys(encodings)) ?? '');
  if (typeof value === 'string') return { bytes: encodeText(value, mediaType), mediaType };
  if (kind === 'form' && !isBytes(value)) return { bytes: writeForm(value as object, declared), mediaType };
  if (kind === 'multipart' && !isBytes(value)) {
    // The boundary is part of what is signed; `fetch` would choose it too late.
    const written = writeMultipart(value, mediaType, declared);
    return { bytes: await toBytes(written.chunks), mediaType: written.mediaType };
  }
  return { bytes: await toBytes([value as Chunk]), mediaType };
}

/** Bodies that are forms, multipart (FormData, Blob), or bytes (Blob, ArrayBuffer, Uint8Array, ReadableStream). */
export const bodies: Feature = { choose: chooseMediaType, serialize };
