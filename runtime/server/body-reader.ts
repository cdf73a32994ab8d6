import type { Faults } from '../contract/index.ts';
import { isPending } from './after.ts';
import { type Coding, codingNames, codingOf, decompress } from './decompress.ts';
import { BodyTakenError } from './errors.ts';
import type { Incoming } from './incoming.ts';
import { readStream } from './read-body.ts';
import { Refusal } from './refusal.ts';

type Bytes = Uint8Array<ArrayBuffer>;

/** A body that was read: the received bytes, which the signature covers, and their decompressed content. */
export type ReadBody = { readonly bytes: Uint8Array; readonly content: Uint8Array };

/** Reads bodies up to a limit. If it cannot, it returns the reason. */
export type BodyReader = {
  readonly read: (incoming: Incoming) => ReadBody | Refusal | Promise<ReadBody | Refusal>;
  readonly tooLarge: Refusal;
  readonly unknownCoding: Refusal;
};

/** @param limit maximum number of bytes, also after decompression */
export function compileBodyReader(faults: Faults, limit: number): BodyReader {
  const tooLarge = new Refusal(faults.tooLarge, `body must be at most ${limit} bytes`);
  const codings = codingNames();
  const unknownCoding = new Refusal(faults.unsupportedMediaType, `Content-Encoding must be one of ${codings}`, {
    'accept-encoding': codings,
  });
  const broken = new Refusal(faults.invalid, 'body does not match its Content-Encoding');
  const unreadable = new Refusal(faults.invalid, 'body could not be read');

  const decodeBytes = async (bytes: Bytes, coding: Coding): Promise<ReadBody | Refusal> => {
    const content = await readStream(decompress(new Blob([bytes]).stream(), coding), limit).catch(() => broken);
    if (content instanceof Refusal) return content;
    return content === undefined ? tooLarge : { bytes, content };
  };

  const decode = (incoming: Incoming, bytes: Bytes | undefined): ReadBody | Refusal | Promise<ReadBody | Refusal> => {
    if (bytes === undefined) return tooLarge;
    const coding = bytes.length === 0 ? undefined : codingOf(incoming.header('content-encoding'));
    if (coding === undefined) return { bytes, content: bytes };
    return coding === 'unsupported' ? unknownCoding : decodeBytes(bytes, coding);
  };

  return {
    tooLarge,
    unknownCoding,
    read(incoming) {
      const bytes = incoming.read(limit);
      if (!isPending(bytes)) return decode(incoming, bytes);
      return bytes.then(
        (read) => decode(incoming, read),
        (error: unknown) => (error instanceof BodyTakenError ? Promise.reject(error) : unreadable),
      );
    },
  };
}
