import {
  boundaryOf,
  decodeText,
  MalformedMultipart,
  type PartHead,
  readMultipart,
  readPartHead,
} from '../bodies/index.ts';
import { type FieldEncodings, kindOf, type ParameterShape } from '../contract/index.ts';
import { parseExact } from '../validators/digits/parse-exact.ts';
import { type Field, propertyShape, readForm } from './read-form.ts';
import { type UploadBudget, UploadSink } from './upload-sink.ts';

/** A part that may have no name, as in `multipart/mixed`. */
type ReadPart = Omit<Field, 'name'> & { readonly name: string | undefined };

/** The values of the parts with one name. */
function shapeOf(shape: ParameterShape | undefined, name: string | undefined): ParameterShape | undefined {
  const own = name === undefined ? undefined : propertyShape(shape, name);
  return own?.kind === 'array' ? own.items : own;
}

/** Objects and lists may come as parts that look like files; a file need not have a name. */
function isFile({ filename, contentType }: PartHead, shape: ParameterShape | undefined): boolean {
  if (shape?.kind === 'file') return true;
  if (shape?.kind === 'object' || shape?.kind === 'array') return false;
  return filename !== undefined || (contentType !== '' && kindOf(contentType) === 'binary');
}

async function toPart(head: PartHead, sink: UploadSink, isOfFile: boolean): Promise<ReadPart> {
  const { name, filename, contentType } = head;
  if (isOfFile) return { name, contentType, value: await sink.toFile(filename ?? name ?? '', contentType) };
  return { name, contentType, value: decodeText(await sink.toBytes(), contentType, true) };
}

/**
 * The parts of a multipart body as an object of its properties, or as a list if the contract declares one.
 * Parts without names are the contract's properties, in their order.
 * @throws {MalformedMultipart}
 * @throws {Error} where more than the budget would be in memory
 */
export async function readParts(
  chunks: AsyncIterable<Uint8Array>,
  contentType: string,
  {
    shape,
    encodings,
  }: { readonly shape?: ParameterShape | undefined; readonly encodings?: FieldEncodings | undefined },
  budget: UploadBudget,
): Promise<unknown> {
  const boundary = boundaryOf(contentType);
  if (!boundary) throw new MalformedMultipart('its Content-Type has no boundary');
  const unnamed = shape?.kind === 'object' ? Object.keys(shape.properties) : [];
  const parts: Promise<ReadPart>[] = [];
  let count = 0;
  await readMultipart(chunks, boundary, (headers) => {
    const head = readPartHead(headers);
    const name = head.name ?? unnamed[count];
    count += 1;
    const isOfFile = isFile(head, shapeOf(shape, name));
    const sink = new UploadSink(budget, isOfFile);
    return {
      write: (chunk) => sink.write(chunk),
      end: () => void parts.push(toPart({ ...head, name }, sink, isOfFile)),
    };
  });
  const read = await Promise.all(parts);
  const fields = read.filter((part): part is Field => part.name !== undefined);
  if (fields.length === read.length) return readForm(fields, shape, encodings);
  return read.map(({ value, contentType: type }) =>
    typeof value === 'string' && kindOf(type) === 'json' ? parseExact(value) : value,
  );
}
