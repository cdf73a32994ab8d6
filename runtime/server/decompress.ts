/** The codings of a request body that are supported. */
export const CODINGS = 'gzip, deflate';

const FORMATS: { readonly [coding: string]: CompressionFormat } = {
  gzip: 'gzip',
  'x-gzip': 'gzip',
  deflate: 'deflate',
};

/**
 * The compression of a body, by its Content-Encoding. Undefined without compression, `unsupported` for an unknown
 * coding.
 */
export function codingOf(header: string | null): CompressionFormat | 'unsupported' | undefined {
  const stated = header?.trim().toLowerCase();
  if (stated === undefined || stated === '' || stated === 'identity') return undefined;
  return Object.hasOwn(FORMATS, stated) ? FORMATS[stated] : 'unsupported';
}

/** Decompresses a stream. */
export const decompress = (
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
  format: CompressionFormat,
): ReadableStream<Uint8Array<ArrayBuffer>> => body.pipeThrough(new DecompressionStream(format));
