import { isFilePart, partAt, partValue, readEachPart } from '../bodies/index.ts';
import { kindOf, type PartDescriptor, type PartsDescriptor } from '../contract/index.ts';
import { coerceMember } from '../validators/coerce.ts';
import { parseExact } from '../validators/digits/parse-exact.ts';
import { type UploadBudget, UploadSink } from './upload-sink.ts';

const READER = { parse: parseExact, coerce: coerceMember };

/** The values of parts by their positions, one by one. @param budgetOf the memory budget of the part at a position */
export function readPartsInOrder(
  chunks: AsyncIterable<Uint8Array>,
  contentType: string,
  parts: PartsDescriptor,
  budgetOf: (place: number) => UploadBudget,
): AsyncGenerator<unknown> {
  return readEachPart(chunks, contentType, (head, place) => {
    const described = partAt(parts, place);
    const isFile = isFilePart(head, described);
    const budget = budgetOf(place);
    const sink = new UploadSink(budget, isFile);
    const type = head.contentType || described.contentType || '';
    return {
      write: (chunk) => sink.write(chunk),
      end: async () => {
        if (isFile) return sink.toFile(head.filename ?? '', type);
        const bytes = await sink.toBytes();
        const inner = nestedIn(type, described);
        return inner
          ? readPartList(new Blob([bytes]).stream() as never, type, inner, budget)
          : partValue(bytes, head, described, READER);
      },
    };
  });
}

const nestedIn = (type: string, { parts }: PartDescriptor): PartsDescriptor | undefined =>
  kindOf(type) === 'multipart' ? parts : undefined;

async function listOf(items: AsyncIterable<unknown>): Promise<readonly unknown[]> {
  const list: unknown[] = [];
  for await (const item of items) list.push(item);
  return list;
}

/** All parts of a request as a list. @throws {Error} `tooLarge`, if they need more memory than their common budget */
export const readPartList = (
  chunks: AsyncIterable<Uint8Array>,
  contentType: string,
  parts: PartsDescriptor,
  budget: UploadBudget,
): Promise<readonly unknown[]> => listOf(readPartsInOrder(chunks, contentType, parts, () => budget));
