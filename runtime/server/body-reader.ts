import type { Faults } from '../contract/index.ts';
import { CODINGS, codingOf, decompress } from './decompress.ts';
import { readBody, readStream } from './read-body.ts';
import { Refusal } from './refusal.ts';

/** A body that was read: the received bytes, which a signature covers, and their decompressed content. */
export type ReadBody = { readonly bytes: Uint8Array; readonly content: Uint8Array };

/** Reads bodies up to a limit, or returns the reason why it cannot. */
export type BodyReader = {
  readonly read: (request: Request) => Promise<ReadBody | Refusal>;
  readonly tooLarge: Refusal;
  readonly unknownCoding: Refusal;
};

/** @param limit maximum number of bytes, also after decompression */
export function compileBodyReader(faults: Faults, limit: number): BodyReader {
  const tooLarge = new Refusal(faults.tooLarge, `body must be at most ${limit} bytes`);
  const unknownCoding = new Refusal(faults.unsupportedMediaType, `Content-Encoding must be one of ${CODINGS}`, {
    'accept-encoding': CODINGS,
  });
  const broken = new Refusal(faults.invalid, 'body does not match its Content-Encoding');
  const unreadable = new Refusal(faults.invalid, 'body could not be read');

  return {
    tooLarge,
    unknownCoding,
    async read(request) {
      const bytes = await readBody(request, limit).catch(() => unreadable);
      if (bytes === undefined) return tooLarge;
      if (bytes instanceof Refusal) return bytes;
      const coding = bytes.length === 0 ? undefined : codingOf(request.headers);
      if (coding === undefined) return { bytes, content: bytes };
      if (coding === 'unsupported') return unknownCoding;
      const content = await readStream(decompress(new Blob([bytes]).stream(), coding), limit).catch(() => broken);
      if (content instanceof Refusal) return content;
      return content === undefined ? tooLarge : { bytes, content };
    },
  };
}
