import {
  boundaryOf,
  decodeText,
  MalformedMultipart,
  type PartHead,
  readMultipart,
  readPartHead,
} from '../bodies/index.ts';
import { type FieldEncodings, kindOf, type ParameterShape } from '../contract/index.ts';
import { type Field, propertyShape, readForm } from './read-form.ts';

/** A part that may have no name, as in `multipart/mixed`. */
type ReadPart = Omit<Field, 'name'> & { readonly name: string | undefined };

/** What one part of the name holds. */
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

function toPart(head: PartHead, bytes: Uint8Array<ArrayBuffer>, shape: ParameterShape | undefined): ReadPart {
  const { name, filename, contentType } = head;
  if (!isFile(head, shape)) return { name, contentType, value: decodeText(bytes, contentType, true) };
  const options = { type: contentType };
  return { name, contentType, value: new File([bytes], filename ?? name ?? '', options) };
}

/**
 * The parts of a multipart body as an object of its properties, or as a list where the contract says that it is one.
 * Parts without names are the contract's properties, in their order.
 * @throws {MalformedMultipart}
 */
export async function readParts(
  chunks: AsyncIterable<Uint8Array>,
  contentType: string,
  shape: ParameterShape | undefined,
  encodings: FieldEncodings | undefined,
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
    const held: Uint8Array<ArrayBuffer>[] = [];
    return {
      write: (chunk) => void held.push(new Uint8Array(chunk)),
      end: () => {
        const bytes = new Blob(held).arrayBuffer().then((buffer) => new Uint8Array(buffer));
        parts.push(bytes.then((whole) => toPart({ ...head, name }, whole, shapeOf(shape, name))));
      },
    };
  });
  const read = await Promise.all(parts);
  const fields = read.filter((part): part is Field => part.name !== undefined);
  if (fields.length === read.length) return readForm(fields, shape, encodings);
  return read.map(({ value, contentType: type }) =>
    typeof value === 'string' && kindOf(type) === 'json' ? JSON.parse(value) : value,
  );
}
