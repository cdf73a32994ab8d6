/** The codings that a request body may travel in. */
export const CODINGS = 'gzip, deflate';

const FORMATS: { readonly [coding: string]: CompressionFormat } = {
  gzip: 'gzip',
  'x-gzip': 'gzip',
  deflate: 'deflate',
};

/** How a body was compressed: undefined where it was not, `unsupported` where nobody here can tell. */
export function codingOf(headers: Headers): CompressionFormat | 'unsupported' | undefined {
  const stated = headers.get('content-encoding')?.trim().toLowerCase();
  if (stated === undefined || stated === '' || stated === 'identity') return undefined;
  return Object.hasOwn(FORMATS, stated) ? FORMATS[stated] : 'unsupported';
}

/** A stream of what was compressed. */
export const decompress = (
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
  format: CompressionFormat,
): ReadableStream<Uint8Array<ArrayBuffer>> => body.pipeThrough(new DecompressionStream(format));
