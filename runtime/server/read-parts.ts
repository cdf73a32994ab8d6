import {
  boundaryOf,
  decodeText,
  isFilePart,
  MalformedMultipart,
  type PartHead,
  type PartReader,
  partAt,
  partValue,
  readEachPart,
  readMultipart,
  readPartHead,
  throughStream,
} from '../bodies/index.ts';
import {
  type FieldEncoding,
  type FieldEncodings,
  kindOf,
  own,
  type ParameterShape,
  type PartDescriptor,
  type PartsDescriptor,
} from '../contract/index.ts';
import { coerceMember } from '../validators/coerce.ts';
import { parseExact } from '../validators/digits/parse-exact.ts';
import { type Field, propertyShape, readForm } from './read-form.ts';
import type { XmlCodec } from './types.ts';
import { type UploadBudget, UploadSink } from './upload-sink.ts';

const READER = { parse: parseExact, coerce: coerceMember };

type Bytes = AsyncIterable<Uint8Array>;

/** The settings and functions for reading the parts of one request. */
export type PartsContext = {
  readonly budget: UploadBudget;
  readonly xml?: XmlCodec | undefined;
};

/** The contract of named parts. */
type Named = { readonly shape?: ParameterShape | undefined; readonly encodings?: FieldEncodings | undefined };

/** Returns the reader of a part that the contract describes as XML or multipart. Undefined for other parts. */
function describedReader(
  type: string,
  described: FieldEncoding & { readonly shape?: ParameterShape | undefined },
  context: PartsContext,
): PartReader<unknown> | undefined {
  const { parts, fields, xml, shape } = described;
  const kind = kindOf(type || 'text/plain');
  if (kind === 'multipart' && parts) return throughStream((chunks) => readPartList(chunks, type, parts, context));
  if (kind === 'multipart' && fields)
    return throughStream((chunks) => readParts(chunks, type, { shape, encodings: fields }, context));
  const codec = context.xml;
  if (kind !== 'markup' || !xml || !codec) return undefined;
  const sink = new UploadSink(context.budget, false);
  return {
    write: (chunk) => sink.write(chunk),
    end: async () => {
      const text = decodeText(await sink.toBytes(), type, true);
      try {
        return codec.readXml(text, xml);
      } catch {
        // The validator then reports the value.
        return text;
      }
    },
  };
}

/** Adds the name or position of a part to the error of its content. */
function placed<T>({ write, end }: PartReader<T>, place: string | number): PartReader<T> {
  const fail = (error: unknown): never => {
    if (error instanceof MalformedMultipart) throw new MalformedMultipart(error.message, [place, ...error.at]);
    if (error instanceof TypeError || error instanceof RangeError)
      throw new MalformedMultipart('a part is not text in its charset', [place]);
    throw error;
  };
  return {
    write: async (chunk) => {
      await Promise.resolve(write(chunk)).catch(fail);
    },
    end: async () => Promise.resolve(end()).catch(fail),
  };
}

/** A part that may have no name, for example in `multipart/mixed`. */
type ReadPart = Omit<Field, 'name'> & { readonly name: string | undefined };

/** The shape of the parts with one name. */
function shapeOf(
  shape: ParameterShape | undefined,
  name: string | undefined,
  isWhole = false,
): ParameterShape | undefined {
  const own = name === undefined ? undefined : propertyShape(shape, name);
  return own?.kind === 'array' && !isWhole ? own.items : own;
}

/** Whether a part is a file. Objects and lists may look like files, and a file may have no filename. */
function isFile({ filename, contentType }: PartHead, shape: ParameterShape | undefined): boolean {
  if (shape?.kind === 'file') return true;
  if (shape?.kind === 'object' || shape?.kind === 'array') return false;
  return filename !== undefined || (contentType !== '' && kindOf(contentType) === 'binary');
}

function fileOrText(
  { name, filename, contentType }: PartHead,
  shape: ParameterShape | undefined,
  { budget }: PartsContext,
): PartReader<unknown> {
  const isOfFile = isFile({ name, filename, contentType }, shape);
  const sink = new UploadSink(budget, isOfFile);
  return {
    write: (chunk) => sink.write(chunk),
    end: async () =>
      isOfFile ? sink.toFile(filename ?? name ?? '', contentType) : decodeText(await sink.toBytes(), contentType, true),
  };
}

/**
 * The parts of a multipart body as an object of its properties, or as a list if the contract declares one.
 * Parts without names are the contract's properties, in their order.
 * @throws {MalformedMultipart}
 * @throws {Error} if the parts exceed their memory budget
 */
export async function readParts(
  chunks: Bytes,
  contentType: string,
  { shape, encodings }: Named,
  context: PartsContext,
): Promise<unknown> {
  const boundary = boundaryOf(contentType);
  if (!boundary) throw new MalformedMultipart('its Content-Type has no boundary');
  const unnamed = shape?.kind === 'object' ? Object.keys(shape.properties) : [];
  const read: ReadPart[] = [];
  await readMultipart(chunks, boundary, (headers) => {
    const head = readPartHead(headers);
    const place = read.length;
    const name = head.name ?? unnamed[place];
    const encoding = own(encodings, name ?? '') ?? {};
    const inner = shapeOf(shape, name, encoding.whole);
    // Parts end in sequence.
    const part = describedReader(
      head.contentType || (encoding.contentType ?? ''),
      { ...encoding, shape: inner },
      context,
    );
    const { write, end } = placed(part ?? fileOrText({ ...head, name }, inner, context), name ?? place);
    return {
      write,
      end: async () => {
        read[place] = { name, contentType: head.contentType, value: await end() };
      },
    };
  });
  const fields = read.filter((part): part is Field => part.name !== undefined);
  if (fields.length === read.length) return readForm(fields, shape, encodings);
  return read.map(({ value, contentType: type }) =>
    typeof value === 'string' && kindOf(type) === 'json' ? parseExact(value) : value,
  );
}

/** Yields the values of parts by their positions. @param contextOf the memory budget of the part at a position */
export function readPartsInOrder(
  chunks: Bytes,
  contentType: string,
  parts: PartsDescriptor,
  contextOf: (place: number) => PartsContext,
): AsyncGenerator<unknown> {
  return readEachPart(chunks, contentType, (head, place) => {
    const described = partAt(parts, place);
    const context = contextOf(place);
    const type = head.contentType || described.contentType || '';
    return placed(describedReader(type, described, context) ?? placedPart(head, described, type, context), place);
  });
}

function placedPart(
  head: PartHead,
  described: PartDescriptor,
  type: string,
  { budget }: PartsContext,
): PartReader<unknown> {
  const isOfFile = isFilePart(head, described);
  const sink = new UploadSink(budget, isOfFile);
  return {
    write: (chunk) => sink.write(chunk),
    end: async () =>
      isOfFile ? sink.toFile(head.filename ?? '', type) : partValue(await sink.toBytes(), head, described, READER),
  };
}

/** All parts of a request as a list. @throws {Error} `tooLarge`, if they need more memory than their common budget */
export async function readPartList(
  chunks: Bytes,
  contentType: string,
  parts: PartsDescriptor,
  context: PartsContext,
): Promise<readonly unknown[]> {
  const list: unknown[] = [];
  for await (const item of readPartsInOrder(chunks, contentType, parts, () => context)) list.push(item);
  return list;
}
