import type { ByteStream as Described } from '../contract/index.ts';

/** Properties of a stream of bytes that are known before it is read. */
export type ByteStreamInit = {
  /** The media type that the sender stated. */
  readonly type: string;
  /** Number of bytes, if known before the stream is read. */
  readonly size?: number | undefined;
  /** The file name, if the sender stated one. */
  readonly name?: string | undefined;
  /**
   * Maximum number of bytes that `bytes`, `arrayBuffer`, `blob` and `text` load. `stream` has no limit. Default: none.
   */
  readonly limit?: number | undefined;
  /** Creates the error that they throw for a longer body. */
  readonly tooLarge?: (() => Error) | undefined;
};

/** Bytes that can be read once, as they arrive: a download, or an incoming upload. */
export class ByteStream implements Described {
  readonly type: string;
  readonly size: number | undefined;
  readonly name: string | undefined;
  readonly #source: ReadableStream<Uint8Array<ArrayBuffer>>;
  readonly #limit: number;
  readonly #tooLarge: () => Error;
  #whole: Promise<Blob> | undefined;

  constructor(
    source: ReadableStream<Uint8Array<ArrayBuffer>>,
    { type, size, name, limit = Infinity, tooLarge = () => new RangeError(`more than ${limit} bytes`) }: ByteStreamInit,
  ) {
    this.#source = source;
    this.type = type;
    this.size = size;
    this.name = name;
    this.#limit = limit;
    this.#tooLarge = tooLarge;
  }

  /** Returns the bytes as they arrive, without a limit and without keeping them. They can be read once. */
  stream(): ReadableStream<Uint8Array<ArrayBuffer>> {
    return this.#source;
  }

  /** Loads all bytes into memory, as a file. It can be called again. */
  blob(): Promise<Blob> {
    this.#whole ??= this.#read();
    return this.#whole;
  }

  async arrayBuffer(): Promise<ArrayBuffer> {
    return (await this.blob()).arrayBuffer();
  }

  async bytes(): Promise<Uint8Array<ArrayBuffer>> {
    return new Uint8Array(await this.arrayBuffer());
  }

  /** Loads the bytes as text in UTF-8. */
  async text(): Promise<string> {
    return (await this.blob()).text();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array<ArrayBuffer>> {
    const reader = this.#source.getReader();
    try {
      for (;;) {
        const { done, value } = await reader.read();
        if (done) return;
        yield value;
      }
    } finally {
      await reader.cancel();
    }
  }

  async #read(): Promise<Blob> {
    const chunks: Uint8Array<ArrayBuffer>[] = [];
    let size = 0;
    for await (const chunk of this) {
      size += chunk.length;
      if (size > this.#limit) throw this.#tooLarge();
      chunks.push(chunk);
    }
    return new Blob(chunks, { type: this.type });
  }
}
