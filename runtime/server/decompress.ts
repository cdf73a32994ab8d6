type Bytes = Uint8Array<ArrayBuffer>;
type Decompressor = TransformStream<BufferSource, Bytes>;
type Zlib = ReturnType<typeof import('node:process').getBuiltinModule<'node:zlib'>>;

/** A compression whose data the platform can decompress. */
export type Coding = {
  /** The name in `Content-Encoding` and `Accept-Encoding`. */
  readonly name: string;
  readonly start: () => Decompressor;
};

/** The registered codings by name: the format of a `DecompressionStream`, and the function of `node:zlib`. */
const FORMATS = {
  gzip: ['gzip', 'createGunzip'],
  deflate: ['deflate', 'createInflate'],
  br: ['brotli', 'createBrotliDecompress'],
  zstd: ['zstd', 'createZstdDecompress'],
} as const;

/** Memory in bytes for the window of zstd, which a sender chooses. RFC 9659 allows no more in HTTP. */
const ZSTD_WINDOW = 2 ** 23;

let known: ReadonlyMap<string, Coding> | undefined;

/** The codings of a request body that this platform supports: Node and Bun have all of them, workers at least gzip. */
function supported(): ReadonlyMap<string, Coding> {
  if (known === undefined) {
    const found = Object.keys(FORMATS).flatMap((name) => codingNamed(name as keyof typeof FORMATS) ?? []);
    known = new Map(found.map((coding) => [coding.name, coding]));
  }
  return known;
}

/** The names of the supported codings, for `Accept-Encoding` of a response with status 415. */
export const codingNames = (): string => [...supported().keys()].join(', ');

/**
 * The compression of a body, by its Content-Encoding. Undefined without compression, `unsupported` for an unknown
 * coding, and for several codings: each could multiply the size of a decompression bomb.
 */
export function codingOf(header: string | null): Coding | 'unsupported' | undefined {
  const stated = header?.trim().toLowerCase();
  if (stated === undefined || stated === '' || stated === 'identity') return undefined;
  // RFC 9110, 8.4.1.3: `x-gzip` is equivalent.
  return supported().get(stated === 'x-gzip' ? 'gzip' : stated) ?? 'unsupported';
}

/** Decompresses a stream. */
export const decompress = (body: ReadableStream<Bytes>, coding: Coding): ReadableStream<Bytes> =>
  body.pipeThrough(coding.start());

function codingNamed(name: keyof typeof FORMATS): Coding | undefined {
  const [format, method] = FORMATS[name];
  const start = (): Decompressor => new DecompressionStream(format as CompressionFormat) as Decompressor;
  try {
    start();
    return { name, start };
  } catch {
    return codingOfNode(name, method);
  }
}

/** By `node:zlib`. It is resolved at run time, so that bundles for other platforms need no stub. */
function codingOfNode(name: string, method: (typeof FORMATS)[keyof typeof FORMATS][1]): Coding | undefined {
  const zlib: Zlib | undefined = globalThis.process?.getBuiltinModule?.('node:zlib');
  const stream = globalThis.process?.getBuiltinModule?.('node:stream');
  if (zlib === undefined || stream === undefined || typeof zlib[method] !== 'function') return undefined;
  const options =
    method === 'createZstdDecompress'
      ? { params: { [zlib.constants.ZSTD_d_windowLogMax]: Math.log2(ZSTD_WINDOW) } }
      : undefined;
  return { name, start: () => stream.Duplex.toWeb(zlib[method](options)) as unknown as Decompressor };
}
