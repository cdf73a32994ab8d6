import {
  type FieldEncoding,
  own,
  type ParameterShape,
  type PartDescriptor,
  type PartsDescriptor,
} from '../contract/index.ts';
import { isSchemaObject } from '../values/types.ts';

/**
 * Converts a generated value, or an example, to the parts of a multipart body. For a stream, whose schema describes one
 * part, it returns a list of parts. Texts of parts that are files become files.
 */
export function toParts(value: unknown, parts: PartsDescriptor): readonly unknown[] {
  const { prefix, item } = parts;
  return toPartList(value, parts).map((each, place) => toPart(each, prefix?.[place] ?? item));
}

/** The parts of a value. For a stream, the value is a list of parts or one part. */
export function toPartList(
  value: unknown,
  { stream, item }: Pick<PartsDescriptor, 'stream' | 'item'>,
): readonly unknown[] {
  if (!stream) return [value].flat();
  return Array.isArray(value) && value.every((each) => fits(each, item.shape)) ? value : [value];
}

/** Whether a value has as many levels of lists as its shape. */
const fits = (value: unknown, shape: ParameterShape): boolean =>
  shape.kind !== 'array' || (Array.isArray(value) && value.every((each) => fits(each, shape.items)));

/** Converts a property of a multipart body. Each item of a list is a part, unless the list is one part. */
export function toNamedPart(value: unknown, shape: ParameterShape, encoding: FieldEncoding): unknown {
  const isList = Array.isArray(value) && shape.kind === 'array' && !encoding.whole;
  if (isList) return value.map((item) => toPart(item, { ...encoding, shape: shape.items }));
  return toPart(value, { ...encoding, shape });
}

function toPart(value: unknown, { shape, contentType, parts, fields }: PartDescriptor): unknown {
  if (parts) return toParts(value, parts);
  if (fields && shape.kind === 'object' && isSchemaObject(value)) {
    const members = Object.entries(value).map(([name, member]) => {
      const inner = own(shape.properties, name) ?? shape.rest ?? { kind: 'any' };
      return [name, toNamedPart(member, inner, own(fields, name) ?? {})] as const;
    });
    return Object.fromEntries(members);
  }
  if (shape.kind !== 'file' || value instanceof Blob) return value;
  return new Blob([String(value)], { type: contentType ?? 'application/octet-stream' });
}
