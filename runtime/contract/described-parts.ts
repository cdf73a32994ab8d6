import type { OperationDescriptor } from './operation-descriptors.ts';
import type { FieldEncoding, FieldEncodings, PartsDescriptor } from './parameter-descriptors.ts';

type Described = Pick<OperationDescriptor, 'body' | 'responses'>;

/** Yields the encodings of parts, and of the parts nested in them. */
function* within(encodings: Iterable<FieldEncoding>): Generator<FieldEncoding> {
  for (const encoding of encodings) {
    yield encoding;
    if (encoding.parts) yield* partsWithin(encoding.parts);
    if (encoding.fields) yield* within(Object.values(encoding.fields));
  }
}

function* partsWithin({ prefix = [], item }: PartsDescriptor): Generator<FieldEncoding> {
  yield* within([...prefix, item]);
}

/** Whether a part of a multipart body, at any depth, is XML that the contract describes. */
export function holdsXml(encodings: FieldEncodings | undefined, parts?: PartsDescriptor): boolean {
  const all = [...within(Object.values(encodings ?? {})), ...(parts ? partsWithin(parts) : [])];
  return all.some(({ xml }) => xml !== undefined);
}

/** Whether an operation has a body, or a part of a body, that is XML which the contract describes. */
export const describesXml = ({ body, responses }: Described): boolean =>
  [...(body ? [body] : []), ...responses].some(
    ({ xml, parts = {}, ...more }) =>
      xml !== undefined ||
      Object.values(parts).some((each) => holdsXml(undefined, each)) ||
      Object.values('encodings' in more ? (more.encodings ?? {}) : {}).some((each) => holdsXml(each)),
  );

/** Whether an operation has multipart bodies by position, or parts that are multipart themselves. */
export const describesParts = ({ body, responses }: Described): boolean =>
  body?.parts !== undefined ||
  responses.some(({ parts }) => parts !== undefined) ||
  Object.values(body?.encodings ?? {}).some((encodings) =>
    Object.values(encodings).some(({ parts, fields }) => parts !== undefined || fields !== undefined),
  );
