import {
  type Chunk,
  encodeText,
  formatEvent,
  formatLine,
  isAsyncIterable,
  isBytes,
  type PartTools,
  toItems,
  toSendable,
  writeForm,
  writeMultipart,
} from '../bodies/index.ts';
import { type FieldEncodings, holdsXml, kindOf, matchMediaType, own, type PartsDescriptor } from '../contract/index.ts';
import { chooseMediaType } from './choose-media-type.ts';
import type { Feature, Run, SerializedBody } from './types.ts';

/** Maximum number of bytes in memory while they are sent. Larger files stay on disk. */
const HELD = 1_048_576;

async function toBytes(chunks: readonly Chunk[]): Promise<Uint8Array<ArrayBuffer>> {
  const whole = await Promise.all(
    chunks.map((chunk) => (chunk instanceof ReadableStream ? new Response(chunk).blob() : (chunk as BlobPart))),
  );
  return new Uint8Array(await new Blob(whole).arrayBuffer());
}

/** A signature covers all bytes, so that they must be read before the first is sent. */
const isSigned = ({ ctx, operation }: Run): boolean =>
  operation.security.flat().some((name) => ctx.api.securitySchemes[name]?.kind === 'signature');

/** The duration of an upload depends on its size, so only a limit of the caller or of the contract applies. */
function liftLimits({ ctx, operation, options, timeout }: Run): void {
  const stated = { ...ctx.api.timeout, ...operation.timeout, ...ctx.options.timeout, ...options.timeout };
  const limits = timeout as { attempt: number; call: number };
  if (stated.attempt === undefined) limits.attempt = Infinity;
  if (stated.call === undefined) limits.call = Infinity;
}

async function send(run: Run, chunks: readonly Chunk[], mediaType: string): Promise<SerializedBody> {
  const isStream = chunks.some((chunk) => chunk instanceof ReadableStream);
  const isLarge = chunks.some((chunk) => chunk instanceof Blob && chunk.size > HELD);
  if (isSigned(run) || !(isStream || isLarge)) return { bytes: await toBytes(chunks), mediaType };
  liftLimits(run);
  // A stream that was read cannot be sent again.
  if (isStream) (run.options as { retry?: false }).retry = false;
  return { bytes: toSendable(chunks), mediaType };
}

/** Formats a row and removes the properties that requests must not contain. */
function ofRow({ validators }: Run, format: (row: unknown) => string): (row: unknown) => string {
  const { withoutHidden } = validators ?? {};
  return withoutHidden ? (row) => format(withoutHidden(row)) : format;
}

/** The functions that write parts which are multipart or XML themselves. */
async function toolsOf(
  { ctx }: Run,
  encodings: FieldEncodings | undefined,
  parts?: PartsDescriptor,
): Promise<PartTools> {
  const { nested } = ctx.with.parts ?? {};
  const load = ctx.with.xml;
  const codec = load && holdsXml(encodings, parts) ? await load() : undefined;
  return { ...(nested && { nested }), ...(codec && { xml: codec.writeXml }) };
}

async function serialize(run: Run, value: unknown, mediaType: string): Promise<SerializedBody> {
  const kind = kindOf(mediaType);
  const encodings = run.operation.body?.encodings;
  const declared = encodings && own(encodings, matchMediaType(mediaType, Object.keys(encodings)) ?? '');
  const { jsonTexts } = run.operation.body ?? {};
  if (jsonTexts?.includes(matchMediaType(mediaType, jsonTexts) ?? '') && typeof value === 'object' && !isBytes(value))
    return { bytes: encodeText((run.validators?.int64?.text ?? JSON.stringify)(value), mediaType), mediaType };
  // Text can also be a number or a boolean.
  if (typeof value !== 'object') return { bytes: encodeText(`${value}`, mediaType), mediaType };
  if (isBytes(value)) return send(run, [value], mediaType);
  if (kind === 'form') return { bytes: writeForm(value as object, declared), mediaType };
  if (kind === 'lines' && (Array.isArray(value) || isAsyncIterable(value)))
    return send(run, [toItems(value, ofRow(run, formatLine(mediaType)))], mediaType);
  const events = own(run.operation.body?.events, mediaType);
  if (events && (Array.isArray(value) || isAsyncIterable(value))) {
    const format = ofRow(run, (event) => formatEvent(event, events));
    return send(run, [toItems(value, format)], mediaType);
  }
  if (kind === 'markup') {
    const roots = run.operation.body?.xml;
    const root = roots && own(roots, matchMediaType(mediaType, Object.keys(roots)) ?? '');
    const load = run.ctx.with.xml;
    if (root && load) return { bytes: encodeText((await load()).writeXml(value, root), mediaType), mediaType };
  }
  const parts = own(
    run.operation.body?.parts,
    matchMediaType(mediaType, Object.keys(run.operation.body?.parts ?? {})) ?? '',
  );
  if (parts && (Array.isArray(value) || isAsyncIterable(value))) {
    const placed = run.ctx.with.parts?.write(value, mediaType, parts, await toolsOf(run, undefined, parts));
    if (placed) return send(run, placed.chunks, placed.mediaType);
  }
  // The boundary is part of the signed bytes, and `fetch` would choose it too late.
  const written = writeMultipart(value, mediaType, declared, await toolsOf(run, declared));
  return send(run, written.chunks, written.mediaType);
}

/**
 * Bodies that are forms, multipart, JSON lines, or bytes (Blob, ArrayBuffer, Uint8Array, ReadableStream). Streams and
 * large files are read while they are sent, unless a signature needs all bytes first.
 */
export const bodies: Feature = { choose: chooseMediaType, serialize };
